package io.github.gpucdi.cdi.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equality that is written by hand is the one that the compiler would make: of every component. */
class WrittenOutEqualityTest {
    private static final RecordComponent[] COMPONENTS = DeviceNode.class.getRecordComponents();

    private static DeviceNode node(Object... values) throws ReflectiveOperationException {
        Class<?>[] types =
                Arrays.stream(COMPONENTS).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<DeviceNode> constructor = DeviceNode.class.getDeclaredConstructor(types);
        return constructor.newInstance(values);
    }

    private static Object value(Class<?> type, int which) {
        if (type == String.class) {
            return "text" + which;
        }
        return type == OptionalLong.class ? OptionalLong.of(which) : Long.valueOf(which);
    }

    private static Object[] values() {
        return IntStream.range(0, COMPONENTS.length)
                .mapToObj(i -> value(COMPONENTS[i].getType(), i))
                .toArray();
    }

    static IntStream components() {
        return IntStream.range(0, COMPONENTS.length);
    }

    @ParameterizedTest
    @MethodSource("components")
    void eachComponentCounts(int component) throws Exception {
        Object[] others = values();
        others[component] = value(COMPONENTS[component].getType(), 100);

        assertThat(node(values())).isEqualTo(node(values())).hasSameHashCodeAs(node(values()));
        assertThat(node(others)).isNotEqualTo(node(values()));
    }
}
