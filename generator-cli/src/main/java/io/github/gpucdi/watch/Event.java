package io.github.gpucdi.watch;

/** What the loop is woken by. */
sealed interface Event {
    /** A worker has answered. */
    record Answered(Worker worker, Report report) implements Event {}

    /** A worker has ended, or said what is no answer. */
    record Lost(Worker worker, String why) implements Event {}

    /** The command of {@code --on-change} has ended. */
    record CommandEnded(String how, boolean failed) implements Event {}

    /** SIGHUP. */
    record Reload() implements Event {}

    /** SIGTERM or SIGINT. */
    record Stop() implements Event {}
}
