package io.github.gpucdi;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every host path goes through {@code RootedFs}, which alone knows where the host's links lead. */
class HostPathsTest {
    /** What opens a file by its name, or asks the file system about it. */
    private static final Set<String> OPENERS = Set.of(
            "java.nio.file.Files",
            "java.nio.file.FileSystem",
            "java.nio.file.spi.FileSystemProvider",
            "java.nio.channels.FileChannel",
            "java.nio.channels.AsynchronousFileChannel",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile");

    /** What opens a file if it is made with a text: that is the file's name. Of a scanner it is what is scanned. */
    private static final Set<String> OPENERS_BY_NAME = Set.of(
            "java.io.PrintStream",
            "java.io.PrintWriter",
            "java.util.Formatter",
            "java.util.logging.FileHandler",
            "java.util.zip.ZipFile",
            "java.util.jar.JarFile");

    private static final Set<String> FILES = Set.of("java.io.File", "java.nio.file.Path");

    /** Who may do so, and why. */
    private static final Map<String, String> MAY_OPEN = new TreeMap<>(Map.ofEntries(
            Map.entry("probe.RootedFs", "follows the host's links inside the host"),
            Map.entry("probe.SeenTree", "asks about names for it, once for each"),
            Map.entry("probe.HostFiles", "asks whether two directories of this machine are one"),
            Map.entry("probe.ProcessRunner", "runs programs of this machine, in / and with /dev/null"),
            Map.entry("help.SharedFiles", "files of a package, below the directory that its maker named"),
            Map.entry("option.NamedFile", "what the user named on the command line"),
            Map.entry(
                    "settings.ConfigPlaces",
                    "our own configuration files, of this machine whatever the host's root is"),
            Map.entry("settings.ConfigText", "the same"),
            Map.entry("generate.SpecFiles", "the files of --output: asks for them, deletes them"),
            Map.entry("watch.FileMark", "the same: asks whether they changed"),
            Map.entry("watch.NodeLabelFile", "the file of --nfd-file: deletes it"),
            Map.entry("watch.OutputLock", "the lock beside the file of --output"),
            Map.entry("watch.ChangeCommand", "runs the program of --on-change, in / and with /dev/null"),
            Map.entry("watch.Child", "runs this program, in / and with its own streams"),
            Map.entry("command.Main", "the descriptors of this process's standard streams"),
            Map.entry("system.NewName", "gives the directory of device nodes or links a name more"),
            Map.entry("system.MakeLink", "the same"),
            Map.entry("system.MakeNode", "the same: asks whether somebody else made it"),
            Map.entry("terminal.Console", "whether this process's standard streams are a terminal"),
            Map.entry("terminal.ShellCommand", "runs a shell of this machine, in / and with /dev/null"),
            Map.entry("cdi.publish.Publisher", "writes the files of --output"),
            Map.entry("cdi.publish.TemporaryFile", "the same, under the names that they have before"),
            Map.entry("cdi.registry.MachineSpecs", "spec directories that the user named, or located by HostFiles"),
            Map.entry("cdi.registry.SpecDirectory", "the same"),
            Map.entry("cdi.text.read.SpecReader", "the same"),
            Map.entry("cdi.inject.MachineNodes", "the nodes of this machine: containers are made on it"),
            Map.entry("nvmldouble.NvmlDouble", "for tests: no part of the program"),
            Map.entry("nvmldouble.Compiled", "the same"),
            Map.entry("nvmldouble.DoubleConfig", "the same"),
            Map.entry("nvmldouble.CallLog", "the same")));

    @Test
    void hostPathsGoThroughRootedFs() {
        List<String> wrong = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        for (JavaClass found : LayoutTest.CLASSES) {
            String name = found.getName().substring(LayoutTest.ROOT.length()).replaceFirst("\\$.*", "");
            for (String opening : openings(found)) {
                used.add(name);
                if (!MAY_OPEN.containsKey(name)) {
                    wrong.add(opening);
                }
            }
            found.getAccessesFromSelf().stream()
                    .filter(access -> access.getTarget().getFullName().startsWith("java.nio.file.Path.toRealPath("))
                    .forEach(access -> wrong.add(access.getDescription()));
        }
        assertThat(wrong).isEmpty();
        assertThat(used).as("no exception that nobody needs").isEqualTo(MAY_OPEN.keySet());
    }

    /** Where a class opens files by their names, or asks the file system about them. */
    private static List<String> openings(JavaClass found) {
        List<String> openings = new ArrayList<>();
        for (Dependency dependency : found.getDirectDependenciesFromSelf()) {
            if (OPENERS.contains(dependency.getTargetClass().getName())) {
                openings.add(dependency.getDescription());
            }
        }
        for (JavaAccess<?> access : found.getAccessesFromSelf()) {
            if (access instanceof JavaCodeUnitAccess<?> call && opens(call.getTarget())) {
                openings.add(call.getDescription());
            }
        }
        return openings;
    }

    private static boolean opens(CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        List<String> parameters = new ArrayList<>();
        target.getRawParameterTypes().forEach(type -> parameters.add(type.getName()));
        if (target.getName().equals("<init>")
                && OPENERS_BY_NAME.contains(owner)
                && !parameters.isEmpty()
                && parameters.get(0).equals("java.lang.String")) {
            return true;
        }
        // A path works with paths by their text alone.
        return owner.startsWith("java.")
                && !FILES.contains(owner)
                && parameters.stream().anyMatch(FILES::contains);
    }

    /** Ways to a file past {@code RootedFs}, none of which is a class that does nothing else. */
    private static final class Openings {
        static final class PrintsToName {
            Object open() throws IOException {
                return new PrintStream("file", StandardCharsets.UTF_8);
            }
        }

        static final class WritesToName {
            Object open() throws IOException {
                return new PrintWriter("file");
            }
        }

        static final class FormatsToName {
            Object open() throws IOException {
                return new Formatter("file");
            }
        }

        /** By a reference, which is no call. */
        static final class WritesToNames {
            ThrowingFunction open() {
                return PrintWriter::new;
            }

            interface ThrowingFunction {
                Object apply(String name) throws IOException;
            }
        }

        static final class UnzipsName {
            Object open() throws IOException {
                return new ZipFile("file");
            }
        }

        static final class ReadsJarOfName {
            Object open() throws IOException {
                return new JarFile("file");
            }
        }

        static final class ScansPath {
            Object open(Path path) throws IOException {
                return new Scanner(path);
            }
        }

        static final class ScansFileOfPath {
            Object open(Path path) throws IOException {
                return new Scanner(path.toFile());
            }
        }

        static final class UnzipsFileOfPath {
            Object open(Path path) throws IOException {
                return new ZipFile(path.toFile());
            }
        }

        static final class MapsPath {
            Object open(Path path) throws IOException {
                return FileSystems.newFileSystem(path, Map.of());
            }
        }
    }

    @TestFactory
    List<DynamicTest> noWayToAFileGoesUnseen() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JavaClass way : new ClassFileImporter().importClasses(Openings.class.getDeclaredClasses())) {
            tests.add(DynamicTest.dynamicTest(
                    way.getSimpleName(), () -> assertThat(openings(way)).isNotEmpty()));
        }
        return tests;
    }

    private static final class NoOpenings {
        Object open(Path path) {
            return List.of(
                    new PrintStream(System.out, true, StandardCharsets.UTF_8),
                    new PrintWriter(System.out, true),
                    new Scanner("text"),
                    new Scanner(System.in, StandardCharsets.UTF_8),
                    new Formatter(new StringBuilder()),
                    path.resolve(path));
        }
    }

    @Test
    void whatOpensNoFileIsNoWay() {
        assertThat(openings(new ClassFileImporter().importClass(NoOpenings.class)))
                .isEmpty();
    }
}
