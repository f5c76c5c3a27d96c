#!/usr/bin/env bash
# A GPU host in a mount namespace of its own, for as long as standard input is open. Nothing of the machine changes.
#
#   unshare -m engine-host.sh DIRECTORY [ROOT]
#
# DIRECTORY is that of build-engines.sh. ROOT is where another system is, with an engine in it; without one the machine's
# own files are the host's. Prints `ready`; then other programs run there by `nsenter -m -t PID`, those of another system
# by in-root.sh. ROOT/run/gpu-cdi holds: bin (what build-engines.sh compiled), nvml (the double's answers), storage (the
# engine's, gone with the namespace), images (tar files). The program is there under its own path and in /usr/local/bin,
# with the Java of JAVA_HOME. A driver that ROOT has installed is the host's, else it is one of fake libraries.
set -euo pipefail
export LC_ALL=C.UTF-8
umask 022

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
top=$(cd -P -- "$here/../../.." && pwd)
tables=$here/engine-host
engines=$(cd -P -- "${1:?no directory}" && pwd)
root=${2:-/}
installed=
version=$(cat -- "$tables/version")

fail() {
    printf 'error: %s\n' "$1" >&2
    exit 1
}

# What follows mounts over /dev: never where others see it.
[ "$(readlink /proc/self/ns/mnt)" != "$(readlink "/proc/$PPID/ns/mnt")" ] || fail 'run this by unshare -m'
mount --make-rprivate /

rows() {
    sed -E '/^(#|$)/d' "$tables/$1"
}

if [ "$root" = / ]; then
    root=
else
    root=$(cd -P -- "$root" && pwd)
    for library in "$root"/usr/lib/x86_64-linux-gnu/nvidia/current/libcuda.so.*.*; do
        [ ! -e "$library" ] || installed=yes version=${library##*/libcuda.so.}
    done
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
fi

# Not every machine has one hierarchy of cgroups; crun takes no mixture.
if mountpoint -q "$root/sys/fs/cgroup/unified"; then
    umount "$root/sys/fs/cgroup/unified"
fi

mount -t tmpfs -o mode=755 tmpfs "$root/run"
own=$root/run/gpu-cdi
mkdir -p "$own"/{bin,images,storage,layers}
mount --bind "$engines/bin" "$own/bin"
mount --bind "$engines/images" "$own/images"
sed "s/@/$version/g" "$tables/nvml" >"$own/nvml"

while read -r path; do
    mkdir -p "$root${path%/*}"
    # By its name: a socket's path may have 107 characters.
    (cd -- "$root${path%/*}" &&
        perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1) or die $!' "${path##*/}")
done < <(rows sockets)

for name in usr etc; do
    mkdir -p "$own/layers/$name"/{upper,work}
    mount -t overlay overlay "$root/$name" \
        -o "lowerdir=$root/$name,upperdir=$own/layers/$name/upper,workdir=$own/layers/$name/work"
done
if [ -z "$installed" ]; then
    cp -a -- "$engines/driver/usr" "$engines/driver/etc" "$root/"
    cp -- "$engines/bin/record" "$root/usr/bin/nvidia-cdi-hook"
fi
rm -rf -- "$root/etc/cdi"
mkdir -p "$root"/etc/{cdi,containers} "$root/usr/local/bin"
cp -- "$tables"/{containers,storage}.conf "$root/etc/containers/"
# An ordinary user, with the ids that a user namespace is made of.
mkdir -p "$own"/user/{home,run}
chmod 700 "$own/user/run"
# Where /proc is partly covered, as here, no user may mount a new one; runc wants a new /sys too.
mkdir -p "$own/user/home/.config/containers"
printf '[containers]\npidns = "host"\n[engine]\nruntime = "crun"\n' >"$own/user/home/.config/containers/containers.conf"
chown -R 1000:1000 "$own/user"
grep -q '^[^:]*:[^:]*:1000:' "$root/etc/passwd" || printf 'user:x:1000:1000::/run/gpu-cdi/user/home:/bin/sh\n' >>"$root/etc/passwd"
printf 'user:x:1000:\n' >>"$root/etc/group"
printf '1000:100000:65536\n' | tee -a "$root/etc/subuid" >>"$root/etc/subgid"
ln -sf -- "$top/bin/gpu-cdi" "$root/usr/local/bin/gpu-cdi"
if [ -n "$root" ]; then
    for directory in "$top" "$JAVA_HOME"; do
        mkdir -p "$root$directory"
        mount --bind "$directory" "$root$directory"
    done
    # Debian's Java has its configuration there.
    cp -a -- /etc/java-* "$root/etc/" 2>/dev/null || :
fi

# Before /dev: what the kernel has is needed to mount the rest.
mount -t tmpfs -o mode=755 tmpfs "$root/proc/driver"
mount -t tmpfs -o mode=755 tmpfs "$root/sys/bus/pci/devices"
while read -r path text; do
    mkdir -p "$root${path%/*}"
    printf '%b' "${text//@/$version}" >"$root$path"
done < <(rows texts)

mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
while read -r name major minor; do
    mknod -m 666 "$root/dev/$name" c "$major" "$minor"
done <<'KERNEL'
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
KERNEL
while read -r path major minor mode uid gid _; do
    mkdir -p "$root${path%/*}"
    mknod "$root$path" c "$major" "$minor"
    chown "$uid:$gid" "$root$path"
    chmod "$mode" "$root$path"
done < <(rows nodes)
while read -r path target _; do
    mkdir -p "$root${path%/*}"
    ln -s "$target" "$root$path"
done < <(rows links)

printf 'ready\n'
read -r _ || :
