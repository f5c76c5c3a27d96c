package io.github.gpucdi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may import which, as ARCHITECTURE.md says. */
class LayoutTest {
    static final String ROOT = "io.github.gpucdi.";
    private static final Map<String, String> LIBRARIES = Map.of(
            "snakeyaml-engine", "org.snakeyaml.engine..",
            "Jackson", "tools.jackson..",
            "picocli", "picocli..",
            "JNA", "com.sun.jna..");

    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
    private static final String ARCHITECTURE = read(CHECKOUT.resolve("ARCHITECTURE.md"));
    /** A row of the table of packages: the name in lower case, what it holds, what it may import. */
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| [^|]* \\|([^|]*)\\|");

    private static final Pattern NAME = Pattern.compile("`([A-Za-z.0-9-]+)`");

    /** By package: what it may import besides the JDK, JSpecify and itself. */
    private static final Map<String, List<String>> ALLOWED = allowed();

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("tests.jar"))
            .importPackages("io.github.gpucdi");

    private static Map<String, List<String>> allowed() {
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        for (String line : ARCHITECTURE.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                allowed.put(row.group(1), targets(row.group(2)));
            }
        }
        return allowed;
    }

    private static List<String> targets(String cell) {
        List<String> targets = new ArrayList<>();
        if (cell.strip().startsWith("everything above")) {
            targets.add(ROOT + ".");
        }
        Matcher ours = NAME.matcher(cell);
        while (ours.find()) {
            targets.add(ROOT + ours.group(1));
        }
        LIBRARIES.forEach((name, packages) -> {
            if (cell.contains(name)) {
                targets.add(packages);
            }
        });
        return targets;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyPackageHasItsRow() {
        Set<String> packages = new TreeSet<>();
        for (JavaClass found : CLASSES) {
            packages.add(found.getPackageName());
        }
        assertThat(packages).allSatisfy(name -> assertThat(ALLOWED).containsKey(name.substring(ROOT.length())));
        assertThat(packages).hasSameSizeAs(ALLOWED.keySet());
    }

    @TestFactory
    List<DynamicTest> importsAreThoseOfItsRow() {
        List<DynamicTest> tests = new ArrayList<>();
        ALLOWED.forEach((name, targets) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            List<String> known = new ArrayList<>(targets);
            known.add(ROOT + name);
            known.add("java..");
            known.add("org.jspecify.annotations..");
            DescribedPredicate<JavaClass> foreign = resideOutsideOfPackages(known.toArray(String[]::new));
            List<String> wrong = new ArrayList<>();
            for (JavaClass found : CLASSES.that(resideInAnyPackage(ROOT + name))) {
                for (Dependency dependency : found.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!target.isPrimitive() && foreign.test(target)) {
                        wrong.add(dependency.getDescription());
                    }
                }
            }
            assertThat(wrong).isEmpty();
        })));
        return tests;
    }

    /** What the page says of new things is of files that are there. */
    @Test
    void thePageNamesClassesThatAreThere() {
        Set<String> known = new TreeSet<>(ALLOWED.keySet());
        CLASSES.forEach(found -> known.add(found.getSimpleName()));
        Matcher name = NAME.matcher(ARCHITECTURE);
        while (name.find()) {
            String word = name.group(1);
            boolean isFile = word.endsWith(".json")
                    && Files.exists(CHECKOUT.resolve("schemas").resolve(word));
            boolean isRule = word.equals("io.github.gpucdi") || word.equals("LayoutTest");
            assertThat(isFile || isRule || known.contains(word)).as(word).isTrue();
        }
    }

    @Test
    void commandsAreThin() {
        for (JavaClass found : CLASSES.that(resideInAnyPackage(ROOT + "command"))) {
            assertThat(found.getSimpleName()).matches("(\\w*Command|Group|Invocation|Main)?(\\d*)");
        }
    }

    @Test
    void noCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + "(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
