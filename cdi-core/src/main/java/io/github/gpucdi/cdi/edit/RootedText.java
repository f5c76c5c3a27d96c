package io.github.gpucdi.cdi.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Moves the paths that stand within other text: arguments and environment values. */
final class RootedText {
    /** The one option of a generated hook whose value is a program of the side that the hook runs on. */
    private static final String LDCONFIG_PATH = "--ldconfig-path";

    private RootedText() {}

    static List<String> dropInArgs(List<String> args, UnaryOperator<String> move) {
        List<String> moved = new ArrayList<>(args.size());
        for (String arg : args) {
            moved.add(halves(arg, move));
        }
        return moved;
    }

    /** @param program moves the path of a program that the hook is or runs, {@code named} all others */
    static List<String> mendedArgs(List<String> args, UnaryOperator<String> named, UnaryOperator<String> program) {
        List<String> moved = new ArrayList<>(args.size());
        boolean programNext = true;
        for (String arg : args) {
            int equals = arg.startsWith("-") ? arg.indexOf('=') : -1;
            String flag = equals < 0 ? "" : arg.substring(0, equals + 1);
            String value = arg.substring(flag.length());
            boolean isProgram = programNext || flag.equals(LDCONFIG_PATH + "=");
            moved.add(flag + (isProgram ? program(value, program) : items(value, named)));
            programNext = arg.equals(LDCONFIG_PATH);
        }
        return moved;
    }

    /** An {@code @} before ldconfig's path says that it is the host's. */
    private static String program(String value, UnaryOperator<String> move) {
        return value.startsWith("@") ? "@" + move.apply(value.substring(1)) : move.apply(value);
    }

    private static String items(String value, UnaryOperator<String> move) {
        List<String> moved = new ArrayList<>();
        for (String item : value.split(",", -1)) {
            moved.add(halves(item, move));
        }
        return String.join(",", moved);
    }

    private static String halves(String text, UnaryOperator<String> move) {
        int at = text.indexOf("::");
        return at < 0
                ? move.apply(text)
                : move.apply(text.substring(0, at)) + "::" + move.apply(text.substring(at + 2));
    }

    static List<String> env(List<String> entries, UnaryOperator<String> move) {
        List<String> moved = new ArrayList<>(entries.size());
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            moved.add(equals < 1 ? entry : entry.substring(0, equals + 1) + paths(entry.substring(equals + 1), move));
        }
        return moved;
    }

    /** A list starts with a path or with an empty element, so {@code http://host/path} is none. */
    private static String paths(String value, UnaryOperator<String> move) {
        if (!value.startsWith("/") && !value.startsWith(":")) {
            return value;
        }
        List<String> moved = new ArrayList<>();
        for (String path : value.split(":", -1)) {
            moved.add(move.apply(path));
        }
        return String.join(":", moved);
    }
}
