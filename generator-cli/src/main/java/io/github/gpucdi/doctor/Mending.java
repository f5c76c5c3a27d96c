package io.github.gpucdi.doctor;

/**
 * A command that mends what was found, not one that tells more about it.
 *
 * @param command as a shell takes it
 * @param reaches whether it acts on the host that was examined when it is run here
 */
record Mending(String command, boolean reaches) {
    Mending(String command) {
        this(command, true);
    }

    Mending then(Mending next) {
        return new Mending(command + " && " + next.command, reaches && next.reaches);
    }
}
