#!/bin/bash
# Builds the double of libdxcore: build-dxcore.sh OUT_FILE [WITHOUT_ENUM2] [WITHOUT_ENUM3]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?usage: build-dxcore.sh OUT_FILE [WITHOUT_ENUM2] [WITHOUT_ENUM3]}
shift

# shellcheck disable=SC2086 # CFLAGS are several words.
"${CC:-gcc}" -std=gnu11 -O0 -g0 -Wall -Wextra ${CFLAGS:-} -fPIC -shared -fvisibility=hidden "${@/#/-D}" \
  -Wl,-soname,libdxcore.so -Wl,-z,defs -o "$out" "$here/dxcore_double.c" -ldl
