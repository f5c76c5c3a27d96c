package io.github.gpucdi.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is public takes no null and says so: in signatures, and at construction. */
class NullnessTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(boolean.class, false),
            Map.entry(int.class, 0),
            Map.entry(long.class, 0L),
            Map.entry(String.class, ""),
            Map.entry(Path.class, Path.of("")),
            Map.entry(List.class, List.of()),
            Map.entry(Map.class, Map.of()),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(OptionalLong.class, OptionalLong.empty()));

    @TestFactory
    List<DynamicTest> aRecordRefusesNullByName() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Class<?> type : classes()) {
            if (type.isRecord() && isPublic(type)) {
                RecordComponent[] components = type.getRecordComponents();
                for (int i = 0; i < components.length; i++) {
                    if (!components[i].getType().isPrimitive()) {
                        int place = i;
                        String name = components[i].getName();
                        tests.add(DynamicTest.dynamicTest(
                                type.getSimpleName() + " " + name,
                                () -> assertThatThrownBy(() -> sample(type, place))
                                        .isInstanceOf(NullPointerException.class)
                                        .hasMessage(name)));
                    }
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(60);
        return tests;
    }

    @Test
    void publicPackagesAreNullMarked() throws Exception {
        for (Class<?> type : classes()) {
            if (isPublic(type)) {
                assertThat(type.getPackage().isAnnotationPresent(NullMarked.class))
                        .as(type.getPackageName())
                        .isTrue();
            }
        }
    }

    /** A record of samples, but for a null in one place; -1 for none. */
    private static Object sample(Class<?> type, int nullAt) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = i == nullAt ? null : sample(types[i]);
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Object sample(Class<?> type) throws Exception {
        if (type.isRecord()) {
            return sample(type, -1);
        }
        return type.isEnum() ? type.getEnumConstants()[0] : SAMPLES.get(type);
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static List<Class<?>> classes() throws IOException, ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.sorted().toList()) {
                String name = CLASSES.relativize(file).toString().replace('/', '.');
                if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                    classes.add(Class.forName(name.substring(0, name.length() - ".class".length())));
                }
            }
        }
        return classes;
    }
}
