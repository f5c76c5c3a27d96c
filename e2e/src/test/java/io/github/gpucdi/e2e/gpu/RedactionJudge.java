package io.github.gpucdi.e2e.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is kept of a host for the tests tells none of what is its own. */
final class RedactionJudge {
    private static final String REDACTED = "snapshot-redacted.json";

    /** Any UUID but those that are written instead, which are numbers. */
    private static final Pattern UUID =
            Pattern.compile("(?i)(?!00000000-0000-0000-0000-)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private RedactionJudge() {}

    /** What is told that should not be. */
    static List<String> findings(Evidence evidence, List<GpuFacts> gpus) {
        String kept = evidence.text(REDACTED);
        List<String> findings = new ArrayList<>();
        Matcher uuid = UUID.matcher(kept);
        while (uuid.find()) {
            findings.add(REDACTED + " has the UUID " + uuid.group());
        }
        for (GpuFacts gpu : gpus) {
            String serial = gpu.facts().getOrDefault("serial", GpuFacts.NONE);
            if (!serial.equals(GpuFacts.NONE)) {
                word("serial number", serial, kept, findings);
            }
        }
        // The second word of `uname -a`.
        word("host name", evidence.lines("machine").get(0).split(" ")[1], kept, findings);
        return findings;
    }

    private static void word(String what, String word, String kept, List<String> findings) {
        if (Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
                .matcher(kept)
                .find()) {
            findings.add(REDACTED + " has the " + what + " " + word);
        }
    }
}
