#!/bin/sh
# Runs a command of the engine host with another root, as engines need it: a plain chroot is refused by them.
#
#   nsenter -m -t PID -- unshare -m in-root.sh ROOT COMMAND...
#
# ROOT is what engine-host.sh was given. What the command mounts is its own.
set -eu
root=$1
shift
[ "$root" != / ] || exec "$@"
mount --make-rprivate /
cd "$root"
pivot_root . .
umount -l .
cd /
exec "$@"
