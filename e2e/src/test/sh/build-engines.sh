#!/usr/bin/env bash
# Makes what the engine tests run, as root on amd64 Debian: installs engine, runtimes and compilers if they are missing,
# builds programs, a driver of fake libraries and the root file systems of the images.
#
#   build-engines.sh DIRECTORY [BUILT]
#
# BUILT, a time that `touch -d` reads, says that Maven has just built the program, from the sources of that time:
# bin/gpu-cdi then does not build it again.
#
# Writes below DIRECTORY: bin (programs), driver (the driver's files of the host, as ../engine-host tells), images/*.tar.
# What is there is kept while the sources are the same: remove DIRECTORY for newer packages.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
umask 022
exec </dev/null

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
top=$(cd -P -- "$here/../../.." && pwd)
# shellcheck source-path=SCRIPTDIR source=debian.sh
. "$here/sh/debian.sh"

[ "$#" -ge 1 ] || fail 'no directory given' 'build-engines.sh DIRECTORY [BUILT]'
mkdir -p -- "$1"
out=$(cd -P -- "$1" && pwd)
log=$out/log
work=$out/work
version=$(cat -- "$here/engine-host/version")
triplet=x86_64-linux-gnu
libraries=/usr/lib/$triplet

[ "$(id -u)" -eq 0 ] || fail 'the engine tests need root' 'run them as root: mount namespaces, device nodes, containers'
[ "$(uname -m)" = x86_64 ] || fail "the engine tests have no images for $(uname -m)" 'run them on amd64'
release=$(debian_release) || fail 'this is no Debian' 'run the engine tests on Debian 12 or newer'
[ ! -e "/usr/lib/$triplet/libcuda.so.1" ] || fail 'this machine has a driver' 'run the engine tests where there is none'

programs=(podman crun runc uidmap gcc libc6-dev musl-tools util-linux)
if ! installed "${programs[@]}"; then
    refresh
    quietly "cannot install ${programs[*]}" 'run this as root, with a Debian mirror in reach' \
        apt-get install -y --no-install-recommends "${programs[@]}"
fi

if [ "$#" -ge 2 ] && [ -e "$top/generator-cli/target/gpu-cdi.jar" ]; then
    touch -d "$2" -- "$top/generator-cli/target/built"
fi

stamp=$({ cat -- "$here"/sh/*engines.sh "$here"/sh/debian.sh "$here"/c/* "$here"/engine-host/* \
    "$top"/nvml-double/src/main/c/*; printf '%s\n' "$release"; } | sha256sum | cut -d ' ' -f 1)
if [ "$(cat -- "$out/stamp" 2>/dev/null)" = "$stamp" ]; then
    exit 0
fi
printf 'building images and a driver for the engine tests\n'
rm -rf -- "${out:?}/bin" "$out/driver" "$out/images" "$out/stamp" "$work/roots"
mkdir -p -- "$out"/{bin,driver,images} "$work"/{roots,debs}

# compile OUTPUT SOURCE FLAG...
compile() {
    local file=$1 source=$2
    shift 2
    mkdir -p -- "$(dirname -- "$file")"
    quietly "$source does not build" 'see the messages of the compiler' \
        "${CC:-gcc}" -O1 -Wall -Wextra -o "$file" "$here/c/$source" "$@"
}

# library DIRECTORY VERSION FILE SONAME LINKS NEEDED: a line of engine-host/libraries.
library() {
    local directory=$1 version=$2 file=${3//@/$2} soname=${4//@/$2} links=${5//@/$2} needed=${6//@/$2} last name
    local -a link=()
    if [ "$needed" != - ]; then
        for name in ${needed//,/ }; do link+=("-l:$name"); done
    fi
    compile "$directory/$file" fake.c "-DWHICH=\"${file##*/} of $version\"" -fPIC -shared -nostdlib \
        "-Wl,-soname,$soname" -Wl,--no-as-needed "-L$directory" "${link[@]}"
    last=$file
    if [ "$links" != - ]; then
        for name in ${links//,/ }; do
            mkdir -p -- "$(dirname -- "$directory/$name")"
            ln -s -- "$(realpath -s "--relative-to=$(dirname -- "$directory/$name")" "$directory/$last")" \
                "$directory/$name"
            last=$name
        done
    fi
}

# driver DIRECTORY VERSION
driver() {
    local line
    while read -r line; do
        # shellcheck disable=SC2086
        case $line in '' | '#'*) ;; *) library "$1" "$2" $line ;; esac
    done <"$here/engine-host/libraries"
    CC=gcc quietly 'the NVML double does not build' 'see the messages of the compiler' \
        "$top/nvml-double/src/main/c/build.sh" "$1/libnvidia-ml.so.$2" "$2"
    ln -s -- "libnvidia-ml.so.$2" "$1/libnvidia-ml.so.1"
    ln -s -- libnvidia-ml.so.1 "$1/libnvidia-ml.so"
}

driver "$out/driver$libraries" "$version"
compile "$out/driver/usr/bin/nvidia-smi" smi.c "-L$out/driver$libraries" -lcuda -lnvidia-ml
while read -r file; do
    file=${file//@/$version}
    mkdir -p -- "$out/driver$(dirname -- "$file")"
    printf '%s\n' "$file" >"$out/driver$file"
done <"$here/engine-host/files"
compile "$out/bin/glibc/probe" probe.c
CC=musl-gcc compile "$out/bin/musl/probe" probe.c
CC=musl-gcc compile "$out/bin/record" hook.c -static '-DRECORD="/run/gpu-cdi/calls"'
CC=musl-gcc compile "$out/bin/nothing" nothing.c -static

# libc6-amd64 of i386 is a glibc of 64 bits for /lib64, as Red Hat's is.
packages=(base-files libc6 libc-bin dash musl libc6-amd64:i386)
if [ -z "$(find "$work/debs" -name 'libc6-amd64_*.deb')" ]; then
    rm -rf -- "$work/apt"
    apt_state "$work/apt" "$release" amd64 i386
    (cd -- "$work/debs" && APT_CONFIG=$work/apt/apt.conf quietly 'cannot download the packages of the images' \
        'is the Debian mirror in reach?' apt-get download "${packages[@]}")
    rm -rf -- "$work/apt"
fi

# unpack ROOT PACKAGE...: links of a merged /usr stay.
unpack() {
    local root=$1 package
    shift
    for package; do
        dpkg-deb --fsys-tarfile "$work/debs/$package"_*.deb |
            tar -x -C "$root" --keep-directory-symlink --exclude './usr/share/doc' --exclude './usr/share/man' \
                --exclude './usr/share/locale' --exclude './usr/lib/*/gconv'
    done
}

# bare NAME: an empty root with a merged /usr, on standard output its path.
bare() {
    local root=$work/roots/$1 name
    mkdir -p -- "$root"/{usr/{bin,sbin,lib,lib64},etc,dev,proc,sys,run,tmp,var/tmp}
    chmod 1777 "$root/tmp" "$root/var/tmp"
    for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
    printf '%s' "$root"
}

# derived NAME: a copy of the Debian-like root, on standard output its path.
derived() {
    cp -a -- "$work/roots/debian" "$work/roots/$1"
    printf '%s' "$work/roots/$1"
}

cache() { # ROOT
    quietly "ldconfig failed in $1" 'see its messages' /sbin/ldconfig -r "$1"
}

root=$(bare debian)
unpack "$root" base-files libc6 libc-bin dash
ln -sf dash "$root/usr/bin/sh"
# Answers of the double in a container of an engine that cannot be told to mount them.
sed '/^driver/d' "$here/engine-host/nvml" >"$root/nvml-double"
cache "$root"

root=$(bare distroless)
unpack "$root" libc6
rm -rf -- "$root/etc/ld.so.conf" "$root/etc/ld.so.conf.d"

root=$(bare rhel)
unpack "$root" libc6-amd64
rm -rf -- "$root"/etc/ld.so.conf.d/*
printf 'NAME="Like Red Hat"\n' >"$root/etc/os-release"
searched=$("$root/lib64/ld-linux-x86-64.so.2" --help | sed -nE 's/^ *(.*) \(system search path\)$/\1/p' | tr '\n' ' ')
case " $searched" in
    *"/$triplet "*) fail "the loader of libc6-amd64 searches $searched" 'its package has changed: find another' ;;
    *' /usr/lib64 '*) ;;
    *) fail "the loader of libc6-amd64 searches $searched" 'its package has changed: find another' ;;
esac
printf '/usr/lib64\n' >"$root/etc/ld.so.conf"
cache "$root"

# Without Debian's own path file, musl searches what it searches in Alpine.
root=$(bare musl)
unpack "$root" musl
rm -rf -- "$root"/etc/ld-musl*
: >"$root/etc/alpine-release"

root=$(derived stale-stub)
library "$root/usr/local/cuda/lib64/stubs" stub libcuda.so libcuda.so.1 libcuda.so.1 -
printf '/usr/local/cuda/lib64/stubs\n' >"$root/etc/ld.so.conf.d/000-cuda.conf"
cache "$root"

root=$(derived older-driver)
driver "$root$libraries" 535.54.03
cache "$root"

root=$(derived dangling)
ln -s libcuda.so.470.57.02 "$root$libraries/libcuda.so.1"

root=$(derived compat)
library "$root/usr/local/cuda-13.1/compat" 590.44.01 libcuda.so.@ libcuda.so.1 libcuda.so.1,libcuda.so -
ln -s cuda-13.1 "$root/usr/local/cuda"

for root in "$work"/roots/*; do
    tar -C "$root" --numeric-owner --sort=name -cf "$out/images/${root##*/}.tar" .
done
rm -rf -- "$work/roots"
rm -f -- "$log"
printf '%s\n' "$stamp" >"$out/stamp"
