package io.github.gpucdi.watch;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a worker tells of one run, in one line.
 *
 * @param status its exit status, as {@code generate} has it
 * @param changed whether a file was written or deleted
 * @param specs which of the files that it can write have a spec now, counted from 0
 * @param millis how long it took
 * @param gpus how many GPUs the driver reports
 * @param migDevices how many MIG devices
 * @param driverVersion the driver's version, if it is known
 * @param findings how many findings of doctor there are, by their words; empty if nobody asked for them
 * @param reason why nothing was written, one line of at most {@value #MAX_REASON} characters; empty if something was
 */
public record Report(
        int status,
        boolean changed,
        List<Integer> specs,
        long millis,
        int gpus,
        int migDevices,
        Optional<String> driverVersion,
        Map<String, Integer> findings,
        Optional<String> reason) {
    private static final int MAX_REASON = 500;
    private static final String FINDING = "finding.";
    private static final String SPEC = "spec.";
    /** A spec was written: 7 leaves a device out that only a change can bring back. */
    private static final int DONE = 0;

    private static final int LEFT_OUT = 7;
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,5}){0,4}");

    public Report {
        specs = List.copyOf(specs);
        findings = new TreeMap<>(findings);
        reason = reason.map(text -> text.substring(0, Math.min(text.length(), MAX_REASON)));
    }

    boolean isWritten() {
        return status == DONE || status == LEFT_OUT;
    }

    /** Words {@code name=value}. */
    String line() {
        StringBuilder line = new StringBuilder("ended status=" + status + " changed=" + changed + " millis=" + millis
                + " gpus=" + gpus + " mig=" + migDevices);
        driverVersion
                .filter(version -> VERSION.matcher(version).matches())
                .ifPresent(version -> line.append(" driver=").append(version));
        specs.forEach(number -> line.append(' ').append(SPEC).append(number).append("=true"));
        findings.forEach((word, count) ->
                line.append(' ').append(FINDING).append(word).append('=').append(count));
        reason.ifPresent(text -> line.append(" reason=").append(URLEncoder.encode(text, StandardCharsets.UTF_8)));
        return line.toString();
    }

    /**
     * What {@link #line} gave.
     *
     * @param files how many files can have a spec
     * @throws IllegalArgumentException for any other text
     */
    static Report of(String line, int files) {
        Map<String, String> values = new TreeMap<>();
        List<Integer> specs = new ArrayList<>();
        Map<String, Integer> findings = new TreeMap<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (word.startsWith(FINDING) && equals > 0) {
                findings.put(word.substring(FINDING.length(), equals), Integer.valueOf(word.substring(equals + 1)));
            } else if (word.startsWith(SPEC) && equals > 0) {
                int number = Integer.parseInt(word.substring(SPEC.length(), equals));
                if (number < 0 || number >= files) {
                    throw new IllegalArgumentException("there is no such file: " + word);
                }
                specs.add(number);
            } else if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        if (!line.startsWith("ended ") || values.get("status") == null) {
            throw new IllegalArgumentException("not a report: " + line);
        }
        return new Report(
                Integer.parseInt(values.get("status")),
                Boolean.parseBoolean(values.get("changed")),
                specs,
                Long.parseLong(values.get("millis")),
                Integer.parseInt(values.get("gpus")),
                Integer.parseInt(values.get("mig")),
                Optional.ofNullable(values.get("driver")),
                findings,
                Optional.ofNullable(values.get("reason")).map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8)));
    }
}
