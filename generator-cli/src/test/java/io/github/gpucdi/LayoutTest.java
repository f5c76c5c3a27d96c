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
        allowed.put("cdi.text", List.of(ours("cdi.spec"), SNAKEYAML));
        allowed.put("cdi.edit", List.of(ours("cdi.spec")));
        allowed.put("cdi.engine", List.of(ours("cdi.spec")));
        allowed.put("cdi.validate", List.of(ours("cdi.spec"), ours("cdi.text"), ours("cdi.engine")));
        allowed.put(
                "cdi.registry", List.of(ours("cdi.spec"), ours("cdi.text"), ours("cdi.engine"), ours("cdi.validate")));
        allowed.put(
                "cdi.inject", List.of(ours("cdi.spec"), ours("cdi.edit"), ours("cdi.registry"), ours("cdi.engine")));
        allowed.put(
                "cdi.publish", List.of(ours("cdi.spec"), ours("cdi.text"), ours("cdi.validate"), ours("cdi.registry")));
        allowed.put("nvml", List.of());
        allowed.put("nvml.jna", List.of(ours("nvml"), JNA));
        allowed.put("host", List.of());
        allowed.put("host.json", List.of(ours("host"), JACKSON));
        allowed.put("probe", List.of(ours("host"), ours("nvml")));
        allowed.put("assemble", List.of(ours("host"), ours("cdi.spec"), ours("cdi.edit"), ours("cdi.engine")));
        allowed.put(
                "doctor",
                List.of(
                        ours("host"),
                        ours("assemble"),
                        ours("cdi.spec"),
                        ours("cdi.text"),
                        ours("cdi.engine"),
                        ours("cdi.validate"),
                        ours("cdi.registry")));
        allowed.put("command", List.of(ROOT + ".", JACKSON, PICOCLI));
        return allowed;
    }

    private static String ours(String name) {
        return ROOT + name;
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
            known.add(ours(name));
            known.add("java..");
            DescribedPredicate<JavaClass> foreign = resideOutsideOfPackages(known.toArray(String[]::new));
            List<String> wrong = new ArrayList<>();
            for (JavaClass found : CLASSES.that(resideInAnyPackage(ours(name)))) {
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
    void noCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + "(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
