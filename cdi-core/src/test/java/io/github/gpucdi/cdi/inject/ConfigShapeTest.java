package io.github.gpucdi.cdi.inject;

import static io.github.gpucdi.cdi.inject.Trees.parsed;
import static io.github.gpucdi.cdi.inject.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that are not of the shape of an OCI runtime configuration. */
class ConfigShapeTest {
    private static Map<String, Object> apply(Map<String, Object> config) throws CdiException {
        return Injector.apply(config, ContainerEdits.EMPTY, HostNodes.of(Map.of()), LibraryRelease.NEWEST);
    }

    private static CdiException refused(Map<String, Object> config) {
        CdiException failure = catchThrowableOfType(CdiException.class, () -> apply(config));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(Code.CONFIG_INVALID);
        return failure;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{process: [x]}                                     | /process                       | an object",
                "{process: {env: A=1}}                              | /process/env                   | a list",
                "{process: {env: {A: '1'}}}                         | /process/env                   | a list",
                "{process: {env: [A=1, 2]}}                         | /process/env/1                 | text",
                "{process: {env: [null]}}                           | /process/env/0                 | text",
                "{process: {user: root}}                            | /process/user                  | an object",
                "{process: {user: {uid: '0'}}}                      | /process/user/uid              | an integer",
                "{process: {user: {uid: -1}}}                       | /process/user/uid              | an integer",
                "{process: {user: {gid: 4294967296}}}               | /process/user/gid              | an integer",
                "{process: {user: {gid: 1.5}}}                      | /process/user/gid              | an integer",
                "{process: {user: {additionalGids: 5}}}             | /process/user/additionalGids   | a list",
                "{process: {user: {additionalGids: [5, null]}}}     | /process/user/additionalGids/1 | an integer",
                "{process: {user: {additionalGids: [true]}}}        | /process/user/additionalGids/0 | an integer",
                "{linux: true}                                      | /linux                         | an object",
                "{linux: {namespaces: {}}}                          | /linux/namespaces              | a list",
                "{linux: {namespaces: [user]}}                      | /linux/namespaces/0            | an object",
                "{linux: {namespaces: [{path: /x}]}}                | /linux/namespaces/0/type       | text",
                "{linux: {devices: {}}}                             | /linux/devices                 | a list",
                "{linux: {devices: [null]}}                         | /linux/devices/0               | an object",
                "{linux: {devices: [{path: /a}, []]}}               | /linux/devices/1               | an object",
                "{linux: {devices: [{type: c}]}}                    | /linux/devices/0/path          | text",
                "{linux: {devices: [{path: 5}]}}                    | /linux/devices/0/path          | text",
                "{linux: {resources: []}}                           | /linux/resources               | an object",
                "{linux: {resources: {devices: a}}}                 | /linux/resources/devices       | a list",
                "{linux: {resources: {devices: [a]}}}               | /linux/resources/devices/0     | an object",
                "{linux: {netDevices: []}}                          | /linux/netDevices              | an object",
                "{linux: {netDevices: {'a/b~c': x}}}                | /linux/netDevices/a~1b~0c      | an object",
                "{linux: {netDevices: {eth0: null}}}                | /linux/netDevices/eth0         | an object",
                "{linux: {intelRdt: x}}                             | /linux/intelRdt                | an object",
                "{mounts: {destination: /a}}                        | /mounts                        | a list",
                "{mounts: [/a]}                                     | /mounts/0                      | an object",
                "{mounts: [null]}                                   | /mounts/0                      | an object",
                "{mounts: [{destination: /a}, {source: /b}]}        | /mounts/1/destination          | text",
                "{mounts: [{destination: [/a]}]}                    | /mounts/0/destination          | text",
                "{hooks: []}                                        | /hooks                         | an object",
                "{hooks: {poststop: {}}}                            | /hooks/poststop                | a list",
                "{hooks: {startContainer: [/bin/x]}}                | /hooks/startContainer/0        | an object",
            })
    void isRefusedWithThePlace(String config, String where, String what) {
        CdiException failure = refused(parsed(config));
        assertThat(failure.where()).isEqualTo(where);
        assertThat(failure).hasMessageContaining(what);
    }

    /** The library ignores them too, or takes them for nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{process: null, linux: null, mounts: null, hooks: null}",
                "{process: {env: null, user: null}, linux: {devices: null, resources: null, intelRdt: null}}",
                "{process: {user: {uid: null, gid: 4294967295, additionalGids: []}}}",
                "{hooks: {prestart: null, unknown: 5}}",
                "{root: 5, windows: [], x: {y: [null, true, 1.50, 1e400]}}",
                "{mounts: [{destination: '', options: 5}], linux: {devices: [{path: '', major: x}]}}",
            })
    void whatInjectionDoesNotReadStaysAsItIs(String config) throws CdiException {
        assertThat(apply(parsed(config))).isEqualTo(parsed(config));
    }

    @Test
    void numbersStayAsTheyCame() throws CdiException {
        List<Object> numbers = new ArrayList<>(Arrays.asList(
                1, 1L, 1.5, new BigDecimal("1.50"), new BigInteger("123456789012345678901234567890"), true, null));
        Map<String, Object> config = new HashMap<>(Map.of("x", numbers));
        assertThat(apply(config).get("x")).isEqualTo(numbers);
    }

    @Test
    void everyIntegerTypeIsAnId() throws CdiException {
        for (Number id : List.of(7, 7L, (short) 7, (byte) 7, BigInteger.valueOf(7))) {
            Map<String, Object> config = Map.of("process", Map.of("user", Map.of("uid", id)));
            assertThat(apply(config)).isEqualTo(config);
        }
        for (Number id : List.of(7.0, new BigDecimal("7.0"), BigInteger.ONE.shiftLeft(32), BigInteger.ONE.negate())) {
            assertThat(refused(Map.of("process", Map.of("user", Map.of("uid", id))))
                            .where())
                    .isEqualTo("/process/user/uid");
        }
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThat(refused(Map.of("a/b", List.of(1, new Object()))).where()).isEqualTo("/a~1b/1");
        assertThat(refused(Map.of("x", Map.of(5, "five"))).where()).isEqualTo("/x");
        assertThat(refused(Map.of("x", new int[0])).where()).isEqualTo("/x");
        assertThat(refused(Map.of("x", 'c')).where()).isEqualTo("/x");
    }

    @Test
    void aTreeWithoutEndIsRefused() {
        Map<String, Object> config = new HashMap<>();
        config.put("x", new ArrayList<>(List.of(config)));
        assertThat(refused(config)).hasMessageContaining("nested deeper");
    }

    @Test
    void aDeepTreeIsCopied() throws CdiException {
        Object tree = "leaf";
        for (int i = 0; i < 990; i++) {
            tree = i % 2 == 0 ? List.of(tree) : Map.of("x", tree);
        }
        assertThat(text(apply(Map.of("x", tree)))).contains("leaf");
    }
}
