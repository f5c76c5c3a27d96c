package io.github.gpucdi.nvmldouble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the double logged.
 *
 * @param calls in order of their end
 * @param badLines numbers of the configuration's lines that it could not read
 * @param overlaps how many last shutdowns came while another call was inside
 * @param totals one per last shutdown
 */
public record CallLog(List<Call> calls, List<Integer> badLines, int overlaps, List<Totals> totals) {

    /**
     * One call.
     *
     * @param function exported name
     * @param gpu index, -1 if none
     * @param mig MIG index, -1 if none
     * @param code what it answered
     * @param thread kernel's thread id
     * @param micros how long it took, in microseconds
     */
    public record Call(String function, int gpu, int mig, int code, int thread, long micros) {}

    /**
     * Counts since the last time that the library was shut down for good.
     *
     * @param calls all calls
     * @param inits successful ones
     * @param shutdowns all of them
     * @param failed calls that answered another code than 0
     * @param attached GPUs that were attached
     */
    public record Totals(long calls, long inits, long shutdowns, long failed, long attached) {}

    /** Copies the lists. */
    public CallLog {
        calls = List.copyOf(calls);
        badLines = List.copyOf(badLines);
        totals = List.copyOf(totals);
    }

    /** Reads the log; a file that is not there is an empty one. */
    public static CallLog read(Path file) {
        List<Call> calls = new ArrayList<>();
        List<Integer> badLines = new ArrayList<>();
        List<Totals> totals = new ArrayList<>();
        int overlaps = 0;
        for (String line : lines(file)) {
            String[] words = line.split(" ");
            Map<String, Long> values = values(words);
            switch (words[0]) {
                case "call" ->
                    calls.add(new Call(
                            words[1],
                            values.get("gpu").intValue(),
                            values.get("mig").intValue(),
                            values.get("code").intValue(),
                            values.get("thread").intValue(),
                            values.get("us")));
                case "bad" -> badLines.add(values.get("line").intValue());
                case "overlap" -> overlaps++;
                case "total" ->
                    totals.add(new Totals(
                            values.get("calls"),
                            values.get("inits"),
                            values.get("shutdowns"),
                            values.get("failed"),
                            values.get("attached")));
                default -> throw new IllegalArgumentException("not a line of the double's log: " + line);
            }
        }
        return new CallLog(calls, badLines, overlaps, totals);
    }

    /** How often a function was called, by its exported name. */
    public int count(String function) {
        int count = 0;
        for (Call call : calls) {
            if (call.function().equals(function)) {
                count++;
            }
        }
        return count;
    }

    /** Number of calls by function. */
    public Map<String, Integer> byFunction() {
        Map<String, Integer> counts = new HashMap<>();
        for (Call call : calls) {
            counts.merge(call.function(), 1, Integer::sum);
        }
        return counts;
    }

    /** Successful inits minus shutdowns: 0 once every session is closed. */
    public int open() {
        int open = 0;
        for (Call call : calls) {
            if (call.function().startsWith("nvmlInit") && call.code() == 0) {
                open++;
            } else if (call.function().equals("nvmlShutdown")) {
                open--;
            }
        }
        return open;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> values(String[] words) {
        Map<String, Long> values = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), Long.valueOf(word.substring(equals + 1)));
            }
        }
        return values;
    }
}
