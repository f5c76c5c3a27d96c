package io.github.gpucdi.cdi.text.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpecWriterTest {
    private static final CdiSpec EVERY_FIELD = new CdiSpec(
            "1.1.0",
            "acme.example/widget",
            Map.of("zeta", "true", "alpha", "1"),
            List.of(new Device(
                    "0",
                    Map.of("note", "a b"),
                    new ContainerEdits(
                            List.of("A=1"),
                            List.of(new DeviceNode(
                                    "/dev/w0",
                                    "/host/dev/w0",
                                    "c",
                                    195,
                                    7,
                                    OptionalLong.of(438),
                                    "rwm",
                                    OptionalLong.of(0),
                                    OptionalLong.of(44))),
                            List.of(new NetDevice("eth1", "net0")),
                            List.of(new Hook(
                                    "createContainer",
                                    "/usr/bin/hook",
                                    List.of("hook", "run"),
                                    List.of("B=2"),
                                    OptionalLong.of(0))),
                            List.of(new Mount("/host/lib", "/lib", List.of("ro", "rbind"), "none")),
                            Optional.of(new IntelRdt("clos", "L3:0=f", "MB:0=10", Optional.of(List.of("x")), true)),
                            List.of(0L, 44L)))),
            ContainerEdits.builder().env("C=3").build());

    private static final CdiSpec BARE = new CdiSpec(
            "0.3.0",
            "acme.example/widget",
            Map.of(),
            List.of(
                    Device.of("w", edits(DeviceNode.resolvedAtStart("/dev/w", "", ""))),
                    Device.of("none", ContainerEdits.EMPTY)),
            ContainerEdits.EMPTY);

    @Test
    void yamlHoldsEveryFieldInOrder() {
        assertThat(yaml(EVERY_FIELD)).isEqualTo("""
                ---
                cdiVersion: 1.1.0
                kind: acme.example/widget
                annotations:
                  alpha: "1"
                  zeta: "true"
                devices:
                - name: "0"
                  annotations:
                    note: a b
                  containerEdits:
                    env:
                    - A=1
                    deviceNodes:
                    - path: /dev/w0
                      hostPath: /host/dev/w0
                      type: c
                      major: 195
                      minor: 7
                      fileMode: 438
                      permissions: rwm
                      uid: 0
                      gid: 44
                    netDevices:
                    - hostInterfaceName: eth1
                      name: net0
                    hooks:
                    - hookName: createContainer
                      path: /usr/bin/hook
                      args:
                      - hook
                      - run
                      env:
                      - B=2
                      timeout: 0
                    mounts:
                    - hostPath: /host/lib
                      containerPath: /lib
                      options:
                      - ro
                      - rbind
                      type: none
                    intelRdt:
                      closID: clos
                      l3CacheSchema: L3:0=f
                      memBwSchema: MB:0=10
                      schemata:
                      - x
                      enableMonitoring: true
                    additionalGids:
                    - 0
                    - 44
                containerEdits:
                  env:
                  - C=3
                """);
    }

    @Test
    void jsonHoldsEveryFieldInOrder() {
        assertThat(json(EVERY_FIELD))
                .isEqualTo(
                        "{'cdiVersion':'1.1.0','kind':'acme.example/widget','annotations':{'alpha':'1','zeta':'true'},"
                                        .replace('\'', '"')
                                + ("'devices':[{'name':'0','annotations':{'note':'a b'},'containerEdits':{'env':['A=1'],"
                                                + "'deviceNodes':[{'path':'/dev/w0','hostPath':'/host/dev/w0','type':'c','major':195,"
                                                + "'minor':7,'fileMode':438,'permissions':'rwm','uid':0,'gid':44}],"
                                                + "'netDevices':[{'hostInterfaceName':'eth1','name':'net0'}],"
                                                + "'hooks':[{'hookName':'createContainer','path':'/usr/bin/hook',"
                                                + "'args':['hook','run'],'env':['B=2'],'timeout':0}],"
                                                + "'mounts':[{'hostPath':'/host/lib','containerPath':'/lib',"
                                                + "'options':['ro','rbind'],'type':'none'}],"
                                                + "'intelRdt':{'closID':'clos','l3CacheSchema':'L3:0=f','memBwSchema':'MB:0=10',"
                                                + "'schemata':['x'],'enableMonitoring':true},'additionalGids':[0,44]}}],"
                                                + "'containerEdits':{'env':['C=3']}}")
                                        .replace('\'', '"'));
    }

    @Test
    void emptyMembersAreLeftOut() {
        assertThat(yaml(BARE)).isEqualTo("""
                ---
                cdiVersion: 0.3.0
                kind: acme.example/widget
                devices:
                - name: w
                  containerEdits:
                    deviceNodes:
                    - path: /dev/w
                - name: none
                  containerEdits: {}
                """);
        assertThat(json(BARE))
                .isEqualTo("{\"cdiVersion\":\"0.3.0\",\"kind\":\"acme.example/widget\",\"devices\":["
                        + "{\"name\":\"w\",\"containerEdits\":{\"deviceNodes\":[{\"path\":\"/dev/w\"}]}},"
                        + "{\"name\":\"none\",\"containerEdits\":{}}]}");
    }

    @Test
    void noDevicesIsAnEmptyList() {
        CdiSpec spec = BARE.withDevices(List.of());
        assertThat(yaml(spec)).endsWith("devices: []\n");
        assertThat(json(spec)).endsWith("\"devices\":[]}");
    }

    @Test
    void anEmptyIntelRdtIsKeptBecausePresenceCounts() {
        IntelRdt empty = new IntelRdt("", "", "", Optional.of(List.of()), false);
        ContainerEdits edits = new ContainerEdits(
                List.of(), List.of(), List.of(), List.of(), List.of(), Optional.of(empty), List.of());
        CdiSpec spec = BARE.withDevices(List.of(Device.of("w", edits)));
        assertThat(yaml(spec)).endsWith("  containerEdits:\n    intelRdt: {}\n");
        assertThat(json(spec)).endsWith("\"containerEdits\":{\"intelRdt\":{}}}]}");
    }

    @Test
    void anUnknownVersionIsQuotedWhenItLooksLikeANumber() {
        assertThat(yaml(BARE.withCdiVersion("0.6"))).contains("cdiVersion: \"0.6\"\n");
    }

    @Test
    void jsonEscapesWhatLoadersCannotReadRaw() {
        CdiSpec spec = BARE.withDevices(List.of(Device.of(
                "w",
                ContainerEdits.builder()
                        .env("<&>/\"\\\u007f\u0080\u0000\u001f\u2028\u2029\ufeff\uffff\u00e9\ud83d\ude00\n\r\t\b\f")
                        .build())));
        assertThat(json(spec))
                .contains("[\"\\u003c\\u0026\\u003e/\\\"\\\\\\u007f\\u0080\\u0000\\u001f\\u2028\\u2029\\ufeff\\uffff"
                        + "\u00e9\ud83d\ude00\\n\\r\\t\\b\\f\"]");
    }

    @Test
    void yamlKeepsHtmlCharactersReadable() {
        CdiSpec spec = BARE.withDevices(
                List.of(Device.of("w", ContainerEdits.builder().env("A=<&>").build())));
        assertThat(yaml(spec)).contains("- A=<&>\n");
    }

    @Test
    void longTextIsNotFolded() {
        String words = "word ".repeat(200) + "end";
        CdiSpec spec = BARE.withDevices(
                List.of(Device.of("w", ContainerEdits.builder().env(words).build())));
        assertThat(yaml(spec)).contains("- " + words + "\n");
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacter() {
        CdiSpec spec = BARE.withDevices(List.of(Device.of(
                "w",
                ContainerEdits.builder()
                        .env("a\ud83d")
                        .env("\ude00b\ud83d\ude00")
                        .build())));
        assertThat(yaml(spec)).contains("- a\ufffd\n", "- \ufffdb\ud83d\ude00\n");
        assertThat(json(spec)).contains("\"a\ufffd\"", "\"\ufffdb\ud83d\ude00\"");
    }

    private static ContainerEdits edits(DeviceNode node) {
        return ContainerEdits.builder().deviceNode(node).build();
    }

    private static String yaml(CdiSpec spec) {
        return new String(SpecWriter.yaml(spec), StandardCharsets.UTF_8);
    }

    private static String json(CdiSpec spec) {
        return new String(SpecWriter.json(spec), StandardCharsets.UTF_8);
    }
}
