#!/usr/bin/env bash
# Prints how many small specs a second the library reads and judges in one process after warm-up, as a ratio to the
# goal of 5000, and that a spec of 10 MB is read within 256 MiB of heap. Builds what it measures.
#
#   benchmarks/read.sh
set -euo pipefail
export LC_ALL=C
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
mvn -B -ntp -q -pl cdi-core test-compile dependency:build-classpath -Dmdep.outputFile=target/benchmark.classpath >&2
exec java -Xmx256m -cp "cdi-core/target/classes:cdi-core/target/test-classes:$(cat cdi-core/target/benchmark.classpath)" \
    io.github.gpucdi.cdi.ReadBenchmark
