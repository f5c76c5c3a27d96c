#!/bin/sh
# Starts the systemd of a directory as process 1, in namespaces of its own (mount, network, cgroup, PID, IPC, UTS):
# unshare -m -n -C -p -i -u --fork boot.sh DIRECTORY
set -eu
root=$1
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t tmpfs -o mode=755 none dev
mknod -m 666 dev/null c 1 3
mknod -m 666 dev/full c 1 7
mknod -m 666 dev/zero c 1 5
mknod -m 666 dev/random c 1 8
mknod -m 666 dev/urandom c 1 9
mknod -m 666 dev/tty c 5 0
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t proc none proc
# A driver is in the kernel if this says so.
mount -t tmpfs none proc/driver
mount -t sysfs -o ro none sys
mount -t cgroup2 none sys/fs/cgroup
mount -t tmpfs none run
mkdir -p run/old
pivot_root . run/old
umount -l run/old
exec env -i container=test /lib/systemd/systemd --log-target=null >/dev/null 2>&1 </dev/null
