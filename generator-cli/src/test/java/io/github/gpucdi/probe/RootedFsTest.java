package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.probe.Resolution.Kind;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RootedFsTest {
    @TempDir
    Path temp;

    private Path top;

    @BeforeEach
    void makeRoot() throws IOException {
        top = Files.createDirectory(temp.resolve("host"));
    }

    private RootedFs host(String tree) {
        HostTree.layOut(top, tree);
        return RootedFs.host(top);
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/lib/a, REGULAR, /usr/lib/a",
        "/lib/a, REGULAR, /usr/lib/a",
        "/lib/../lib/./a, REGULAR, /usr/lib/a",
        "//usr//lib//a, REGULAR, /usr/lib/a",
        "/../../usr/lib/a, REGULAR, /usr/lib/a",
        "/absolute, REGULAR, /usr/lib/a",
        "/escape, REGULAR, /usr/lib/a",
        "/chain3, REGULAR, /usr/lib/a",
        "/, DIRECTORY, /",
        "/lib, DIRECTORY, /usr/lib",
        "/lib/, DIRECTORY, /usr/lib",
        "/up/usr/lib/a, REGULAR, /usr/lib/a",
        "/parent/parent/parent, DIRECTORY, /",
        "/usr/lib/a/, MISSING, /usr/lib/a",
        "/usr/lib/a/., MISSING, /usr/lib/a",
        "/usr/lib/a/../a, MISSING, /usr/lib/a",
        "/usr/lib/a/b, MISSING, /usr/lib/a",
        "/nowhere/a, MISSING, /nowhere",
        "/dangling, DANGLING, /nowhere",
        "/dangling/a, MISSING, /nowhere",
        "/through, DANGLING, /usr/lib/a",
        "/lib/none, MISSING, /usr/lib/none",
        "/self, LOOP, /self",
        "/self/a, LOOP, /self",
        "/ping, LOOP, /ping",
        "/fifo, OTHER, /fifo"
    })
    void followsPathsInsideTheRoot(String path, Kind kind, String end) {
        RootedFs fs = host("""
                file /usr/lib/a x
                link /lib usr/lib
                link /absolute /usr/lib/a
                link /escape ../../../../../../../../usr/lib/a
                link /chain1 /usr/lib/a
                link /chain2 chain1
                link /chain3 /chain2
                link /up .
                link /parent ..
                link /dangling nowhere
                link /through /usr/lib/a/b
                link /self self
                link /ping /pong
                link /pong ping
                fifo /fifo
                """);

        Resolution resolution = fs.resolve(path);

        assertThat(resolution.kind()).isEqualTo(kind);
        assertThat(resolution.path()).isEqualTo(end);
        // It may begin where an earlier one went.
        assertThat(fs.resolve(path)).as("a second walk").isEqualTo(resolution);
    }

    @Test
    void tellsTheLinksOnTheWay() {
        RootedFs fs = host("""
                file /usr/lib/x/a
                link /lib usr/lib
                link /usr/lib/a.1 /lib/x/a
                """);

        assertThat(fs.resolve("/lib/a.1").links()).containsExactly("/lib", "/usr/lib/a.1", "/lib");
    }

    @ParameterizedTest
    @CsvSource({"40, REGULAR", "41, LOOP"})
    void followsAsManyLinksAsLinuxDoes(int links, Kind kind) throws IOException {
        RootedFs fs = host("file /l0");
        for (int i = 1; i <= links; i++) {
            Files.createSymbolicLink(top.resolve("l" + i), Path.of("l" + (i - 1)));
        }

        assertThat(fs.resolve("/l" + links).kind()).isEqualTo(kind);
    }

    @Test
    void linksInADriverRootStayInIt() {
        RootedFs host = host("""
                file /usr/lib/liba.so host
                file /drv/usr/lib/liba.so driver
                link /drv/liba.so /usr/lib/liba.so
                link /drv/out ../usr/lib/liba.so
                """);
        RootedFs driver = host.below("/drv");

        assertThat(driver.text("/liba.so")).contains("driver");
        assertThat(driver.text("/out")).contains("driver");
        assertThat(driver.hostPath("/liba.so")).isEqualTo("/drv/liba.so");
        assertThat(host.text("/drv/liba.so")).contains("host");
    }

    @Test
    void saysWhetherTheHostWouldGetToTheSameFile() {
        RootedFs driver = host("""
                file /drv/usr/lib/a
                link /drv/lib usr/lib
                link /drv/relative lib/a
                link /drv/absolute /usr/lib/a
                link /drv/prefixed /drv/usr/lib/a
                link /drv/drv/usr/lib/a ../../../usr/lib/a
                """).below("/drv");

        assertThat(driver.leadsThereOnHost("/usr/lib/a", driver.resolve("/usr/lib/a")))
                .isTrue();
        assertThat(driver.leadsThereOnHost("/relative", driver.resolve("/relative")))
                .isTrue();
        assertThat(driver.leadsThereOnHost("/absolute", driver.resolve("/absolute")))
                .isFalse();
        assertThat(driver.resolve("/prefixed").path()).isEqualTo("/usr/lib/a");
        assertThat(driver.leadsThereOnHost("/prefixed", driver.resolve("/prefixed")))
                .isTrue();
    }

    @Test
    void theDriverRootMayBeALinkOnTheHost() {
        RootedFs driver = host("""
                file /opt/real/usr/lib/a yes
                link /opt/real/abs /usr/lib/a
                link /opt/real/rel usr/lib/a
                link /run/driver /opt/link
                link /opt/link real
                """).below("/run/driver");

        assertThat(driver.isPresent()).isTrue();
        assertThat(driver.text("/abs")).contains("yes");
        assertThat(driver.hostPath("/usr/lib/a")).isEqualTo("/run/driver/usr/lib/a");
        assertThat(driver.leadsThereOnHost("/rel", driver.resolve("/rel"))).isTrue();
        assertThat(driver.leadsThereOnHost("/abs", driver.resolve("/abs"))).isFalse();
    }

    @Test
    void aDriverRootThatIsNotThereIsEmpty() {
        RootedFs host = host("file /file\nfile /usr/a");

        for (String root : new String[] {"/none", "/file"}) {
            RootedFs driver = host.below(root);
            assertThat(driver.isPresent()).isFalse();
            assertThat(driver.resolve("/usr/a").kind()).isEqualTo(Kind.MISSING);
            assertThat(driver.resolve("/").kind()).isEqualTo(Kind.MISSING);
            assertThat(driver.list("/")).isEmpty();
            assertThat(driver.text("/usr/a")).isEmpty();
        }
    }

    @Test
    void theHostsOwnRootIsTheHost() {
        RootedFs host = host("file /a x");

        assertThat(host.below("/")).isSameAs(host);
        assertThat(host.hostPath("/a")).isEqualTo("/a");
        assertThat(host.hostPath("/")).isEqualTo("/");
        assertThat(host.below("/a").hostPath("/")).isEqualTo("/a");
    }

    @Test
    void listsSortedAndReadsADirectoryOnce() throws IOException {
        RootedFs fs = host("file /usr/b\nfile /usr/a\nlink /usr/c none\nlink /u usr");

        assertThat(fs.list("/usr")).containsExactly("a", "b", "c");
        Files.createFile(top.resolve("usr/later"));
        assertThat(fs.list("/u")).containsExactly("a", "b", "c");
        assertThat(fs.list("/usr/a")).isEmpty();
        assertThat(fs.list("/none")).isEmpty();
        assertThat(fs.isUnreadableDirectory("/none")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "new\nline", "tab\t", "quote'\"", "-dash", "*", "back\\slash"})
    void takesAnyName(String name) throws IOException {
        RootedFs fs = host("dir /d");
        Files.writeString(top.resolve("d").resolve(name), "x");

        assertThat(fs.list("/d")).containsExactly(name);
        assertThat(fs.text("/d/" + name)).contains("x");
    }

    @Test
    void aNameThatIsNotUtf8IsNotFoundByItsReplacement() throws Exception {
        RootedFs fs = host("dir /d");
        Process shell = new ProcessBuilder("sh", "-c", "touch \"$(printf 'lib\\377')\"")
                .directory(top.resolve("d").toFile())
                .start();
        assertThat(shell.waitFor()).isZero();

        assertThat(fs.list("/d")).hasSize(1).noneMatch(PathText::isWritable);
        assertThat(fs.resolve("/d/" + fs.list("/d").get(0)).exists()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256, 5000})
    void namesTooLongForLinuxAreMissing(int length) {
        assertThat(host("dir /d").resolve("/d/" + "x".repeat(length)).kind()).isEqualTo(Kind.MISSING);
    }

    @Test
    void aNameWithNulIsMissing() {
        assertThat(host("dir /d").resolve("/d/a\0b").kind()).isEqualTo(Kind.MISSING);
    }

    @Test
    void opensRegularFilesOnly() {
        RootedFs fs = host("fifo /fifo\nsock /sock\ndir /dir\nlink /link fifo\nlink /none none");

        for (String path : new String[] {"/fifo", "/sock", "/dir", "/link", "/none"}) {
            assertThat(fs.text(path)).as(path).isEmpty();
            assertThatThrownBy(() -> fs.open(path).close()).as(path).isInstanceOf(NoSuchFileException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 100_000, 1 << 20, (1 << 20) + 1})
    void readsAtMostSoMuch(int size) throws IOException {
        RootedFs fs = host("dir /d");
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(top.resolve("d/f"), content);

        assertThat(fs.bytes("/d/f", 1 << 20)).contains(Arrays.copyOf(content, Math.min(size, 1 << 20)));
        assertThat(fs.bytes("/d/f", 10)).contains(Arrays.copyOf(content, Math.min(size, 10)));
    }

    @Test
    void readsNoMoreThanAskedForInTheMiddleOfABuffer() throws IOException {
        RootedFs fs = host("dir /d");
        byte[] content = new byte[20_000];
        new Random(1).nextBytes(content);
        Files.write(top.resolve("d/f"), content);

        for (int max : new int[] {4097, 5000, 8192, 8193, 12_289, 19_999}) {
            assertThat(fs.bytes("/d/f", max)).contains(Arrays.copyOf(content, max));
        }
    }

    @Test
    void readsFilesOfProcThatSayTheyAreEmpty() {
        assertThat(RootedFs.host(Path.of("/"))
                        .text("/proc/sys/kernel/osrelease")
                        .orElse(""))
                .isNotBlank();
    }

    @Test
    void whatMayNotBeReadIsToldFromWhatIsNotThere() {
        boolean allowed = HostTree.canMakeNodes(); // root may read everything
        RootedFs fs = host("file /closed/a\nlink /link closed/a\ndir /closed 000");

        assertThat(fs.resolve("/closed/a").kind()).isEqualTo(allowed ? Kind.REGULAR : Kind.UNREADABLE);
        assertThat(fs.resolve("/link").kind()).isEqualTo(allowed ? Kind.REGULAR : Kind.UNREADABLE);
        assertThat(fs.isUnreadableDirectory("/closed")).isEqualTo(!allowed);
    }

    @Test
    void aClosedFileIsClosed() throws IOException {
        ByteSource file = host("file /a x").open("/a");
        assertThat(file.read(0, new byte[2])).isEqualTo(1);
        file.close();
        assertThatThrownBy(() -> file.read(0, new byte[2])).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void devicesAreSeenAndNotOpened() {
        Resolution nothing = RootedFs.host(Path.of("/")).resolve("/dev/null");

        assertThat(nothing.kind()).isEqualTo(Kind.CHARACTER_DEVICE);
        Inode inode = RootedFs.host(Path.of("/")).inode("/dev", "null").orElseThrow();
        assertThat(inode.major()).isEqualTo(1);
        assertThat(inode.minor()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "0xc3ff, 195, 255",
        "0x100, 1, 0",
        "0xfff00, 4095, 0",
        "0x1000000000000fff, 0x1000000f, 255",
        "0xfffff00fff, 15, 0xfffffff",
        "0x12000abc345de, 0x12345, 0xabcde"
    })
    void takesDeviceNumbersApartAsGlibcDoes(String rdev, String major, String minor) {
        Inode inode = new Inode(0020666, Long.decode(rdev), 0, 0);

        assertThat(inode.major()).isEqualTo(Long.decode(major));
        assertThat(inode.minor()).isEqualTo(Long.decode(minor));
    }

    /** Between a look at a path and its opening somebody may put a link there: it leads out of the root. */
    @Test
    void aLinkThatTookAFilesPlaceIsNotFollowed() throws IOException {
        RootedFs fs = host("file /etc/a inside");
        assertThat(fs.resolve("/etc/a").kind()).isEqualTo(Kind.REGULAR);
        Path outside = Files.writeString(temp.resolve("outside"), "secret");
        Files.delete(top.resolve("etc/a"));
        Files.createSymbolicLink(top.resolve("etc/a"), outside);
        assertThatThrownBy(() -> fs.open("/etc/a")).isInstanceOf(IOException.class);
    }
}
