#!/bin/bash
# Builds a double of a library whose symbols have no versions: build-plain.sh OUT_FILE SOURCE SONAME [WITHOUT_FUNCTION...]
# The head of SOURCE lists which functions can be left out.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
usage='usage: build-plain.sh OUT_FILE SOURCE SONAME [WITHOUT_FUNCTION...]'
out=${1:?$usage}
source=${2:?$usage}
soname=${3:?$usage}
shift 3

# shellcheck disable=SC2086 # CFLAGS are several words.
"${CC:-gcc}" -std=gnu11 -O0 -g0 -Wall -Wextra ${CFLAGS:-} -fPIC -shared -fvisibility=hidden "${@/#/-D}" \
  -Wl,-soname,"$soname" -Wl,-z,defs -o "$out" "$here/$source" -ldl
