package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPathTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        ":, ''",
        "relative:., ''",
        "/a, /a",
        "/a:/b, /a /b",
        ":/a, /a",
        "/a:, /a",
        "/a::/b, /a /b",
        "/a:b:/c, /a /c",
        "/, /",
        "/a/, /a",
        "//a//b/../c/., /a/c",
        "/a:/a, /a /a",
    })
    void theAbsoluteOnesInTheirOrder(String list, String directories) {
        List<String> expected = directories.isEmpty() ? List.of() : List.of(directories.split(" "));
        assertThat(SearchPath.absolute(list)).isEqualTo(expected);
        assertThat(SearchPath.absolute(List.of(list.split(":", -1)))).isEqualTo(expected);
    }

    @Test
    void anEntryOfAListMayHoldAColon() {
        assertThat(SearchPath.absolute(List.of("/a:b", "c"))).containsExactly("/a:b");
    }
}
