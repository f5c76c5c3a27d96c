package io.github.gpucdi.nvmldouble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** What the double shall answer, line by line; the head of {@code nvml_double.c} lists all keys and rules. */
public final class DoubleConfig {

    private final List<String> lines = new ArrayList<>();

    private DoubleConfig() {}

    /** No GPU, the driver version of the build. */
    public static DoubleConfig empty() {
        return new DoubleConfig();
    }

    /** So many GPUs of one kind of the catalogue. */
    public static DoubleConfig of(int gpus, String catalogueKey) {
        DoubleConfig config = new DoubleConfig();
        for (int i = 0; i < gpus; i++) {
            config.gpu(i, catalogueKey);
        }
        return config;
    }

    /** Adds any line as it is. */
    public DoubleConfig line(String line) {
        lines.add(line);
        return this;
    }

    /** Sets one key. */
    public DoubleConfig set(String key, Object value) {
        return line(key + " = " + value);
    }

    /** The driver version. */
    public DoubleConfig driver(String version) {
        return set("driver", version);
    }

    /** The file to which calls are appended. */
    public DoubleConfig log(Path file) {
        return set("log", file);
    }

    /** Whether GPU and compute instances may be looked at. */
    public DoubleConfig privileged(boolean privileged) {
        return set("privileged", privileged ? 1 : 0);
    }

    /** A GPU of the catalogue, as {@code a100-40}. */
    public DoubleConfig gpu(int index, String catalogueKey) {
        return set("gpu." + index, catalogueKey);
    }

    /** One property of a GPU, as {@code minor}; after its catalogue key. */
    public DoubleConfig gpu(int index, String key, Object value) {
        return set("gpu." + index + '.' + key, value);
    }

    /** Turns MIG mode on and puts these profiles at the MIG indexes from 0 on. */
    public DoubleConfig layout(int gpu, String... profiles) {
        return gpu(gpu, "mig", 1).gpu(gpu, "layout", String.join(" ", profiles));
    }

    /** One property of a MIG device, as {@code profile}; the first one makes the device. */
    public DoubleConfig mig(int gpu, int index, String key, Object value) {
        return gpu(gpu, "mig." + index + '.' + key, value);
    }

    /** Lets a function fail always. */
    public DoubleConfig fail(String function, int code) {
        return line("fail " + function + " code=" + code);
    }

    /** Lets a function fail for one GPU and its MIG devices. */
    public DoubleConfig fail(String function, int gpu, int code) {
        return line("fail " + function + " gpu=" + gpu + " code=" + code);
    }

    /** Lets a function hang while a file exists. */
    public DoubleConfig hang(String function, Path untilGone) {
        return line("hang " + function + " until_gone=" + untilGone);
    }

    /** The file's text. */
    public String text() {
        return String.join("\n", lines) + '\n';
    }

    /** Writes the file at once, so that no init reads half of it. */
    public void write(Path file) {
        try {
            Path target = file.toAbsolutePath();
            Files.createDirectories(target.getParent());
            Path temporary = Files.createTempFile(target.getParent(), "nvml-double", ".tmp");
            Files.writeString(temporary, text());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
