#!/bin/bash
# Builds the NVML double: build.sh OUT_FILE [VERSION] [SYMBOLSET]
# SYMBOLSET is 340, 418, 450, 470, 535, 550, full (default) or plain (no name with a version suffix).
# CC and CFLAGS are honoured, so a cross compiler can build it for another architecture.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?usage: build.sh OUT_FILE [VERSION] [SYMBOLSET]}
version=${2:-580.95.05}
set=${3:-full}

# What a library of each branch does not have yet, newest additions first.
after_550='nvmlDeviceGetAddressingMode'
after_535='nvmlDeviceGetNumaNodeId nvmlDeviceGetPciInfoExt'
after_470='nvmlDeviceGetMemoryInfo_v2'
after_450='nvmlDeviceGetGpuInstancePossiblePlacements_v2 nvmlGetExcludedDeviceCount'
after_418='nvmlEventSetWait_v2 nvmlDeviceGetMigMode nvmlDeviceGetMaxMigDeviceCount nvmlDeviceGetMigDeviceHandleByIndex
  nvmlDeviceIsMigDeviceHandle nvmlDeviceGetDeviceHandleFromMigDeviceHandle nvmlDeviceGetGpuInstanceId
  nvmlDeviceGetComputeInstanceId nvmlDeviceGetAttributes_v2 nvmlDeviceGetGpuInstanceById nvmlGpuInstanceGetInfo
  nvmlGpuInstanceGetComputeInstanceById nvmlComputeInstanceGetInfo nvmlComputeInstanceGetInfo_v2
  nvmlDeviceGetGpuInstanceProfileInfo nvmlGpuInstanceGetComputeInstanceProfileInfo
  nvmlDeviceGetGpuInstancePossiblePlacements nvmlDeviceSetMigMode nvmlDeviceCreateGpuInstance
  nvmlDeviceGetArchitecture'
after_340='nvmlInitWithFlags nvmlDeviceGetPciInfo_v3 nvmlDeviceGetCudaComputeCapability nvmlSystemGetCudaDriverVersion
  nvmlSystemGetCudaDriverVersion_v2'

case $set in
  full) omit='' ;;
  550) omit=$after_550 ;;
  535) omit="$after_550 $after_535" ;;
  470) omit="$after_550 $after_535 $after_470" ;;
  450) omit="$after_550 $after_535 $after_470 $after_450" ;;
  418) omit="$after_550 $after_535 $after_470 $after_450 $after_418" ;;
  340) omit="$after_550 $after_535 $after_470 $after_450 $after_418 $after_340" ;;
  plain) omit=$(grep -o 'nvml[A-Za-z]*_v[0-9]' "$here/nvml_double.c" | sort -u) ;;
  *) echo "unknown symbol set $set" >&2; exit 2 ;;
esac

script=$(mktemp)
trap 'rm -f "$script"' EXIT
{
  echo '{ global: nvml*; local:'
  for name in $omit; do echo "  $name;"; done
  echo '  *; };'
} > "$script"

"${CC:-gcc}" -std=gnu11 -O0 -g0 -Wall -Wextra -Wno-unused-parameter ${CFLAGS:-} -fPIC -shared -fvisibility=hidden -pthread \
  -DNVML_DOUBLE_VERSION="\"$version\"" -Wl,-soname,libnvidia-ml.so.1 -Wl,--version-script="$script" -Wl,-z,defs \
  -o "$out" "$here/nvml_double.c" -ldl
