package io.github.gpucdi.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The worker's side: a run for each line, and a line for each run. */
public final class Serving {
    /** What a run is asked for by. */
    static final String ASKED = "generate";

    private Serving() {}

    /** Serves until the input ends. */
    public static void serve(InputStream in, PrintStream out, Supplier<Report> run) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 16);
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            if (line.equals(ASKED)) {
                out.println(run.get().line());
                out.flush();
                // While nobody waits: else what runs have dropped piles up until the heap is full, a gigabyte of it.
                System.gc();
            }
        }
    }
}
