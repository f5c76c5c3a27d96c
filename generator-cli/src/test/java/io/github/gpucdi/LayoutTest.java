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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may import which: the map of the code. */
class LayoutTest {
    private static final String ROOT = "io.github.gpucdi.";
    private static final String SNAKEYAML = "org.snakeyaml.engine..";
    private static final String JACKSON = "tools.jackson..";
    private static final String PICOCLI = "picocli..";
    private static final String JNA = "com.sun.jna..";

    /** By package: what it may import besides the JDK and itself. */
    private static final Map<String, List<String>> ALLOWED = allowed();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("tests.jar"))
            .importPackages("io.github.gpucdi");

    private static Map<String, List<String>> allowed() {
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        allowed.put("cdi.spec", List.of());
        allowed.put("cdi.text", List.of());
        allowed.put("cdi.text.read", ours(List.of(SNAKEYAML), "cdi.spec", "cdi.text"));
        allowed.put("cdi.text.write", ours("cdi.spec", "cdi.text"));
        allowed.put("cdi.edit", ours("cdi.spec"));
        allowed.put("cdi.engine", ours("cdi.spec"));
        allowed.put("cdi.validate", ours("cdi.spec", "cdi.text.read", "cdi.engine"));
        allowed.put("cdi.registry", ours("cdi.spec", "cdi.text.read", "cdi.engine", "cdi.validate"));
        allowed.put("cdi.inject", ours("cdi.spec", "cdi.edit", "cdi.registry", "cdi.engine"));
        allowed.put("cdi.publish", ours("cdi.spec", "cdi.text.write", "cdi.validate", "cdi.registry"));
        allowed.put("nvml", List.of());
        allowed.put("nvml.jna", ours(List.of(JNA), "nvml"));
        allowed.put("host", List.of());
        allowed.put("host.json", ours(List.of(JACKSON), "host"));
        // Two packages read configuration files of other programs; the parsers are this one's alone.
        allowed.put("config", List.of(JACKSON));
        // What is said when a spec is written and when a host is examined.
        allowed.put("advice", List.of());
        allowed.put("probe", ours("host", "nvml", "config"));
        allowed.put("assemble", ours("host", "cdi.spec", "cdi.edit", "cdi.engine"));
        allowed.put(
                "doctor",
                ours(
                        "host",
                        "assemble",
                        "advice",
                        "cdi.spec",
                        "cdi.text.read",
                        "cdi.engine",
                        "cdi.validate",
                        "cdi.registry"));
        allowed.put("terminal", List.of());
        allowed.put(
                "generate",
                ours(
                        "advice",
                        "host",
                        "nvml",
                        "nvml.jna",
                        "probe",
                        "assemble",
                        "cdi.edit",
                        "cdi.engine",
                        "cdi.publish",
                        "cdi.registry",
                        "cdi.spec",
                        "cdi.text.read",
                        "cdi.text.write",
                        "cdi.validate"));
        allowed.put(
                "report",
                ours(
                        List.of(JACKSON),
                        "host",
                        "assemble",
                        "doctor",
                        "generate",
                        "terminal",
                        "cdi.edit",
                        "cdi.engine",
                        "cdi.registry",
                        "cdi.spec",
                        "cdi.text.read",
                        "cdi.validate"));
        allowed.put(
                "option",
                ours(
                        List.of(JACKSON, PICOCLI),
                        "host",
                        "host.json",
                        "config",
                        "probe",
                        "assemble",
                        "doctor",
                        "generate",
                        "report",
                        "terminal",
                        "cdi.edit",
                        "cdi.engine",
                        "cdi.registry",
                        "cdi.spec"));
        allowed.put("command", List.of(ROOT + ".", PICOCLI));
        return allowed;
    }

    private static String our(String name) {
        return ROOT + name;
    }

    private static List<String> ours(String... names) {
        return ours(List.of(), names);
    }

    private static List<String> ours(List<String> others, String... names) {
        List<String> all = new ArrayList<>(others);
        for (String name : names) {
            all.add(our(name));
        }
        return all;
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
            known.add(our(name));
            known.add("java..");
            DescribedPredicate<JavaClass> foreign = resideOutsideOfPackages(known.toArray(String[]::new));
            List<String> wrong = new ArrayList<>();
            for (JavaClass found : CLASSES.that(resideInAnyPackage(our(name)))) {
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

    @Test
    void commandsAreThin() {
        for (JavaClass found : CLASSES.that(resideInAnyPackage(our("command")))) {
            assertThat(found.getSimpleName()).matches("(\\w+Command|Invocation|Main)?(\\d*)");
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
