package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code system create-dev-char-symlinks} below a root that stands in for the machine's. */
class SystemLinksTest {
    private static final String NODES = """
            chr /dev/nvidia0 195 0 666
            chr /dev/nvidia-uvm 510 0 666
            chr /dev/nvidia-caps/nvidia-cap12 234 12 444
            chr /dev/nvidia-caps/other 234 13 444
            chr /dev/nvidia-fs0 240 0 666
            chr /dev/nvidia-nvswitch0 241 0 666
            chr /dev/nvidia-nvlink 242 0 666
            file /dev/nvidia7
            dir /dev/char
            """;

    private static final List<String> CONTROL = List.of(
            "Creating link /dev/char/195:255 => /dev/nvidiactl",
            "Creating link /dev/char/195:254 => /dev/nvidia-modeset",
            "Creating link /dev/char/510:0 => /dev/nvidia-uvm",
            "Creating link /dev/char/510:1 => /dev/nvidia-uvm-tools");

    @TempDir
    Path root;

    private Run run(Map<String, String> environment, String... more) {
        List<String> arguments = new ArrayList<>(List.of("system", "create-dev-char-symlinks", "--host-root=" + root));
        arguments.addAll(List.of(more));
        return Run.of(environment, arguments.toArray(String[]::new));
    }

    private Run run(String... more) {
        return run(Map.of(), more);
    }

    private void layOut(String... items) {
        HostTree.layOut(root, String.join("\n", items));
    }

    private void layOutNodes() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        layOut(NODES);
    }

    private String target(String link) throws IOException {
        return Files.readSymbolicLink(root.resolve(link)).toString();
    }

    private static void assertRefused(Run run, String what) {
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(run.messages("error")).singleElement().isEqualTo(what);
        assertThat(run.messages("info")).isEmpty();
    }

    @Test
    void linksToTheNodesThatThereAre() throws IOException {
        layOutNodes();
        List<String> links = List.of(
                "Creating link /dev/char/234:12 => /dev/nvidia-caps/nvidia-cap12",
                "Creating link /dev/char/510:0 => /dev/nvidia-uvm",
                "Creating link /dev/char/195:0 => /dev/nvidia0");
        assertThat(run("--dry-run").messages("info")).isEqualTo(links);
        assertThat(root.resolve("dev/char")).isEmptyDirectory();
        assertThat(run().messages("info")).isEqualTo(links);
        assertThat(target("dev/char/234:12")).isEqualTo("/dev/nvidia-caps/nvidia-cap12");
        assertThat(run().messages("info")).containsExactly("nothing to do: all is there");
    }

    @Test
    void aStaleLinkIsReplacedAndARightOneStays() throws IOException {
        layOutNodes();
        layOut("link /dev/char/195:0 ../nvidia0", "link /dev/char/510:0 /dev/nvidia1", "link /dev/char/234:12 nowhere");
        assertThat(run().messages("info")).hasSize(2);
        assertThat(target("dev/char/195:0")).isEqualTo("../nvidia0");
        assertThat(target("dev/char/510:0")).isEqualTo("/dev/nvidia-uvm");
        assertThat(target("dev/char/234:12")).isEqualTo("/dev/nvidia-caps/nvidia-cap12");
        assertThat(root.resolve("dev/char").toFile().list()).hasSize(3);
    }

    @Test
    void whatIsNoLinkIsRefusedBeforeAnythingIsMade() {
        layOutNodes();
        layOut("file /dev/char/195:0", "dir /dev/char/510:0");
        assertRefused(run(), "/dev/char/510:0 is a directory, not a link; /dev/char/195:0 is a file, not a link");
        assertThat(root.resolve("dev/char").toFile().list()).hasSize(2);
    }

    @Test
    void theDriverRootIsWhereNodesAreSearched() throws IOException {
        layOutNodes();
        layOut("chr /x/dev/nvidia1 195 1 666", "chr /x/dev/nvidia-same 195 1 666", "dir /links");
        Run run = run(Map.of("NVIDIA_DRIVER_ROOT", "/x", "DEV_CHAR_PATH", "/links"));
        assertThat(run.messages("warning"))
                .containsExactly("/x/dev/nvidia1 has the numbers of /x/dev/nvidia-same: it gets no link");
        assertThat(target("links/195:1")).isEqualTo("/x/dev/nvidia-same");
        assertThat(root.resolve("dev/char")).isEmptyDirectory();
    }

    @Test
    void whereThereIsNoNodeThatIsSaid() {
        layOut("dir /dev/char", "dir /x/dev", "dir /y");
        Run run = run("--driver-root=/x");
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning")).containsExactly("No NVIDIA devices found in /x");
        assertRefused(run("--driver-root=/y"), "there is no directory /y/dev");
    }

    @ParameterizedTest
    @CsvSource({"/proc/devices", "/nowhere", "/dev/char/loop"})
    void aDirectoryOfLinksIsNeeded(String path) {
        layOut(SystemNodesTest.DEVICES, "link /dev/char/loop loop");
        assertRefused(run("--dev-char-path=" + path), "there is no directory " + path);
        assertRefused(run("--create-all", "--dev-char-path=" + path), "there is no directory " + path);
    }

    private List<String> possible(String... more) {
        List<String> told = new ArrayList<>();
        for (String line : run(Map.of("CREATE_ALL", "1", "DRY_RUN", "1"), more).messages("info")) {
            told.add(line.replaceFirst("Creating link /dev/char/(.*) => /dev/", "$1 "));
        }
        return told;
    }

    @Test
    void allThatThereCouldBe() {
        layOut(
                SystemNodesTest.DEVICES,
                "dir /dev/char",
                "text /proc/driver/nvidia/gpus/0000:01:00.0/information Model: x\\nDevice Minor: \t 3\\n",
                "text /proc/driver/nvidia/gpus/0000:02:00.0/information Device Minor: 254\\n",
                "text /proc/driver/nvidia/gpus/0000:03:00.0/information Device Minor: x\\n",
                "dir /proc/driver/nvidia/gpus/0000:04:00.0/information",
                "text /proc/driver/nvidia-caps/mig-minors config 1\\nmonitor 2\\ngarbage\\ngpu3/gi1/access 50\\n"
                        + "gpu3/gi4/ci2/access 51\\ngpu3/gi5/access -1\\ngpu3/gi6/access 1048576\\ngpu30/gi0/access 52\\n");
        assertThat(possible())
                .containsExactly(
                        "195:255 nvidiactl",
                        "195:254 nvidia-modeset",
                        "510:0 nvidia-uvm",
                        "510:1 nvidia-uvm-tools",
                        "195:3 nvidia3",
                        "234:1 nvidia-caps/nvidia-cap1",
                        "234:2 nvidia-caps/nvidia-cap2",
                        "234:50 nvidia-caps/nvidia-cap50",
                        "234:51 nvidia-caps/nvidia-cap51");
        assertThat(run("--create-all", "--dry-run").messages("warning"))
                .containsExactly(
                        "the driver does not tell the minor number of GPU 0000:03:00.0: no link is made for it",
                        "the driver does not tell the minor number of GPU 0000:04:00.0: no link is made for it");
    }

    @Test
    void capabilitiesThatCannotBeReadAreTold() {
        layOut(SystemNodesTest.DEVICES, "dir /dev/char", "dir /proc/driver/nvidia-caps/mig-minors");
        assertThat(run("--create-all", "--dry-run").messages("warning"))
                .containsExactly(
                        "no links are made for MIG: /proc/driver/nvidia-caps/mig-minors cannot be read, or names"
                                + " nothing");
    }

    @Test
    void withoutTheDriversWordGpusAreCounted() {
        layOut(SystemNodesTest.DEVICES, "dir /dev/char");
        for (String device : List.of(
                "01:00.0 0x10de 0x030000",
                "01:00.1 0x10de 0x040300",
                "02:00.0 0x8086 0x030000",
                "03:00.0 0x10de 0x030200",
                "04:00.0 0x10de 0x03")) {
            String[] words = device.split(" ");
            layOut(
                    "text /sys/bus/pci/devices/0000:" + words[0] + "/vendor " + words[1] + "\\n",
                    "text /sys/bus/pci/devices/0000:" + words[0] + "/class " + words[2] + "\\n");
        }
        assertThat(possible()).endsWith("195:0 nvidia0", "195:1 nvidia1").hasSize(6);
    }

    @Test
    void controlNodesAreMadeFirst() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        layOut(SystemNodesTest.DEVICES, "dir /dev/char");
        List<String> told =
                run(Map.of("CREATE_DEVICE_NODES", "true"), "--create-all").messages("info");
        assertThat(told).hasSize(8).endsWith(CONTROL.toArray(String[]::new));
        assertThat(told.get(0)).isEqualTo("Running: mknod --mode=0666 /dev/nvidiactl c 195 255");
        assertThat(root.resolve("dev/nvidia-uvm-tools")).exists();
        assertThat(target("dev/char/510:1")).isEqualTo("/dev/nvidia-uvm-tools");
    }

    @Test
    void nothingIsMadeWhereALinkCannotBe() {
        layOut(SystemNodesTest.DEVICES, "file /dev/char/510:1");
        assertRefused(run("--create-all", "--create-device-nodes"), "/dev/char/510:1 is a file, not a link");
        assertThat(root.resolve("dev").toFile().list()).containsExactly("char");
    }

    @Test
    void wrongNodesAndWrongLinksAreToldAtOnce() {
        layOutNodes();
        layOut(
                SystemNodesTest.DEVICES,
                "chr /dev/nvidiactl 1 3 666",
                "file /dev/nvidia-modeset",
                "file /dev/char/195:255");
        Run run = run("--create-all", "--create-device-nodes");
        assertThat(run.status()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(run.messages("error"))
                .containsExactly(
                        "/dev/nvidia-modeset is a file, not a device node",
                        "/dev/nvidiactl has the numbers 1:3, not 195:255",
                        "/dev/char/195:255 is a file, not a link");
        assertThat(run.messages("hint"))
                .endsWith(
                        "remove what stands in the place of a device node",
                        "it is of an earlier boot, or another device's: --replace makes it anew",
                        "remove what stands in the place of a link");
        assertThat(run.messages("info")).isEmpty();
        assertThat(root.resolve("dev/nvidia-uvm-tools")).doesNotExist();
    }

    @Test
    void whatNeedsAllIsIgnoredWithoutIt() {
        layOut(SystemNodesTest.DEVICES, "dir /dev/char");
        Run run = run(Map.of("LOAD_KERNEL_MODULES", "true"), "--create-device-nodes");
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .contains("--load-kernel-modules, --create-device-nodes and --replace need --create-all: ignored");
        assertThat(root.resolve("dev").toFile().list()).containsExactly("char");
    }
}
