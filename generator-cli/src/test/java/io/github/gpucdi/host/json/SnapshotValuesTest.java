package io.github.gpucdi.host.json;

import static io.github.gpucdi.host.json.SnapshotTexts.refusal;
import static io.github.gpucdi.host.json.SnapshotTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.PlainText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotValuesTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "0.9",
                "2.0",
                "10.0",
                "1",
                "1.",
                ".1",
                "1.0.0",
                "01.0",
                "1.00",
                "1.x",
                "-1.0",
                "99999999999999999999.0",
                "``"
            })
    void refusesAnotherMajorOrNoVersion(String version) {
        SnapshotFormatException refusal = refusal(SnapshotTexts.LEAST.replace("1.0", version));
        assertThat(refusal.pointer()).isEqualTo("/schemaVersion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "usr",
                "./usr",
                "//",
                "/usr/",
                "/usr//lib",
                "/./usr",
                "/usr/.",
                "/usr/../etc",
                "/..",
                "/usr/..",
                "../usr",
                "/usr\\n",
                "/us\\u0000r",
                "/usr\\t",
                "/usr\\u007f",
                "/usr\\u0085",
                "/usr\\u2028",
                "/usr\\u202e",
                "/usr\\u2066x",
                "/usr\\ud800"
            })
    void refusesAPath(String path) {
        SnapshotFormatException refusal =
                refusal(SnapshotTexts.LEAST.replace("\"driverRoot\": \"/\"", "\"driverRoot\": \"" + path + "\""));
        assertThat(refusal.pointer()).isEqualTo("/options/driverRoot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r", "\\u001b", "\\u007f", "\\u009b", "\\u2029", "\\u200f", "\\u2069", "\\udc00"})
    void refusesControlsInAnyStringOrName(String escape) {
        refusal(with("\"driver\": {\"absent\": \"" + escape + "\"}"));
        refusal(with("\"x\": [{\"y\": \"a" + escape + "\"}]"));
        SnapshotFormatException inName = refusal(with("\"x\": {\"y" + escape + "\": 1}"));
        assertThat(PlainText.isPlain(inName.getMessage())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "driver | null",
                "driver | []",
                "driver | {}",
                "driver | {\"absent\": 1}",
                "driver | {\"absent\": null}",
                "driver | {\"source\": \"NVML\"}",
                "driver | {\"source\": \"nvml\", \"version\": \"../x\"}",
                "driver | {\"source\": \"nvml\", \"version\": null}",
                "nvml | {\"library\": \"../x\"}",
                "nvml | {\"library\": \"x\", \"cudaDriverVersion\": 2147483648}",
                "nvml | {\"library\": \"x\", \"cudaDriverVersion\": 1e3}",
                "nvml | {\"library\": \"x\", \"cudaDriverVersion\": 1.5}",
                "nvml | {\"library\": \"x\", \"gpus\": {}}",
                "nvml | {\"library\": \"x\", \"gpus\": [[]]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": -1}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 99999999999999999999999}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": \"0\"}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0}, {\"index\": 0}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 1}, {\"index\": 0}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"pciBusId\": \"65:00.0\"}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"pciBusId\": \"0000:65:00.0/x\"}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"drm\": [\"..\"]}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"mig\": {\"current\": 1, \"pending\": true}}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"details\": {\"memoryBytes\": 9223372036854775808}}]}",
                "files | {\"libraries\": [{\"role\": \"driver\", \"path\": \"/x\", \"soname\": \"a/b\"}]}",
                "files | {\"libraries\": [{\"role\": \"driver\", \"path\": \"/x\", \"links\": [\"\"]}]}",
                "files | {\"files\": [{\"role\": \"ipc\", \"name\": \"a/../b\", \"path\": \"/x\"}]}",
                "files | {\"failed\": [{\"name\": \"a\", \"path\": \"\", \"reason\": \"not-found\"}]}",
                "nodes | {\"nodes\": [{\"path\": \"/dev/x\", \"major\": 4294967296, \"minor\": 0, \"mode\": 0, \"uid\": 0, \"gid\": 0}]}",
                "nodes | {\"nodes\": [{\"path\": \"/dev/x\", \"major\": 0, \"minor\": -1, \"mode\": 0, \"uid\": 0, \"gid\": 0}]}",
                "nodes | {\"nodes\": [{\"path\": \"/dev/x\", \"major\": 0, \"minor\": 0, \"mode\": 4096, \"uid\": 0, \"gid\": 0}]}",
                "nodes | {\"nodes\": [{\"path\": \"/dev/x\", \"major\": 0, \"minor\": 0, \"mode\": 0, \"uid\": 0, \"gid\": 4294967296}]}",
                "environment | {\"selinux\": \"off\", \"cdiRefresh\": false, \"driverChanged\": 253402300800}",
                "hook | {\"path\": \"nvidia-cdi-hook\"}",
                "hook | {\"rejected\": \"a\"}"
            })
    void refusesASection(String name, String section) {
        assertThat(refusal(with("\"" + name + "\": " + section)).pointer()).startsWith("/" + name);
    }
}
