#!/usr/bin/env bash
# Makes another root beside what build-engines.sh made, as root on amd64 Debian: a newer Debian with its engines and the
# userland of NVIDIA's driver from the component non-free, installed as that driver's packages do it.
#
#   build-root.sh DIRECTORY [SUITE]
#
# DIRECTORY is that of build-engines.sh. Writes below it: newer/root, its libnvidia-ml.so.<version> replaced with the
# NVML double; newer/real, a directory with NVIDIA's own. What is there is kept: remove DIRECTORY/newer for newer
# packages.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
umask 022
exec </dev/null

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
top=$(cd -P -- "$here/../../.." && pwd)
# shellcheck source-path=SCRIPTDIR source=debian.sh
. "$here/sh/debian.sh"

out=$(cd -P -- "${1:?no directory}" && pwd)/newer
log=$out/log
suite=${2:-trixie}
libraries=/usr/lib/x86_64-linux-gnu

packages=(
    podman crun runc buildah docker.io docker-cli containerd netavark
    curl protobuf-compiler
    libcuda1 libnvidia-ml1 libnvidia-cfg1 libnvidia-ptxjitcompiler1 libnvidia-nvvm4 libnvidia-encode1 libnvcuvid1
    libnvidia-fbc1 libnvidia-opticalflow1 libnvidia-allocator1 libnvidia-ngx1 libnvidia-rtcore
    libegl-nvidia0 libglx-nvidia0 libgles-nvidia2 nvidia-egl-icd nvidia-vulkan-icd nvidia-opencl-icd nvidia-smi
)

stamp=$suite-$(cat -- "${BASH_SOURCE[0]}" "$top"/nvml-double/src/main/c/* | sha256sum | cut -d ' ' -f 1)
if [ "$(cat -- "$out/stamp" 2>/dev/null)" = "$stamp" ]; then
    exit 0
fi
printf 'installing the engines of %s and the userland of a driver\n' "$suite"
# A part of it may be unpacked and not configured.
rm -rf -- "$out"
mkdir -p -- "$out"
if ! installed mmdebstrap; then
    refresh
    quietly 'cannot install mmdebstrap' 'run this as root, with a Debian mirror in reach' \
        apt-get install -y --no-install-recommends mmdebstrap
fi
mirror=$(mirror_uri) || refresh
mirror=$(mirror_uri) || fail 'cannot tell the Debian mirror of this machine' "run 'apt-get update' as root"
# In a mount namespace: what it mounts into the root is nobody else's.
# shellcheck disable=SC2016
quietly "cannot install $suite" 'is the Debian mirror in reach?' unshare -m bash -c 'mount --make-rprivate / && exec "$@"' - \
    mmdebstrap --mode=root --variant=minbase --components=main,contrib,non-free,non-free-firmware \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --include="${packages[*]}" "$suite" "$out/root" "$mirror"

nvml=$(readlink -f -- "$out/root$libraries"/nvidia/current/libnvidia-ml.so.1)
version=${nvml##*.so.}
mkdir -p -- "$out/real$libraries"
mv -- "$nvml" "$out/real$libraries/"
ln -s -- "libnvidia-ml.so.$version" "$out/real$libraries/libnvidia-ml.so.1"
quietly 'the NVML double does not build' 'see the messages of the compiler' \
    "$top/nvml-double/src/main/c/build.sh" "$nvml" "$version"
printf '%s\n' "$version" >"$out/version"
rm -f -- "$log"
printf '%s\n' "$stamp" >"$out/stamp"
