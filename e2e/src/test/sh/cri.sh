#!/usr/bin/env bash
# Calls an engine's CRI as a kubelet does, by gRPC: HTTP/2 with five bytes before each message.
#
#   cri.sh SOCKET METHOD REQUEST
#
# METHOD is one of RuntimeService, REQUEST its message in the text format of protocol buffers; the answer is printed in the
# same. If the engine refuses, it ends with 1 and prints on standard error what the engine says.
set -euo pipefail
export LC_ALL=C.UTF-8

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../cri"
socket=$1
method=$2
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# Whether it is compressed, which it is not, and its length.
protoc "--encode=runtime.v1.${method}Request" runtime.proto <<<"$3" |
    perl -0777 -ne 'print pack("CN/a*", 0, $_)' >"$work/request"
curl --silent --show-error --noproxy '*' --http2-prior-knowledge --unix-socket "$socket" \
    --header 'Content-Type: application/grpc' --header 'TE: trailers' --data-binary "@$work/request" \
    --dump-header "$work/headers" --output "$work/answer" "http://localhost/runtime.v1.RuntimeService/$method"

header() {
    tr -d '\r' <"$work/headers" | sed -n "s/^$1: //p"
}
if [ "$(header grpc-status)" != 0 ]; then
    printf '%s\n' "$(header grpc-message)" >&2
    exit 1
fi
tail -c +6 -- "$work/answer" | protoc "--decode=runtime.v1.${method}Response" runtime.proto
