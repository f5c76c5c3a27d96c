package io.github.gpucdi.cdi.text.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.cdi.spec.Position;
import io.github.gpucdi.cdi.spec.SpecField;
import io.github.gpucdi.cdi.text.RandomSpecs;
import io.github.gpucdi.cdi.text.read.SpecReader.Format;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found, and where it stands; which verdict follows is the verdict table's. */
class SpecReaderTest {
    private static final String HEAD = "cdiVersion: 0.5.0\nkind: a.b/cc\n";

    @Test
    void readWriteReadIsTheIdentity() {
        for (long seed = 0; seed < 300; seed++) {
            CdiSpec spec = RandomSpecs.seeded(seed);
            CdiSpec once = read(SpecWriter.yaml(spec), Format.YAML, seed);
            assertThat(read(SpecWriter.yaml(once), Format.YAML, seed))
                    .as("seed %d", seed)
                    .isEqualTo(once);
            assertThat(read(SpecWriter.json(once), Format.JSON, seed))
                    .as("seed %d", seed)
                    .isEqualTo(once);
        }
    }

    private static CdiSpec read(byte[] file, Format format, long seed) {
        SpecDocument document = SpecReader.read(file, format);
        assertThat(document.findings()).as("seed %d", seed).isEmpty();
        return document.spec().orElseThrow();
    }

    @Test
    void aGoodFileHasNoFindings() {
        SpecDocument document = yaml(HEAD + "devices:\n- {name: w, containerEdits: {env: [A=b]}}\n");
        assertThat(document.findings()).isEmpty();
        assertThat(document.spec()).isEqualTo(document.understood()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "devices: [{name: w, foo: 1}]                      | UNKNOWN_KEY     | /devices/0/foo | 3:21",
                "devices: [{name: w, name: x}]                     | DUPLICATE_KEY   | /devices/0/name | 3:21",
                "devices: [{name: [w]}]                            | WRONG_TYPE      | /devices/0/name | 3:18",
                "devices: {}                                       | WRONG_TYPE      | /devices | 3:10",
                "devices: [{[a]: b}]                               | KEY_INVALID     | /devices/0 | 3:12",
                "containerEdits: {hooks: [null]}                   | NULL_ENTRY      | /containerEdits/hooks/0 | 3:26",
                "containerEdits: {deviceNodes: [{major: '1'}]}     | WRONG_TYPE      | /containerEdits/deviceNodes/0/major | 3:40",
                "containerEdits: {additionalGids: [-1]}            | NUMBER_OUT_OF_RANGE | /containerEdits/additionalGids/0 | 3:35",
                "annotations: {a/b: [c]}                           | WRONG_TYPE      | /annotations/a~1b | 3:20",
                "containerEdits: {Hooks: [{x: 1}], hooks: [{}]}    | UNKNOWN_KEY     | /containerEdits/hooks/0/x | 3:27",
                "containerEdits: {Hooks: [{}, {x: 1}], hooks: []}  | UNKNOWN_KEY     | /containerEdits/hooks/1/x | 3:31",
                "devices: [                                        | SYNTAX          | '' | 3:11",
                "devices: *w                                       | SYNTAX          | '' | 3:10",
                "devices: &w [*w]                                  | SYNTAX          | '' | 3:14",
            })
    void errorsSayWhichAndWhere(String text, Code code, String where, String place) {
        SpecDocument document = yaml(HEAD + text.strip());
        assertThat(document.spec()).isEmpty();
        assertThat(document.findings())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(code);
                    assertThat(finding.where()).isEqualTo(where);
                    assertThat(finding.position().map(SpecReaderTest::text)).hasValue(place);
                    assertThat(finding.what()).isNotBlank();
                    assertThat(finding.howToMend()).isNotBlank();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "devices: [{name: 017}]            | SCALAR_COERCED | WARNING | /devices/0/name",
                "devices: [{name: 7}]              | SCALAR_COERCED | INFO    | /devices/0/name",
                "Devices: []                       | KEY_CASE       | INFO    | /devices",
                "annotations: {1: a, '1': b}       | DUPLICATE_KEY  | WARNING | /annotations/1",
                "devices: null                     | NULL_VALUE     | INFO    | /devices",
                "containerEdits: {env: [~]}        | NULL_VALUE     | INFO    | /containerEdits/env/0",
            })
    void whatEnginesTakeButShouldNotStandThereIsTold(String text, Code code, Severity severity, String where) {
        SpecDocument document = yaml(HEAD + text);
        assertThat(document.spec()).isPresent();
        assertThat(document.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.where()).isEqualTo(where);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\": \"a.b/cc\",}            | 1:19",
                "{\"kind\": \"a.b/cc\"} # why       | 1:20",
                "{\"kind\": 'a.b/cc'}               | 1:10",
                "{kind: \"a.b/cc\"}                 | 1:2",
                "kind: a.b/cc                       | 1:1",
                "{\"kind\": 017}                    | 1:11",
                "{\"kind\": .5}                     | 1:10",
                "{\"kind\": True}                   | 1:10",
            })
    void whatIsNotJsonIsToldOfJsonFilesOnly(String text, String place) {
        assertThat(SpecReader.read(bytes(text), Format.YAML).findings())
                .extracting(Finding::code)
                .doesNotContain(Code.NOT_JSON);
        assertThat(SpecReader.read(bytes(text), Format.JSON).findings())
                .filteredOn(finding -> finding.code() == Code.NOT_JSON)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                    assertThat(text(finding.position().orElseThrow())).isEqualTo(place);
                });
    }

    @Test
    void jsonIsJson() {
        for (String text : List.of(
                "{}",
                " {\"kind\" : \"a\\u00e9\\n\" , \"devices\": [ ] }\n",
                "{\"a\":[1,-2.5e+3,0,true,false,null,\"\"]}")) {
            assertThat(JsonSyntax.firstDeviation(text)).as(text).isEmpty();
        }
    }

    @Test
    void placesCountCodePointsAndLinesOfEveryKind() {
        SpecDocument document = yaml("# \ud83d\ude00\r\n\"k\\u0069nd\": \"\ud83d\ude00\"\r\ndevices: 5");
        assertThat(document.findings().get(0).position()).hasValue(new Position(3, 10));
        assertThat(document.positionOf("/kind")).isEqualTo(new Position(2, 14));
    }

    @Test
    void missingThingsAreWhereTheyShouldBe() {
        SpecDocument document = yaml(HEAD + "devices:\n- name: w\n");
        assertThat(document.positionOf("/devices/0/containerEdits/env/3")).isEqualTo(new Position(4, 3));
        assertThat(document.positionOf("")).isEqualTo(new Position(1, 1));
        assertThat(SpecReader.unreadable("gone").positionOf("/kind")).isEqualTo(new Position(1, 1));
    }

    @Test
    void presenceOfNewerKeysIsKept() {
        SpecDocument document = yaml(HEAD + "annotations: {}\ncontainerEdits: {netDevices: [], mounts: [{type: ''}]}");
        assertThat(document.newerFields())
                .extracting(SpecDocument.FieldUse::field)
                .containsExactlyInAnyOrder(SpecField.ANNOTATIONS, SpecField.NET_DEVICES, SpecField.MOUNT_TYPE);
        assertThat(document.newerFields())
                .extracting(SpecDocument.FieldUse::where)
                .contains("/annotations", "/containerEdits/mounts/0/type");
    }

    @Test
    void whatCouldBeUnderstoodIsThere() {
        SpecDocument document = yaml(HEAD + "devices: [{name: w, foo: 1}]");
        assertThat(document.spec()).isEmpty();
        assertThat(document.understood().map(CdiSpec::kind)).isEqualTo(Optional.of("a.b/cc"));
    }

    @Test
    void readsUtf16WithAMark() {
        String text = "\ufeff" + HEAD;
        assertThat(SpecReader.read(text.getBytes(StandardCharsets.UTF_16LE), Format.YAML)
                        .spec())
                .isPresent()
                .isEqualTo(yaml(HEAD).spec());
        assertThat(SpecReader.read(text.getBytes(StandardCharsets.UTF_16BE), Format.YAML)
                        .spec())
                .isEqualTo(yaml(HEAD).spec());
    }

    @Test
    void whatFollowsTheDocumentFarAwayDoesNotMatter() {
        byte[] rest = ("---\n" + "#\n".repeat(600)).getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[HEAD.length() + rest.length + 1];
        System.arraycopy(bytes(HEAD), 0, file, 0, HEAD.length());
        System.arraycopy(rest, 0, file, HEAD.length(), rest.length);
        file[file.length - 1] = (byte) 0xFF;
        assertThat(SpecReader.read(file, Format.YAML).findings()).isEmpty();
        file[HEAD.length() + 10] = (byte) 0xFF;
        assertThat(SpecReader.read(file, Format.YAML).findings())
                .extracting(Finding::code)
                .containsExactly(Code.TEXT_NOT_UNICODE);
    }

    private static SpecDocument yaml(String text) {
        return SpecReader.read(bytes(text), Format.YAML);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Position position) {
        return position.line() + ":" + position.column();
    }
}
