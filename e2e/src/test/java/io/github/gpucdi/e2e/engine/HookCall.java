package io.github.gpucdi.e2e.engine;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call of the hook program, as {@code hook.c} recorded it.
 *
 * @param arguments with the program's name first
 * @param environment each {@code NAME=VALUE}
 * @param uid the user it ran as
 * @param state what it read from standard input
 * @param mounts where it saw the driver's libraries mounted
 */
record HookCall(List<String> arguments, List<String> environment, int uid, JsonNode state, List<String> mounts) {
    private static final JsonMapper JSON = new JsonMapper();

    static List<HookCall> parse(String record) {
        List<HookCall> calls = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        List<String> environment = new ArrayList<>();
        List<String> mounts = new ArrayList<>();
        int uid = -1;
        JsonNode state = null;
        for (String line : record.split("\n")) {
            String value = line.substring(line.indexOf(' ') + 1);
            switch (line.split(" ", 2)[0]) {
                case "arg" -> arguments.add(value);
                case "env" -> environment.add(value);
                case "mount" -> mounts.add(value);
                case "uid" -> uid = Integer.parseInt(value);
                case "state" -> state = JSON.readTree(value);
                case "end" -> {
                    calls.add(new HookCall(
                            List.copyOf(arguments), List.copyOf(environment), uid, state, List.copyOf(mounts)));
                    arguments.clear();
                    environment.clear();
                    mounts.clear();
                }
                default -> {
                    // The beginning of a call.
                }
            }
        }
        return calls;
    }

    /** The subcommand, such as {@code create-symlinks}. */
    String name() {
        return arguments.get(1);
    }

    /** What follows the subcommand. */
    List<String> options() {
        return arguments.subList(2, arguments.size());
    }

    /** The values of an option given as two words. */
    List<String> values(String option) {
        List<String> values = new ArrayList<>();
        for (int i = 2; i + 1 < arguments.size(); i += 2) {
            if (arguments.get(i).equals(option)) {
                values.add(arguments.get(i + 1));
            }
        }
        return values;
    }
}
