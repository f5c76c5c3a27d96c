#!/usr/bin/env bash
# Prints what examples/slurm costs a job: wall and CPU time of its prolog, the parts of it, and its epilog. The host is that of
# the other benchmarks, in a mount namespace of its own (root, gcc, slurmd); nothing of the machine changes.
#
#   benchmarks/slurm.sh [--runs N] [--program FILE]
#
# FILE is the gpu-cdi to measure, such as that of a package; else the checkout's.
set -euo pipefail
export LC_ALL=C

top=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
runs=21
program=$top/bin/gpu-cdi
while [ $# -gt 0 ]; do
    case $1 in
        --runs) runs=$2; shift 2 ;;
        --program) program=$(realpath -- "$2"); shift 2 ;;
        *) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
# What follows mounts over /dev: never where others see it.
if [ "$(readlink /proc/self/ns/mnt)" = "$(readlink "/proc/$PPID/ns/mnt")" ]; then
    exec unshare -m "$0" --runs "$runs" --program "$program"
fi
mount --make-rprivate /
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
# shellcheck source=benchmarks/host.sh
. "$top/benchmarks/host.sh"
lay_out_host
gcc -O2 -o "$work/measure" "$top/benchmarks/measure.c"
mknod -m 666 "$host/dev/null" c 1 3
mknod -m 666 "$host/dev/urandom" c 1 9
ln -s /proc/self/fd "$host/dev/fd"
"$program" --version >/dev/null

# Told apart from the machine's: what the prolog finds in its PATH, what Slurm is told, and where specs lie.
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /usr/local/sbin
ln -s "$program" /usr/local/sbin/gpu-cdi
mount --bind "$host/dev" /dev
mount --bind "$host/proc/driver" /proc/driver
export GPU_CDI_HOST_ROOT=$host SLURM_CONF=$work/slurm.conf SLURMD_NODENAME=node SLURM_JOB_ID=1

# GPUS MIG(0|1): what the driver answers, and what Slurm counts.
lay_out_slurm() {
    configure "$1" "$2" 0
    gpu-cdi devices --format=gres >"$work/gres.conf"
    cat >"$SLURM_CONF" <<CONF
ClusterName=benchmark
SlurmctldHost=$(hostname -s)
SlurmdSpoolDir=$work/spool
GresTypes=gpu
NodeName=node NodeHostname=$(hostname -s) CPUs=8 Gres=$(sed -n '1s/.*Gres=//p' "$work/gres.conf")
PartitionName=all Nodes=node
CONF
}

row() { # LABEL COMMAND...
    local label=$1 i
    shift
    for ((i = 0; i < runs; i++)); do
        "$work/measure" "$@"
    done | sort -n | awk -v label="$label" -v half=$((runs / 2 + 1)) '
        NR == 1 { least = $1 }
        NR == half { median = $1 }
        { cpu[NR] = $2 }
        END { printf "%-44s %8.0f %8.0f %8.0f\n", label, median, least, cpu[half] }'
}

printf '%s, Linux %s, %s processors\n%s\n\n' "$(slurmd -V)" "$(uname -r)" "$(nproc)" "$("$program" --version) ($program)"
printf '%-44s %8s %8s %8s\n' "ms, of $runs runs" median least CPU
row 'prolog, no GPU' "$top/examples/slurm/prolog"
lay_out_slurm 8 0
export SLURM_JOB_GPUS=0
row 'prolog, one of 8 GPUs' "$top/examples/slurm/prolog"
SLURM_JOB_GPUS=0,1,2,3,4,5,6,7 row 'prolog, 8 of 8 GPUs' "$top/examples/slurm/prolog"
row '  slurmd -G' slurmd -G -N node 2>/dev/null
row '  gpu-cdi generate' gpu-cdi generate --quiet --hooks=none --device-id=minor0 --output=/run/spec/nvidia.yaml
lay_out_slurm 8 1
row 'prolog, one of 56 MIG devices' "$top/examples/slurm/prolog"
row 'epilog' "$top/examples/slurm/epilog"
