package io.github.gpucdi.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Asks who sits at the terminal. */
public final class Question {
    private static final int MAX_ANSWER = 100;

    private Question() {}

    /** Whether somebody can be asked: standard input is the process's own and a terminal. */
    public static boolean canBeAsked(Session session) {
        return session.in() == System.in && Console.isTerminal(0);
    }

    /** Whether the next line is {@code y} or {@code yes}; anything else, and the end, is no. */
    public static boolean isYes(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && answer.length() < MAX_ANSWER; c = in.read()) {
            answer.append(new String(new byte[] {(byte) c}, StandardCharsets.ISO_8859_1));
        }
        String word = answer.toString().strip();
        return word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes");
    }
}
