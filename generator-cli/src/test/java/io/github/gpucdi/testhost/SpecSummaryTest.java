package io.github.gpucdi.testhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A summary says whatever a spec says. */
class SpecSummaryTest {
    private static final String SPEC = """
            cdiVersion: 0.7.0
            kind: acme.com/gpu
            annotations: {note: n1}
            containerEdits:
              env: [COMMON=c1]
              mounts:
              - {hostPath: /h1, containerPath: /c1, options: [ro, o1]}
              - {hostPath: /h1, containerPath: /c2, options: [ro, o1]}
              additionalGids: [44]
            devices:
            - {name: one, containerEdits: {env: [A=a1]}}
            - name: two
              annotations: {of: t1}
              containerEdits:
                env: [B=b1]
                deviceNodes:
                - {path: /dev/n1, hostPath: /dev/m1, type: c, major: 195, minor: 77, fileMode: 438, permissions: rw, uid: 88, gid: 99}
                mounts: [{hostPath: /h3, containerPath: /h3}]
                hooks: [{hookName: createContainer, path: /bin/k1, args: [k, x1], env: [H=v1], timeout: 66}]
            """;

    /** Without the digest, which notices all. */
    private static String summary(String yaml) {
        String whole = SpecSummary.of(spec(yaml));
        return whole.substring(0, whole.indexOf("sha256"));
    }

    @ParameterizedTest
    @CsvSource({
        "acme.com, acme.org",
        "n1}, n2}",
        "c1], c3]",
        "/h1, /h2",
        "/c1, /c3",
        "/c2, /c3",
        "o1, o2",
        "44, 45",
        "one, three",
        "a1, a2",
        "two, three",
        "t1, t2",
        "b1, b2",
        "/dev/n1, /dev/n2",
        "/dev/m1, /dev/m2",
        "type: c, type: b",
        "195, 196",
        "77, 78",
        "438, 432",
        "rw, rwm",
        "88, 87",
        "99, 98",
        "hostPath: /h3, hostPath: /h4",
        "createContainer, startContainer",
        "/bin/k1, /bin/k2",
        "x1, x2",
        "v1, v2",
        "66, 65"
    })
    void noChangeIsUnseen(String from, String to) {
        assertThat(SPEC).contains(from);
        assertThat(summary(SPEC.replace(from, to))).isNotEqualTo(summary(SPEC));
    }

    @Test
    void anotherOrderIsSeenByTheDigest() {
        String swapped = SPEC.replace("/c1", "/c9").replace("/c2", "/c1").replace("/c9", "/c2");
        assertThat(SpecSummary.of(spec(swapped))).isNotEqualTo(SpecSummary.of(spec(SPEC)));
    }

    private static CdiSpec spec(String yaml) {
        return SpecReader.read(yaml.getBytes(StandardCharsets.UTF_8), SpecReader.Format.YAML)
                .spec()
                .orElseThrow();
    }
}
