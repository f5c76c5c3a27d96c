#!/bin/bash
# Builds the double of libnvidia-sandboxutils: build-sandboxutils.sh OUT_FILE [WITHOUT_FUNCTION...]
# WITHOUT_CONTENT, WITHOUT_RESOURCE and WITHOUT_VERSION leave out the function that tells it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?usage: build-sandboxutils.sh OUT_FILE [WITHOUT_FUNCTION...]}
shift

# shellcheck disable=SC2086 # CFLAGS are several words.
"${CC:-gcc}" -std=gnu11 -O0 -g0 -Wall -Wextra ${CFLAGS:-} -fPIC -shared -fvisibility=hidden "${@/#/-D}" \
  -Wl,-soname,libnvidia-sandboxutils.so.1 -Wl,-z,defs -o "$out" "$here/sandboxutils_double.c" -ldl
