# shellcheck shell=bash
# The host that benchmarks look at, for a script that has set $top and $work: a double of NVML, empty libraries, and
# device nodes for 8 GPUs with seven MIG devices each. How many of these there are, configure says. NVML's calls are listed
# in $calls_log, if that is set.
: "${top:?}" "${work:?}"

if [ "$(id -u)" -ne 0 ]; then
    printf 'error: device nodes need root\n' >&2
    exit 2
fi
version=580.95.05
host=$work/host
export NVML_DOUBLE_CONFIG=$work/nvml.conf
libraries=$host/usr/lib/$(uname -m)-linux-gnu
# The GPU instances of seven MIG devices, by their index.
instances=(13 11 12 7 8 9 10)

lay_out_host() {
    mkdir -p "$libraries" "$host"/{dev/nvidia-caps,usr/bin,proc/driver/nvidia-caps,sys/module/nvidia,etc}
    "$top/nvml-double/src/main/c/build.sh" "$libraries/libnvidia-ml.so.$version" "$version"
    ln -s "libnvidia-ml.so.$version" "$libraries/libnvidia-ml.so.1"
    local name
    for name in cuda cudadebugger nvcuvid nvidia-encode nvidia-opticalflow nvidia-fbc nvidia-opencl nvidia-cfg \
        nvidia-ptxjitcompiler nvidia-nvvm nvidia-allocator nvoptix nvidia-rtcore nvidia-gpucomp nvidia-tls \
        nvidia-glcore nvidia-glsi nvidia-eglcore EGL_nvidia GLX_nvidia GLESv2_nvidia GLESv1_CM_nvidia nvidia-ngx; do
        : | gcc -shared -x c - -o "$libraries/lib$name.so.$version" "-Wl,-soname,lib$name.so.1"
        ln -s "lib$name.so.$version" "$libraries/lib$name.so.1"
    done
    install -m 755 /dev/null "$host/usr/bin/nvidia-smi"
    printf '%s\n' "$version" >"$host/sys/module/nvidia/version"
    mknod -m 666 "$host/dev/nvidiactl" c 195 255
    mknod -m 666 "$host/dev/nvidia-uvm" c 511 0
    local gpu gi
    for gpu in 0 1 2 3 4 5 6 7; do
        mknod -m 666 "$host/dev/nvidia$gpu" c 195 "$gpu"
        for gi in 7 8 9 10 11 12 13; do
            local cap=$((3 + 135 * gpu + 9 * gi)) tree=$host/proc/driver/nvidia/capabilities/gpu$gpu/mig/gi$gi
            mkdir -p "$tree/ci0"
            : >"$tree/access"
            : >"$tree/ci0/access"
            printf 'gpu%s/gi%s/access %s\ngpu%s/gi%s/ci0/access %s\n' "$gpu" "$gi" "$cap" "$gpu" "$gi" $((cap + 1))
            mknod -m 444 "$host/dev/nvidia-caps/nvidia-cap$cap" c 239 "$cap"
            mknod -m 444 "$host/dev/nvidia-caps/nvidia-cap$((cap + 1))" c 239 $((cap + 1))
        done
    done >"$host/proc/driver/nvidia-caps/mig-minors"
}

# What the driver answers: GPUS MIG(0|1) LATENCY_US
configure() {
    local i k
    {
        printf 'driver = %s\nlatency_us = %s\n' "$version" "$3"
        [ -z "${calls_log:-}" ] || printf 'log = %s\n' "$calls_log"
        for ((i = 0; i < $1; i++)); do
            printf 'gpu.%s = a100-40\ngpu.%s.mig = %s\n' "$i" "$i" "$2"
            if [ "$2" = 1 ]; then
                for k in 0 1 2 3 4 5 6; do
                    printf 'gpu.%s.mig.%s.profile = 1g.5gb\ngpu.%s.mig.%s.gi = %s\ngpu.%s.mig.%s.ci = 0\n' \
                        "$i" "$k" "$i" "$k" "${instances[$k]}" "$i" "$k"
                done
            fi
        done
    } >"$NVML_DOUBLE_CONFIG"
}
