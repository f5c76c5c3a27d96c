#!/usr/bin/env bash
# Builds the oracle (../go/oracle) with the CDI library that Debian packages: that of the running release, whose
# packages it installs if they are missing (as root), and those of other suites, of which it installs nothing.
#
#   build-oracles.sh DIRECTORY [SUITE...]      such as: build-oracles.sh target/oracles trixie sid
#
# Writes DIRECTORY/oracle-SUITE and, with the library's version in it, DIRECTORY/oracle-SUITE.version; the latter only
# for what was asked for. What is there is kept: remove DIRECTORY/unpacked/SUITE to get a suite's newer packages.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
exec </dev/null

# shellcheck source-path=SCRIPTDIR source=debian.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/debian.sh"

[ "$#" -ge 1 ] || fail 'no directory given' 'build-oracles.sh DIRECTORY [SUITE...]'
sources=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../go/oracle" && pwd)
mkdir -p -- "$1"
out=$(cd -P -- "$1" && pwd)
shift

own=$(debian_release) || fail 'this is no Debian, whose packages the oracles are made of' 'run the tests on Debian 12 or newer'
log=$out/log

# The library moved in trixie, and its import path with it: that is what the build tag says.
libraries=(
    golang-tags.cncf-container-device-interface-dev
    golang-github-container-orchestrated-devices-container-device-interface-dev
)

library_among() {
    local name
    for name in "${libraries[@]}"; do
        if "$@" show "$name" >/dev/null 2>&1; then
            printf '%s' "$name"
            return
        fi
    done
    return 1
}

tag_of() {
    case $1 in
        golang-tags.cncf-*) printf 'tags_cncf' ;;
    esac
}

# 1:0.8.0+ds-5 is version 0.8.0.
upstream() {
    sed -E 's/^[0-9]+://; s/-[^-]*$//; s/[+~].*//' <<<"$1"
}

# The running release's packages. Does not ask apt, which is slow, if they are there.
install_own() {
    local name library='' version
    for name in "${libraries[@]}"; do
        if [ -z "$library" ] && installed golang-go "$name"; then
            library=$name
        fi
    done
    if [ -z "$library" ]; then
        refresh
        library=$(library_among apt-cache) ||
            fail "$own has no package of the CDI library" "enable Debian's component main"
        quietly "cannot install golang-go and $library" 'run this as root, with a Debian mirror in reach' \
            apt-get install -y --no-install-recommends golang-go "$library"
    fi
    version=$(dpkg-query -W -f '${Version}' -- "$library")
    # With cgo, as Go's own packages were compiled that come with it: up to Go 1.19 that is minutes less.
    compile "$own" "$library" "$(upstream "$version")" GOROOT= GOPATH=/usr/share/gocode CGO_ENABLED=1 /usr/bin/go
}

# Unpacks another suite's packages below a directory, with a state of apt of their own.
unpack() {
    local suite=$1 unpacked=$2 library packages package
    rm -rf -- "$unpacked"
    mkdir -p -- "$unpacked/debs" "$unpacked/tree"
    apt_state "$unpacked/apt" "$suite" "$(dpkg --print-architecture)"
    local -x APT_CONFIG=$unpacked/apt/apt.conf
    library=$(library_among apt-cache) ||
        fail "$suite has no package of the CDI library" 'ask for another suite'
    # Go and its packages are all that the build needs.
    packages=$(apt-get install -s --no-install-recommends golang-go "$library" |
        sed -nE 's/^Inst (golang-[^ ]+) .*/\1/p') || packages=
    [ -n "$packages" ] || fail "cannot resolve the dependencies of $library in $suite" 'ask for another suite'
    # shellcheck disable=SC2086
    (cd -- "$unpacked/debs" && quietly "cannot download the Go packages of $suite" 'is the Debian mirror in reach?' \
        apt-get download $packages)
    for package in "$unpacked"/debs/*.deb; do
        quietly "cannot unpack $package" 'is the disk full?' dpkg -x "$package" "$unpacked/tree"
    done
    upstream "$(dpkg-deb -f "$unpacked"/debs/"$library"_*.deb Version)" >"$unpacked/version"
    rm -rf -- "$unpacked/debs" "$unpacked/apt"
    printf '%s\n' "$library" >"$unpacked/library"
}

# Another suite's packages, its Go with them.
unpack_other() {
    local suite=$1 unpacked=$out/unpacked/$1
    # Written last, so there is all of it or nothing.
    [ -s "$unpacked/library" ] || unpack "$suite" "$unpacked"
    compile "$suite" "$(cat -- "$unpacked/library")" "$(cat -- "$unpacked/version")" \
        "GOROOT=$unpacked/tree/usr/lib/go" "GOPATH=$unpacked/tree/usr/share/gocode" CGO_ENABLED=0 \
        "$unpacked/tree/usr/lib/go/bin/go"
}

# compile SUITE LIBRARY VERSION COMMAND...: the command is variables and the path of Go.
compile() {
    local suite=$1 library=$2 version=$3 built=$out/oracle-$1 stamp
    shift 3
    stamp=$(cat -- "$sources"/*.go "${BASH_SOURCE[0]}" | sha256sum | cut -d ' ' -f 1)-$version
    if [ ! -x "$built" ] || [ "$(cat -- "$built.stamp" 2>/dev/null)" != "$stamp" ]; then
        printf 'building the oracle of %s, CDI library %s\n' "$suite" "$version"
        rm -f -- "$built.stamp"
        (cd -- "$sources" && quietly "the oracle of $suite does not build" 'see the messages of the compiler' \
            env GO111MODULE=off GOTOOLCHAIN=local GOFLAGS= "GOCACHE=$out/gocache-$suite" \
            "$@" build -tags "$(tag_of "$library")" -o "$built" .)
        printf '%s\n' "$stamp" >"$built.stamp"
    fi
    printf '%s\n' "$version" >"$built.version"
}

rm -f -- "$out"/oracle-*.version
install_own
# One argument may hold several suites.
# shellcheck disable=SC2048
for suite in $*; do
    [ "$suite" = "$own" ] || unpack_other "$suite"
done
rm -f -- "$log"
