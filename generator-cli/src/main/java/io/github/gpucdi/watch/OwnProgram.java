package io.github.gpucdi.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How this process starts another of the same program. */
public final class OwnProgram {
    private static final String MAIN = "io.github.gpucdi.command.Main";

    private OwnProgram() {}

    /** The program with some arguments: the launcher of a package is this very process, else a Java is started as this one was. */
    public static List<String> command(List<String> arguments) {
        String executable = ProcessHandle.current().info().command().orElse("gpu-cdi");
        List<String> command = new ArrayList<>(List.of(executable));
        if (executable.endsWith("/java")) {
            // A worker holds little: a small heap is collected sooner.
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms8m", "-Xmx64m"));
            command.addAll(List.of("-XX:-UsePerfData", "-XX:+DisplayVMOutputToStderr", "-Xshare:auto"));
            command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
            for (Map.Entry<Object, Object> property : new TreeMap<>(System.getProperties()).entrySet()) {
                if (String.valueOf(property.getKey()).startsWith("jna.")) {
                    command.add("-D" + property.getKey() + "=" + property.getValue());
                }
            }
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        }
        command.addAll(arguments);
        return command;
    }
}
