package io.github.gpucdi.watch;

/** What the loop is woken by. */
sealed interface Event {
    /** A worker has answered. */
    record Answered(Child worker, Report report) implements Event {}

    /** The listener has said something. */
    record Heard(Child listener, Listening.Line line) implements Event {}

    /** A process has ended, or said what is none of its lines. */
    record Lost(Child child, String why) implements Event {}

    /** The command of {@code --on-change} has ended. */
    record CommandEnded(String how, boolean failed) implements Event {}

    /** SIGHUP. */
    record Reload() implements Event {}

    /** SIGTERM or SIGINT. */
    record Stop() implements Event {}
}
