#!/usr/bin/env bash
# Prints how long `gpu-cdi generate` takes, as ratios over pairs of runs, against a JVM that only says hello and
# against any other command. The host is a fake one: the NVML double, empty libraries, device nodes in a temporary
# directory (so it needs root, mknod and gcc). Nothing of the machine's own driver is read.
#
#   benchmarks/generate.sh [--pairs N] [--program FILE] [--jdk DIR] [--against 'COMMAND']
#
# FILE is the gpu-cdi to measure, such as that of a package; else the checkout's. DIR is the JDK that says hello; else
# the one of PATH. COMMAND is run by a shell with HOST_ROOT set to the fake host's root and NVML_DOUBLE_CONFIG to the
# double's file. A ratio is of wall time / of CPU time.
set -euo pipefail
export LC_ALL=C

top=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
pairs=7
against=
program=$top/bin/gpu-cdi
java=java
while [ $# -gt 0 ]; do
    case $1 in
        --pairs) pairs=$2; shift 2 ;;
        --against) against=$2; shift 2 ;;
        --program) program=$2; shift 2 ;;
        --jdk) java=$2/bin/java; shift 2 ;;
        *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
# shellcheck source=benchmarks/host.sh
. "$top/benchmarks/host.sh"
export HOST_ROOT=$host
calls_log=$work/calls

generate=("$program" --quiet generate "--host-root=$HOST_ROOT" --hooks=none)

# How much longer a command takes than the one in "${other[@]}": the least of its runs over the least of the other's, in
# interleaved pairs. Whatever else the machine does only ever adds to a run. Then its memory in MiB.
ratio() { # COMMAND...
    local i
    "$@" >/dev/null
    "${other[@]}" >/dev/null
    for ((i = 0; i < pairs; i++)); do
        printf '%s %s\n' "$("$work/measure" "$@")" "$("$work/measure" "${other[@]}")"
    done | awk '
        function least(known, run) { return NR == 1 || run < known ? run : known }
        { wall = least(wall, $1); cpu = least(cpu, $2); memory = least(memory, $3); wall2 = least(wall2, $4); cpu2 = least(cpu2, $5) }
        END { printf "%.1f / %.1f %.0f\n", wall / wall2, cpu / cpu2, memory / 1024 }'
}

calls() { # of one run
    rm -f "$calls_log"
    "${generate[@]}" >/dev/null
    grep -c 'nvml[A-Z]' "$calls_log"
}

lay_out_host
gcc -O2 -o "$work/measure" "$top/benchmarks/measure.c"
"$program" --version >/dev/null
cat >"$work/Hello.java" <<'JAVA'
public class Hello {
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
JAVA
"${java}c" -d "$work" "$work/Hello.java"
jar=$work/hello.jar
(cd "$work" && "${java%java}jar" cf hello.jar Hello.class)
hello=("$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp "$jar" Hello)
# With a start-up cache, where the JDK can make one.
if "$java" "-XX:AOTCacheOutput=$work/hello.aot" "${hello[@]:1}" >/dev/null 2>&1 && [ -f "$work/hello.aot" ]; then
    hello=("$java" "-XX:AOTCache=$work/hello.aot" "${hello[@]:1}")
fi

printf 'program  %s\nhello    %s\nhost     %s, %s processors, Linux %s\n' "$("$program" --version) ($program)" \
    "$("$java" -version 2>&1 | sed -n 2p)" "$(uname -m)" "$(nproc)" "$(uname -r)"
printf '\nleast of %s interleaved pairs of runs, wall / CPU\n\n' "$pairs"
printf '%-22s %10s %10s %14s %8s%s\n' host latency 'NVML calls' 'vs hello' MiB "${against:+      vs other}"
other=("${hello[@]}")
for words in --version 'generate --quiet --simulate=dgx-a100'; do
    # shellcheck disable=SC2086
    read -r wall _ cpu memory <<<"$(ratio "$program" $words)"
    printf '%-44s %14s %8s\n' "$words" "$wall / $cpu" "$memory"
done
for shape in '1 0' '8 0' '8 1'; do
    read -r gpus mig <<<"$shape"
    label="$gpus GPU$([ "$gpus" = 1 ] || printf s)"
    [ "$mig" = 0 ] || label="$label, $((gpus * 7)) MIG"
    for latency in 0 200 1000; do
        configure "$gpus" "$mig" "$latency"
        other=("${hello[@]}")
        read -r wall _ cpu memory <<<"$(ratio "${generate[@]}")"
        line=$(printf '%-22s %7s us %10s %14s %8s' "$label" "$latency" "$(calls)" "$wall / $cpu" "$memory")
        if [ -n "$against" ]; then
            other=(sh -c "$against")
            read -r wall _ cpu _ <<<"$(ratio "${generate[@]}")"
            line="$line $(printf '%14s' "$wall / $cpu")"
        fi
        printf '%s\n' "$line"
    done
done

printf '\ngrowth with MIG devices at 1 ms a call: time over that of 1 GPU\n'
printf '%-22s %10s %12s\n' host 'NVML calls' 'vs 1 GPU'
configure 1 1 1000
base_config=$work/base.conf
cp "$NVML_DOUBLE_CONFIG" "$base_config"
for gpus in 1 2 4 8; do
    configure "$gpus" 1 1000
    other=(env "NVML_DOUBLE_CONFIG=$base_config" "${generate[@]}")
    read -r wall _ _ _ <<<"$(ratio "${generate[@]}")"
    printf '%-22s %10s %12s\n' "$gpus GPUs, $((gpus * 7)) MIG" "$(calls)" "$wall"
done
