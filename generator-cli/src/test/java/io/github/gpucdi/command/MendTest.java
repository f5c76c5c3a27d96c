package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.assemble.model.ShadowAdvice;
import io.github.gpucdi.doctor.FindingId;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.terminal.ShellCommand;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every command that doctor says mends something is run on a host of its own; the finding is gone then. */
class MendTest {
    private static final String HEAD = "cdiVersion: 0.5.0\nkind: nvidia.com/gpu\n";
    private static final String BOTH = "--engine=podman-4.3.1,docker-29.2";

    @TempDir
    Path folder;

    /** What makes a host sick. */
    private interface Damage {
        void to(Path root) throws IOException;

        default Damage then(Damage more) {
            return root -> {
                to(root);
                more.to(root);
            };
        }
    }

    /**
     * A sick host.
     *
     * @param engine whom doctor judges
     * @param damage what is done to a healthy one
     * @param ids what is found, mended each by its own command
     */
    private record Sick(String engine, Damage damage, FindingId... ids) {}

    private static Path spec(Path root) {
        return root.resolve("etc/cdi/nvidia.yaml");
    }

    private static Path higher(Path root) {
        return root.resolve("var/run/cdi/nvidia.yaml");
    }

    private static Damage written(String devices) {
        return root -> Files.writeString(spec(root), HEAD + devices);
    }

    private static Damage replaced(String text, String by) {
        return root ->
                Files.writeString(spec(root), Files.readString(spec(root)).replace(text, by));
    }

    private static Damage hook(String path, String rest) {
        return written("devices: [{name: all, containerEdits: {env: [A=b]}}]\ncontainerEdits: {hooks: [{hookName: "
                + "createContainer, path: " + path + rest + "}]}\n");
    }

    private static final String GDRCOPY = "chr /dev/gdrdrv 236 0 666";

    private static final List<Sick> SICK = List.of(
            new Sick(BOTH, root -> Files.delete(spec(root)), FindingId.SPEC_MISSING),
            new Sick(BOTH, root -> Files.writeString(spec(root), "kind: ["), FindingId.SPEC_REFUSED),
            new Sick(
                    BOTH,
                    root -> Files.writeString(
                            root.resolve("etc/cdi/acme.yaml"), HEAD.replace("nvidia.com", "acme.com") + "devices: 1\n"),
                    FindingId.SPEC_REFUSED),
            new Sick(BOTH, replaced(SmallHost.VERSION, "570.1.1"), FindingId.SPEC_STALE_DRIVER),
            new Sick(
                    BOTH,
                    root -> Files.delete(
                            root.resolve("usr/lib/x86_64-linux-gnu/libnvidia-ptxjitcompiler.so." + SmallHost.VERSION)),
                    FindingId.SPEC_PATH_MISSING),
            new Sick(
                    BOTH,
                    replaced("/dev/nvidia1", "/dev/nvidia9"),
                    FindingId.SPEC_NODE_MISSING,
                    FindingId.DEVICE_NOT_IN_DRIVER,
                    FindingId.DEVICE_NOT_IN_SPEC),
            new Sick(
                    BOTH,
                    written("devices: [{name: all, containerEdits: {deviceNodes: [{path: /dev/nvidia0, hostPath:"
                            + " /etc/cdi}]}}]\n"),
                    FindingId.SPEC_NODE_WRONG),
            new Sick(
                    BOTH,
                    written("devices: [{name: all, containerEdits: {deviceNodes: [{path: /dev/nvidia0, type: c, major:"
                            + " 99, minor: 0}]}}]\n"),
                    FindingId.SPEC_NODE_NUMBER),
            new Sick(
                    BOTH,
                    root -> Files.setPosixFilePermissions(spec(root), PosixFilePermissions.fromString("rw-------")),
                    FindingId.SPEC_CLOSED_TO_USERS),
            new Sick(
                    BOTH,
                    root -> Files.copy(spec(root), root.resolve("etc/cdi/toolkit.yaml")),
                    FindingId.DEVICE_CONFLICT),
            new Sick(BOTH, root -> Files.copy(spec(root), higher(root)), FindingId.DEVICE_SHADOWED),
            new Sick(
                    BOTH,
                    written("devices: [{name: '0', containerEdits: {deviceNodes: [{path: /dev/nvidia0}]}}]\n"),
                    FindingId.DEVICE_ALL_UNDEFINED),
            new Sick(BOTH, hook("/usr/bin/gone", ", env: [A=b]"), FindingId.HOOK_UNUSABLE, FindingId.HOOKS_NEEDED),
            new Sick(BOTH, hook("/usr/bin/podman", ""), FindingId.HOOK_WITHOUT_ENV, FindingId.HOOKS_NEEDED),
            new Sick("--engine=apptainer-1.5.0", hook("/usr/bin/podman", ""), FindingId.HOOKS_IGNORED),
            new Sick(BOTH, root -> HostTree.layOut(root, GDRCOPY), FindingId.MODE_NOT_OFFERED),
            new Sick(
                    BOTH,
                    root -> {
                        HostTree.layOut(root, GDRCOPY);
                        Files.writeString(
                                root.resolve("etc/cdi/gdrcopy.yaml"),
                                HEAD.replace("nvidia.com/gpu", "nvidia.com/gdrcopy")
                                        + "devices: [{name: all, containerEdits: {deviceNodes: [{path: /dev/gone}]}}]\n");
                    },
                    FindingId.SPEC_NODE_MISSING,
                    FindingId.DEVICE_NOT_IN_SPEC),
            new Sick(
                    BOTH,
                    replaced("libnvidia-ptxjitcompiler.so", "libother.so")
                            .then(root -> Files.setLastModifiedTime(spec(root), FileTime.fromMillis(0))),
                    FindingId.SPEC_OLDER_THAN_DRIVER),
            new Sick(BOTH, units(RefreshUnits.PATH).then(masked(RefreshUnits.SERVICE)), FindingId.REFRESH_OFF),
            new Sick(
                    BOTH,
                    units(RefreshUnits.SERVICE, RefreshUnits.PATH).then(masked(RefreshUnits.EVENT_PATHS)),
                    FindingId.REFRESH_MASKED),
            new Sick(
                    BOTH,
                    units(RefreshUnits.SERVICE, RefreshUnits.PATH, RefreshUnits.WATCH),
                    FindingId.REFRESH_CONFLICT),
            new Sick(
                    BOTH,
                    units(
                            RefreshUnits.SERVICE,
                            RefreshUnits.PATH,
                            RefreshUnits.TOOLKIT_SERVICE,
                            RefreshUnits.TOOLKIT_PATH),
                    FindingId.REFRESH_TWICE));

    /** A host that systemd runs, with all units there are, of which some are enabled. */
    private static Damage units(String... enabled) {
        return root -> {
            assumeTrue(ShellCommand.ofProcess().finds("systemctl"), "systemctl is not installed");
            Files.createDirectories(root.resolve("run/systemd/system"));
            Path units = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
            Path wanted = Files.createDirectories(root.resolve("etc/systemd/system/multi-user.target.wants"));
            for (String name : RefreshUnits.NAMES) {
                Files.writeString(units.resolve(name), "[Install]\nWantedBy=multi-user.target\n");
            }
            for (String name : enabled) {
                Files.createSymbolicLink(wanted.resolve(name), Path.of("/usr/lib/systemd/system", name));
            }
            Files.writeString(
                    Files.createDirectories(root.resolve("usr/lib/tmpfiles.d")).resolve("gpu-cdi.conf"),
                    "r! /etc/cdi/nvidia.yaml\n");
        };
    }

    private static Damage masked(String unit) {
        return root ->
                Files.createSymbolicLink(root.resolve("etc/systemd/system").resolve(unit), Path.of("/dev/null"));
    }

    /** Commands that cannot be run below another root, and those that tell more and change nothing. */
    private static Map<FindingId, String> notRun() {
        Map<FindingId, String> why = new EnumMap<>(FindingId.class);
        why.put(FindingId.DRIVER_NOT_LOADED, "modprobe loads into this machine's kernel");
        why.put(FindingId.NODE_MISSING, "nvidia-modprobe makes nodes in this machine's /dev");
        why.put(FindingId.NODE_NUMBER, "nvidia-modprobe makes nodes in this machine's /dev");
        why.put(FindingId.SELINUX_ENFORCING, "setsebool is this machine's policy");
        why.put(FindingId.HOOKS_READ_ONLY_ROOT, "crun is not asked below another root; hooks-needed has the command");
        why.put(FindingId.SPEC_CRASHES_ENGINE, "spec-refused has the command");
        String looks = "looks, and changes nothing";
        for (FindingId id : List.of(
                FindingId.DRIVER_MISSING,
                FindingId.DRIVER_NO_ANSWER,
                FindingId.DRIVER_FAILING,
                FindingId.DRIVER_INCOMPLETE,
                FindingId.NO_GPU,
                FindingId.NOTHING_TO_OFFER,
                FindingId.GPU_LEFT_OUT,
                FindingId.ENGINE_BROKEN,
                FindingId.ENGINE_NOT_TRUSTED,
                FindingId.ENGINE_NOT_ASKED,
                FindingId.ENGINE_CONFIG_UNREAD,
                FindingId.ENGINE_DAEMON_MISSING,
                FindingId.ENGINE_TOO_OLD,
                FindingId.SPEC_DIRECTORY_UNREAD,
                FindingId.SPEC_PASSED_OVER,
                FindingId.SPEC_NOT_JUDGED,
                FindingId.SPEC_ERRORS_BLOCK_ALL,
                FindingId.SPEC_OTHER_KIND,
                FindingId.HOOK_UNSAFE,
                FindingId.REFRESH_FAILED,
                FindingId.REFRESH_SHADOWED,
                FindingId.CONFIG_UNUSABLE)) {
            why.put(id, looks);
        }
        why.put(FindingId.DRIVER_HALF_UPGRADED, "a reboot is its owner's to choose");
        why.put(FindingId.NODE_CLOSED_TO_USERS, "shows how to start a container");
        why.put(FindingId.NO_ENGINE, "apt-get install: which engine is its owner's to choose");
        why.put(FindingId.ENGINE_CDI_OFF, "opens an editor: file and key are said");
        why.put(FindingId.ENGINE_CRI_OFF, "opens an editor: file and key are said");
        return why;
    }

    @Test
    void everyFindingIsRunOrSaidWhyNot() {
        Set<FindingId> known = new TreeSet<>(notRun().keySet());
        for (Sick sick : SICK) {
            for (FindingId id : sick.ids()) {
                assertThat(notRun()).doesNotContainKey(id);
                known.add(id);
            }
        }
        assertThat(known).containsExactly(FindingId.values());
    }

    private Path host(Path place) throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        Path root = SmallHost.in(Files.createDirectories(place))
                .with("dir /etc/cdi")
                .with("dir /var/run/cdi")
                .with("exe /usr/bin/podman")
                .layOut();
        Run run = Run.of("generate", "--host-root=" + root, "--output=" + spec(root), "--hooks=none", "--quiet");
        assertThat(run.status()).as(run.err()).isZero();
        return root;
    }

    private static List<JsonNode> findings(Path root, String engine) {
        Run run = Run.of("doctor", "--host-root=" + root, engine, "--format=json");
        assertThat(run.err()).isEmpty();
        return List.copyOf(new JsonMapper().readTree(run.out()).get("findings").values());
    }

    private static List<JsonNode> of(List<JsonNode> findings, FindingId id) {
        return findings.stream()
                .filter(finding -> finding.get("id").stringValue().equals(id.word()))
                .toList();
    }

    @TestFactory
    List<DynamicTest> whatAMendMendsIsGone() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Sick sick : SICK) {
            for (FindingId id : sick.ids()) {
                int number = tests.size();
                tests.add(DynamicTest.dynamicTest(number + " " + id.word(), () -> {
                    Path root = host(folder.resolve("case" + number));
                    sick.damage().to(root);
                    List<JsonNode> found = of(findings(root, sick.engine()), id);
                    assertThat(found).isNotEmpty();
                    for (JsonNode finding : found) {
                        assertThat(finding.get("mends").booleanValue()).isTrue();
                        run(finding.get("command").stringValue(), root);
                    }
                    assertThat(of(findings(root, sick.engine()), id)).isEmpty();
                }));
            }
        }
        return tests;
    }

    /** As a shell would, but for the program itself, which is this one. */
    private static void run(String line, Path root) throws IOException {
        for (String command : line.split(" && ")) {
            assertThat(command).contains(root.toString());
            List<String> words = List.of(command.split(" "));
            if (words.get(0).equals("gpu-cdi")) {
                Run run = Run.of(words.subList(1, words.size()).toArray(String[]::new));
                assertThat(run.status()).as(command + "\n" + run.err()).isIn(0, 7);
            } else {
                List<String> said = new ArrayList<>();
                assertThat(ShellCommand.ofProcess().run(command, said::add))
                        .as("%s %s", command, said)
                        .isZero();
            }
        }
    }

    @Test
    void ofTwoSpecsTheStaleOneGoes() throws IOException {
        Path root = host(folder.resolve("stale"));
        Files.writeString(higher(root), Files.readString(spec(root)).replace(SmallHost.VERSION, "570.1.1"));
        assertThat(of(findings(root, BOTH), FindingId.DEVICE_SHADOWED)
                        .get(0)
                        .get("command")
                        .stringValue())
                .startsWith("mv " + higher(root) + " ");
        Files.move(higher(root), root.resolve("kept"));
        Files.move(spec(root), higher(root));
        Files.move(root.resolve("kept"), spec(root));
        assertThat(of(findings(root, BOTH), FindingId.DEVICE_SHADOWED)
                        .get(0)
                        .get("command")
                        .stringValue())
                .startsWith("mv " + spec(root) + " ");
    }

    /** Both say that the higher one is in the way. */
    @Test
    void generateAndDoctorGiveOneAdvice() throws IOException {
        Path root = host(folder.resolve("advice"));
        Files.copy(spec(root), higher(root));
        Run run = Run.of("generate", "--host-root=" + root, "--output=" + spec(root), "--hooks=none");
        assertThat(run.messages("warning")).anySatisfy(line -> assertThat(line).startsWith(higher(root) + " shadows "));
        assertThat(run.messages("hint")).contains(ShadowAdvice.HINT);
        assertThat(of(findings(root, BOTH), FindingId.DEVICE_SHADOWED)
                        .get(0)
                        .get("command")
                        .stringValue())
                .startsWith("mv " + higher(root) + " ");
    }

    @Test
    void fixRunsThemAndLooksAgain() throws IOException {
        Path root = host(folder.resolve("fix"));
        Files.copy(spec(root), root.resolve("etc/cdi/toolkit.yaml"));
        Run unasked = Run.of("doctor", "--host-root=" + root, BOTH, "--fix");
        assertThat(unasked.status()).isEqualTo(2);
        assertThat(unasked.messages("hint")).containsExactly("give --yes to run the commands unasked");
        assertThat(root.resolve("etc/cdi/toolkit.yaml")).exists();
        Run byVariable = Run.of(Map.of("GPU_CDI_FIX", "1", "GPU_CDI_YES", "1"), "doctor", "--host-root=" + root, BOTH);
        assertThat(byVariable.status()).isEqualTo(1);
        assertThat(root.resolve("etc/cdi/toolkit.yaml")).exists();
        Run run = Run.of("doctor", "--host-root=" + root, BOTH, "--fix", "--yes");
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("device-conflict").endsWith("nothing found\n");
        assertThat(run.err()).contains("$ mv " + root + "/etc/cdi/toolkit.yaml ");
        assertThat(root.resolve("etc/cdi/toolkit.yaml")).doesNotExist();
    }

    /** Such as a test's: no launcher has started it. */
    @Test
    void fixRunsNothingIfItsCommandsCannotRun() throws IOException {
        assumeFalse(ShellCommand.ofProcess().finds("gpu-cdi"), "gpu-cdi is installed here");
        Path root = host(folder.resolve("fix"));
        Files.delete(spec(root));
        Files.writeString(higher(root), "kind: [");
        Run run = Run.of("doctor", "--host-root=" + root, BOTH, "--fix", "--yes");
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.messages("error"))
                .containsExactly(
                        "--fix finds no gpu-cdi in " + ShellCommand.ofProcess().path() + ": nothing was run");
        assertThat(run.messages("hint")).hasSize(1);
        assertThat(run.out()).contains("$ gpu-cdi generate ");
        assertThat(higher(root)).hasContent("kind: [");
    }

    @Test
    void commandsFindTheProgramThatTheyAreOf() throws IOException {
        Path launcher = Files.createDirectory(folder.resolve("bin")).resolve("gpu-cdi");
        Files.writeString(launcher, "#!/bin/sh\necho \"$JAVA_HOME\" \"$@\"\n");
        ShellCommand shell = new ShellCommand(Optional.of(launcher.getParent().toString()));
        assertThat(shell.finds("gpu-cdi")).isFalse();
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(shell.finds("gpu-cdi")).isTrue();
        List<String> said = new ArrayList<>();
        assertThat(shell.run("true && gpu-cdi generate --quiet", said::add)).isZero();
        assertThat(said).containsExactly(System.getProperty("java.home") + " generate --quiet");
    }

    @Test
    void fixIsForThisMachine() {
        assertThat(Run.of("doctor", "--simulate=debian-l4", "--fix", "--yes").status())
                .isEqualTo(2);
        assertThat(Run.of("doctor", "--yes").status()).isEqualTo(2);
        assertThat(Run.of("doctor", "--fix", "--yes", "--format=json").status()).isEqualTo(2);
    }

    @Test
    void commandsHaveNothingOfTheCallersEnvironment() throws IOException {
        List<String> said = new ArrayList<>();
        assertThat(ShellCommand.ofProcess().run("env | sed 's/=.*//' | sort; cat; exit 3", said::add))
                .isEqualTo(3);
        assertThat(said).contains("PATH", "LC_ALL").isSubsetOf("PATH", "LC_ALL", "PWD", "SHLVL", "OLDPWD", "_");
    }
}
