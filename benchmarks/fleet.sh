#!/usr/bin/env bash
# Prints how long `gpu-cdi doctor` takes for the snapshots of many hosts, and how much memory, beside the same of one. Each
# is of a fake host with 8 GPUs, 56 MIG devices and a spec (so it needs root, mknod and gcc); one in ten lacks a library,
# one in a hundred has another driver.
#
#   benchmarks/fleet.sh [--snapshots N] [--program FILE]
#
# FILE is the gpu-cdi to measure, such as that of a package; else the checkout's.
set -euo pipefail
export LC_ALL=C

top=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
snapshots=1000
program=$top/bin/gpu-cdi
while [ $# -gt 0 ]; do
    case $1 in
        --snapshots) snapshots=$2; shift 2 ;;
        --program) program=$2; shift 2 ;;
        *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
# shellcheck source=benchmarks/host.sh
. "$top/benchmarks/host.sh"

look() { # at the host, and write a snapshot
    "$program" --quiet snapshot "--host-root=$host" "--output=$1"
}

judge() { # FORMAT SNAPSHOT; prints milliseconds, those of CPU, KiB
    # Exit code 1: something was found.
    "$work/measure" bash -c '"$@" || [ $? -eq 1 ]' - \
        "$program" doctor "--format=$1" --engine=podman-5.4.2 "--snapshot=$2"
}

lay_out_host
configure 8 1 0
gcc -O2 -o "$work/measure" "$top/benchmarks/measure.c"
mkdir -p "$host/etc/cdi" "$work/fleet"
"$program" --quiet generate "--host-root=$host" "--output=$host/etc/cdi/nvidia.yaml"
look "$work/whole.json"
rm "$libraries"/libnvidia-nvvm.so*
look "$work/lacking.json"
sed "s/$version/590.44.01/g" "$work/whole.json" >"$work/other.json"
for ((i = 1; i <= snapshots; i++)); do
    kind=whole
    [ $((i % 10)) -ne 0 ] || kind=lacking
    [ $((i % 100)) -ne 0 ] || kind=other
    cp "$work/$kind.json" "$work/fleet/$(printf 'node%05d' "$i").json"
done

printf 'program    %s (%s)\nhost       %s processors, Linux %s\nsnapshots  %s of %s KiB\n\n' "$("$program" --version)" "$program" \
    "$(nproc)" "$(uname -r)" "$snapshots" $(($(stat -c %s "$work/whole.json") / 1024))
printf '%-8s %10s %10s %8s %14s\n' format seconds CPU MiB 'ms a snapshot'
for format in table json; do
    printf '%s %s %s\n' "$format" "$(judge "$format" "$work/fleet")" "$(judge "$format" "$work/whole.json")" \
        | awk -v n="$snapshots" '{ printf "%-8s %10.1f %10.1f %8.0f %14.1f\none %15.1f %10.1f %8.0f\n",
            $1, $2 / 1000, $3 / 1000, $4 / 1024, ($2 - $5) / n, $5 / 1000, $6 / 1000, $7 / 1024 }'
done
