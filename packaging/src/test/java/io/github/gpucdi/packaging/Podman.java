package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Podman with runc and a storage of its own, in which the image is; without the machine's. */
record Podman(Path storage) {
    static final Path ARCHIVE = Path.of(Packaged.archive().toString().replace(".tar.gz", "-oci.tar"));
    static final String IMAGE = "gpu-cdi:" + Packaged.VERSION;

    /** Skips the tests where it cannot be run. */
    static Podman withImage(Path storage) throws Exception {
        boolean root = Commands.run(List.of("id", "-u")).strip().equals("0");
        assumeTrue(
                root && CleanRoot.has("podman") && CleanRoot.has("runc"),
                "Podman is run as root, with runc, and not both are there");
        // What a machine allows can be less than what Podman asks for.
        Files.writeString(
                storage.resolve("containers.conf"),
                "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1000:1000\"]\n");
        Podman podman = new Podman(storage);
        Packaged.Result result = podman.run("", "load", "--quiet", "--input=" + ARCHIVE);
        assertThat(result.status()).as(result.err()).isZero();
        return podman;
    }

    /**
     * Runs one command; runc knows only one kind of control groups at a time.
     *
     * @param mounts what to do before, ending with {@code &&}, where no other process sees it
     */
    Packaged.Result run(String mounts, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --make-rprivate /; ! mountpoint -q /sys/fs/cgroup/unified || umount /sys/fs/cgroup/unified; "
                        + mounts + " CONTAINERS_CONF='" + storage.resolve("containers.conf") + "' exec podman \"$@\"",
                "sh",
                "--root=" + storage.resolve("storage"),
                "--runroot=" + storage.resolve("run"),
                "--tmpdir=" + storage.resolve("tmp"),
                "--storage-driver=vfs",
                "--cgroup-manager=cgroupfs",
                "--events-backend=none",
                "--runtime=runc"));
        command.addAll(List.of(arguments));
        return Packaged.execute(command);
    }
}
