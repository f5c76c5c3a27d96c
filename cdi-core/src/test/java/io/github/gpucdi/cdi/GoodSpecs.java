package io.github.gpucdi.cdi;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.text.PlausibleSpecs;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.cdi.validate.SpecValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Specs to break: as people write them, as generators write them, as ours writes them. */
public final class GoodSpecs {
    private static final Path EXAMPLES = Path.of("..", "examples", "specs");

    /**
     * A file.
     *
     * @param name for messages
     * @param extension {@code yaml} or {@code json}
     * @param body its content
     */
    public record Sample(String name, String extension, byte[] body) {
        private static Sample of(String name, String extension, String text) {
            return new Sample(name, extension, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** By hand; the newest release accepts each. */
    public static final List<Sample> BY_HAND = List.of(
            Sample.of("block", "yaml", """
                    ---
                    cdiVersion: 0.5.0
                    kind: example.com/widget
                    devices:
                        - name: "0"
                          containerEdits:
                            deviceNodes:
                                - path: /dev/w0
                                  hostPath: /dev/widget0
                                  major: 195
                                  fileMode: 0660
                            env: [A=b, 'C=d e', "E=f"]
                        - name: all
                          containerEdits:
                            hooks:
                                - hookName: createContainer
                                  path: /usr/bin/hook
                                  args: [hook, --x, "a::b"]
                    containerEdits:
                        mounts:
                            - hostPath: /a
                              containerPath: /b   # where
                              options: [ro, nosuid]
                    """),
            Sample.of("flow", "yaml", """
                    {cdiVersion: 0.5.0, kind: example.com/widget,
                     devices: [{name: w0, containerEdits: {env: [A=b, C=d,], deviceNodes: [{path: /dev/w0, uid: 0}]}},
                      {name: 'w1', containerEdits: {mounts: [{hostPath: /a, "containerPath": "/b"}]}}], # two
                     containerEdits: {}}
                    """),
            Sample.of("anchors", "yaml", """
                    cdiVersion: &version "0.5.0"
                    kind: example.com/widget
                    devices:
                    - name: w0
                      containerEdits: &edits
                        env: &env [A=b, &entry "C=d"]
                        hooks:
                        - {hookName: poststop, path: &path /bin/true, timeout: 5, env: *env}
                    - name: w1
                      containerEdits: *edits
                    - name: w2
                      containerEdits: {env: [*entry, X=y], mounts: [{hostPath: *path, containerPath: *path}]}
                    """),
            Sample.of("merge", "yaml", """
                    cdiVersion: 0.5.0
                    kind: example.com/widget
                    devices:
                    - name: w0
                      containerEdits:
                        deviceNodes:
                        - &node {path: /dev/w0, type: c, major: 195}
                        - <<: *node
                          minor: 1
                        - <<: [*node, {permissions: rw}]
                          gid: 44
                    - name: w1
                      containerEdits:
                        <<: {env: [A=b], mounts: [{hostPath: /a, containerPath: /b}]}
                    """),
            Sample.of("comments", "yaml", """
                    # A spec,
                    %YAML 1.1
                    ---
                    # with comments wherever they may stand
                    cdiVersion:   0.3.0 # the oldest

                    kind:
                      example.com/widget
                    devices:
                      # one
                      -   name:   w0
                          containerEdits:
                              env:
                              # of

                              - A=b#c
                              - "B=#"   # two
                    ...
                    ignored: [
                    """),
            Sample.of("annotations", "yaml", """
                    cdiVersion: 0.6.0
                    kind: example.com/wid.get
                    annotations:
                      example.com/note: "a note: of some length, é and \\U0001F600"
                      count: '17'
                      empty:
                      on: off
                    devices:
                    - name: "0:1-a_b.c"
                      annotations: {a.b-c/d: "e\\tf", "true": yes}
                      containerEdits: {env: ["A="]}
                    """),
            Sample.of("resctrl", "yaml", """
                    cdiVersion: 0.7.0
                    kind: example.com/widget
                    devices:
                    - name: w0
                      containerEdits:
                        intelRdt:
                          closID: class-1
                          l3CacheSchema: "L3:0=f;1=f0"
                          memBwSchema: MB:0=20
                        additionalGids: [44, 0x3e0, 0]
                    - name: w1
                      containerEdits:
                        intelRdt: {}
                    """),
            Sample.of("network", "yaml", """
                    cdiVersion: 1.1.0
                    kind: example.com/nic
                    devices:
                    - name: eth1
                      containerEdits:
                        netDevices:
                        - hostInterfaceName: eth1
                          name: net0
                        - {name: net1, hostInterfaceName: eth2}
                        intelRdt:
                          closID: /
                          schemata: ["L3:0=f", 'MB:0=20']
                          enableMonitoring: true
                    """),
            Sample.of("scalars", "yaml", """
                    cdiVersion: 0.5.0
                    kind: >-
                      example.com/widget
                    devices:
                    - name: |-
                        w0
                      containerEdits:
                        env:
                        - "A=b\\
                           c \\x41\\u00e9\\n"
                        - 'B=it''s
                          folded

                          text'
                        - |
                          C=kept
                            indented
                        - >2+
                            D=folded
                          more

                        - plain=over
                          two lines
                        hooks:
                        - {hookName: prestart, path: /x, args: [1, true, 1.5, 0x10, ~, 1_000, 12:30, 2001-01-01, .inf]}
                    """),
            Sample.of("numbers", "yaml", """
                    cdiVersion: 0.5.0
                    kind: example.com/widget
                    devices:
                    - name: 017
                      containerEdits:
                        deviceNodes:
                        - {path: /dev/a, major: 0xff, minor: 0b101, fileMode: 0o660, uid: 1_000, gid: 4294967295}
                        - {path: /dev/b, major: 195.0, minor: -9223372036854775808, fileMode: 1e2, uid: ~, gid: null}
                    - name: 16
                      containerEdits: {hooks: [{hookName: poststart, path: /x, timeout: -5}]}
                    """),
            Sample.of("explicit", "yaml", """
                    !!map
                    ? cdiVersion
                    : !!str 0.5.0
                    ? "kind"
                    : example.com/widget
                    Devices: !!seq
                    - ? name
                      : ! w0
                      containerEdits: !!map {env: !!seq [!!str A=b, ! "C=d"], mounts: null}
                    """),
            Sample.of(
                    "breaks",
                    "yaml",
                    "\ufeffcdiVersion: 0.5.0\r\nkind: example.com/widget\r\ndevices:\r\n- name: w0\r\n"
                            + "  containerEdits: {\tenv: [\r\n\t\"A=b\r\n  c\",\tB=c ] }\r\n"),
            Sample.of("compact", "json", """
                    {"cdiVersion":"0.5.0","kind":"example.com/widget","devices":[{"name":"w0","containerEdits":\
                    {"env":["A=b","C=\\u003d"],"deviceNodes":[{"path":"/dev/x","major":1,"minor":3,"fileMode":438}]}}],\
                    "containerEdits":{}}
                    """),
            Sample.of("indented", "json", """
                    {
                    \t"cdiVersion": "0.4.0",
                    \t"kind": "example.com/widget",
                    \t"devices": [
                    \t\t{
                    \t\t\t"name": "w0",
                    \t\t\t"containerEdits": {
                    \t\t\t\t"mounts": [
                    \t\t\t\t\t{"hostPath": "/a", "containerPath": "/b", "options": ["ro"], "type": "bind"}
                    \t\t\t\t],
                    \t\t\t\t"env": ["A=\\b\\f\\t\\n\\"\\\\\\u00e9é", "B=\\u0000"]
                    \t\t\t}
                    \t\t}
                    \t]
                    }
                    """),
            Sample.of("lenient", "json", """
                    {"cdiVersion": "0.5.0", "kind": "example.com/widget", # not JSON
                     "devices": [{"name": 7, "containerEdits": {"env": ["A=b",], "hooks":
                       [{"hookName": "createRuntime", "path": "/x", "args": [true, null, 1e3]},]}}],
                    } and more
                    """));

    private GoodSpecs() {}

    /** Those of the directory of examples: long ones. */
    public static List<Sample> examples() {
        List<Sample> examples = new ArrayList<>();
        try (var files = Files.newDirectoryStream(EXAMPLES, "*.yaml")) {
            for (Path file : files) {
                examples.add(new Sample(file.getFileName().toString(), "yaml", Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        examples.sort((a, b) -> a.name().compareTo(b.name()));
        return examples;
    }

    /** Written by us, with hostile text in it; the newest release accepts it. */
    public static Sample written(long seed, boolean json) {
        long good = seed;
        CdiSpec spec = PlausibleSpecs.seeded(good);
        while (SpecValidator.hasErrors(SpecValidator.validate(spec))) {
            spec = PlausibleSpecs.seeded(++good);
        }
        byte[] body = json ? SpecWriter.json(spec) : SpecWriter.yaml(spec);
        return new Sample("written-" + good, json ? "json" : "yaml", body);
    }
}
