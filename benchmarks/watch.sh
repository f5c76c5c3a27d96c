#!/usr/bin/env bash
# Prints what `gpu-cdi watch` costs: from a change to the new file, idle, and its memory over many changes. The host is a
# fake one with 8 GPUs and 56 MIG devices: the NVML double, empty libraries, device nodes in a temporary directory (so it needs
# root, mknod and gcc). Nothing of the machine's own driver is read.
#
#   benchmarks/watch.sh [--program PATH] [--latencies N] [--idle SECONDS] [--changes N]
#
# PATH is the program, by default that of the checkout; a package's starts faster and takes less memory.
set -euo pipefail
export LC_ALL=C

top=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
program=$top/bin/gpu-cdi latencies=50 idle=60 changes=10000
while [ $# -gt 0 ]; do
    case $1 in
        --program) program=$2; shift 2 ;;
        --latencies) latencies=$2; shift 2 ;;
        --idle) idle=$2; shift 2 ;;
        --changes) changes=$2; shift 2 ;;
        *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
work=$(mktemp -d)
watching=
finish() {
    [ -z "$watching" ] || kill -TERM "$watching" 2>/dev/null || :
    [ -z "$watching" ] || wait "$watching" 2>/dev/null || :
    rm -rf -- "$work"
}
trap finish EXIT
# shellcheck source=benchmarks/host.sh
. "$top/benchmarks/host.sh"

# Starts it, and waits for its first spec.
watch() { # OPTION...
    rm -f "$work/cdi/nvidia.yaml"
    "$program" watch "--host-root=$host" "--output=$work/cdi/nvidia.yaml" --hooks=none "$@" 2>"$work/log" &
    watching=$!
    timeout 60 sh -c 'until [ -e "$1" ]; do sleep 0.1; done' sh "$work/cdi/nvidia.yaml" || { cat "$work/log" >&2; exit 1; }
    sleep 2
}

end() {
    kill -TERM "$watching"
    wait "$watching" || :
    watching=
}

# The watching process and its worker: those of the family that are no shells.
family() {
    local pid
    for pid in "$watching" $(pgrep -P "$watching") $(for child in $(pgrep -P "$watching"); do pgrep -P "$child" || :; done); do
        [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = bash ] || printf '%s\n' "$pid"
    done
}

memory() { # in MB, of each process
    for pid in $(family); do awk '/^VmRSS/ { printf "%s ", int($2 / 1024) }' "/proc/$pid/status"; done
}

ticks() {
    for pid in $(family); do cut -d' ' -f14,15 "/proc/$pid/stat"; done | awk '{ sum += $1 + $2 } END { print sum }'
}

change() {
    if [ -e "$host/dev/nvidia7" ]; then mv "$host/dev/nvidia7" "$host/dev/away"; else mv "$host/dev/away" "$host/dev/nvidia7"; fi
}

lay_out_host
mkdir "$work/cdi"
configure 8 1 0
printf 'idle, a look every 2 s\n'
watch
before=$(ticks)
sleep "$idle"
after=$(ticks)
awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$idle" \
    'BEGIN { printf "  %.2f %% of one core over %s s\n", 100 * t / hz / s, s }'
printf '  %sMB RSS (watch, worker)\n' "$(memory)"
end

printf 'from a change to the new file, a look every 50 ms\n'
watch --interval=0.05
for ((i = 0; i < latencies; i++)); do
    old=$(stat -c %i "$work/cdi/nvidia.yaml")
    start=$(date +%s%N)
    change
    while [ "$(stat -c %i "$work/cdi/nvidia.yaml")" = "$old" ]; do :; done
    printf '%s\n' $((($(date +%s%N) - start) / 1000000))
done | sort -n | awk '{ v[NR] = $1 } END { printf "  ms: first %s, median %s, 9 of 10 %s, last %s; of these 250 wait for quiet, and up to 50 for the look\n", v[1], v[int((NR + 1) / 2)], v[int(NR * 0.9)], v[NR] }'
end

printf 'from the change at rest to the new file, as the worker says\n'
watch --interval=0.05 "--metrics-file=$work/metrics.prom"
for ((i = 0; i < latencies; i++)); do
    change
    until [ "$(grep -c 'info: wrote' "$work/log")" -gt $((i + 1)) ]; do sleep 0.05; done
    sleep 0.6
    sed -n 's/^gpu_cdi_run_duration_seconds //p' "$work/metrics.prom"
done | awk '{ print $1 * 1000 }' | sort -n |
    awk '{ v[NR] = $1 } END { printf "  ms: first %s, median %s, 9 of 10 %s, last %s\n", v[1], v[int((NR + 1) / 2)], v[int(NR * 0.9)], v[NR] }'
end

# Changes come faster than they are answered; so the watching process sees them all, and a worker is asked by hand for as many runs.
printf 'RSS in MB over %s changes, which never come to rest\n' "$changes"
watch --interval=0.05
for ((i = 0; i <= changes; i++)); do
    [ $((i % (changes / 10))) != 0 ] || printf '  %6s changes, %4s runs: watch, worker %s\n' "$i" \
        "$(grep -c 'nvidia.yaml' "$work/log")" "$(memory)"
    change
done
end
printf 'RSS in MB over %s runs of one worker, each after a change\n' "$changes"
coproc worker { exec "$program" --quiet watch --worker "--host-root=$host" "--output=$work/cdi/nvidia.yaml" --hooks=none 2>/dev/null; }
# shellcheck disable=SC2154 # coproc sets it
watching=$worker_PID
for ((i = 0; i <= changes; i++)); do
    change
    printf 'generate\n' >&"${worker[1]}"
    read -r line <&"${worker[0]}"
    if [ $((i % (changes / 10))) = 0 ]; then
        printf '  %6s runs: %s(%s)\n' "$i" "$(memory)" "$line"
    fi
done
