package io.github.gpucdi.option;

/** How long the calls of one function took: all together, and how many took up to 10 us, 100 us and so on. */
final class CallTimes {
    private static final String[] LIMITS = {"10 us", "100 us", "1 ms", "10 ms", "100 ms", "1 s", "10 s"};
    private static final long SHORTEST = 10_000;

    private final int[] counts = new int[LIMITS.length + 1];
    private int calls;
    private long nanos;

    /** Counts a call. */
    void add(long took) {
        int at = 0;
        for (long limit = SHORTEST; at < LIMITS.length && took > limit; limit *= 10) {
            at++;
        }
        counts[at]++;
        calls++;
        nanos += took;
    }

    /** All of it in one line, as in {@code 3 calls, 1204 us: 2 up to 10 us, 1 up to 10 ms}. */
    String told() {
        StringBuilder text = new StringBuilder();
        text.append(calls)
                .append(calls == 1 ? " call, " : " calls, ")
                .append(nanos / 1000)
                .append(" us");
        String before = ": ";
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                text.append(before).append(counts[i]);
                text.append(i < LIMITS.length ? " up to " + LIMITS[i] : " longer");
                before = ", ";
            }
        }
        return text.toString();
    }
}
