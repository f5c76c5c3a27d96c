package io.github.gpucdi.doctor;

/**
 * A command that mends what was found, not one that tells more about it.
 *
 * @param command as a shell takes it
 */
record Mending(String command) {
    Mending then(Mending next) {
        return new Mending(command + " && " + next.command);
    }
}
