package io.github.gpucdi.cdi.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciJsonTest {
    private static Map<String, Object> read(String json) throws CdiException {
        return OciJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String write(Map<String, Object> config) throws CdiException {
        return new String(OciJson.write(config), StandardCharsets.UTF_8);
    }

    private static String refusal(String json) {
        CdiException failure = catchThrowableOfType(CdiException.class, () -> read(json));
        assertThat(failure.code()).isEqualTo(Code.CONFIG_INVALID);
        return failure.getMessage();
    }

    @Test
    void everyKindOfValueIsRead() throws CdiException {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("z", "a\"\\/\b\f\n\r\t\u00e9\ud83d\ude00");
        List<Object> list = new ArrayList<>(List.of(1L, Map.of(), List.of(), true, false));
        list.add(null);
        expected.put("a", list);
        expected.put("", new BigInteger("18446744073709551616"));
        expected.put("m", Map.of("n", Long.MIN_VALUE));
        Map<String, Object> tree = read(
                "\ufeff \t\r\n{ \"z\":\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\" ,"
                        + "\"a\":[1, {} ,[ ],true,false,null], \"\":18446744073709551616,\"m\":{\"n\":-9223372036854775808}}\n");
        assertThat(tree).isEqualTo(expected);
        assertThat(tree.keySet()).containsExactly("z", "a", "", "m");
        assertThat(read(write(tree))).isEqualTo(tree);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "-0", "18446744073709551615", "1.50", "-0.0", "0.1e1", "1e3", "1E+400", "5e-324"})
    void aNumberStaysAsWritten(String number) throws CdiException {
        Map<String, Object> tree = read("{\"x\":" + number + "}");
        assertThat(write(tree)).isEqualTo("{\n  \"x\": " + number + "\n}\n");
        assertThat(((Number) tree.get("x")).doubleValue()).isEqualTo(new BigDecimal(number).doubleValue());
    }

    @Test
    void theFormIsIndented() throws CdiException {
        assertThat(write(read("{\"a\":{\"b\":[1,\"\\u001f\\u00e9<\"],\"c\":{},\"d\":[]},\"e\":null}")))
                .isEqualTo("""
                        {
                          "a": {
                            "b": [
                              1,
                              "\\u001f\u00e9<"
                            ],
                            "c": {},
                            "d": []
                          },
                          "e": null
                        }
                        """);
        assertThat(write(Map.of())).isEqualTo("{}\n");
        assertThat(write(Map.of("a", "\ud800"))).isEqualTo("{\n  \"a\": \"\ufffd\"\n}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[] | is not a JSON object",
                "7 | is not a JSON object",
                "{} {} | goes on after its JSON object",
                "{} x | is not JSON: not a value at line 1, column 4",
                "{ | is not JSON: a member's name is missing at line 1, column 2",
                "{\"a\" 1} | is not JSON: ':' is missing at line 1, column 6",
                "{\"a\":} | is not JSON: not a value at line 1, column 6",
                "{\"a\":1,} | is not JSON: a member's name is missing at line 1, column 8",
                "{\"a\":1 2} | is not JSON: ',' is missing at line 1, column 8",
                "{\"a\":[1,]} | is not JSON: not a value at line 1, column 9",
                "{\"a\":[1 | is not JSON: ',' is missing at line 1, column 8",
                "{\"a\": | is not JSON: it ends too early at line 1, column 6",
                "{\"a\":1,\"a\":2} | is not JSON: a second member of one name at line 1, column 8",
                "{\"a\":01} | is not JSON: ',' is missing at line 1, column 7",
                "{\"a\":1.} | is not JSON: not a value at line 1, column 8",
                "{\"a\":+1} | is not JSON: not a value at line 1, column 6",
                "{\"a\":NaN} | is not JSON: not a value at line 1, column 6",
                "{\"a\":nul} | is not JSON: not a value at line 1, column 6",
                "{\"a\":\"b | is not JSON: it ends within a text at line 1, column 8",
                "{\"a\":\"\\ | is not JSON: it ends within a text at line 1, column 8",
                "{\"a\":\"\\x\"} | is not JSON: an unknown escape at line 1, column 8",
                "{\"a\":\"\\u12g4\"} | is not JSON: an escape without its four digits at line 1, column 11",
                "{'a':1} | is not JSON: a member's name is missing at line 1, column 2",
            })
    void whatIsNotJsonIsRefusedWithItsPlace(String json, String message) {
        assertThat(refusal(json)).isEqualTo(message);
    }

    @Test
    void whatCouldHurtIsRefused() {
        assertThat(refusal("")).isEqualTo("is not a JSON object");
        assertThat(refusal("{\n\"\u00e9\ud83d\ude00\t\"}"))
                .isEqualTo("is not JSON: a control character within a text at line 2, column 4");
        assertThat(refusal("{\"a\":" + "[".repeat(100_000))).contains("nested deeper than 1000 levels");
        assertThat(refusal("{\"a\":" + "9".repeat(1_001) + "}")).contains("more than 1000 characters");
        CdiException latin = catchThrowableOfType(
                CdiException.class, () -> OciJson.read("{\"\u00e9\":1}".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(latin).hasMessage("is not JSON: it is not UTF-8");
    }

    @Test
    void whatIsNoJsonValueIsNotWritten() {
        for (Object value : List.of(Double.NaN, Float.POSITIVE_INFINITY, 'c', new int[0])) {
            CdiException failure = catchThrowableOfType(
                    CdiException.class, () -> OciJson.write(Map.of("a/b", List.of(Map.of("c", value)))));
            assertThat(failure).hasMessage("/a~1b/0/c: not a JSON value");
        }
    }
}
