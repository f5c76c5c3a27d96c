package io.github.gpucdi.command;

import io.github.gpucdi.option.Arguments;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command: what it is called, what it tells of itself, and what it can be given. */
abstract class Command extends Arguments {
    private final CommandSpec model = CommandSpec.wrapWithoutInspection(this);

    Command(String name) {
        model.name(name);
    }

    /** What the command is for, a paragraph each. */
    final void description(String... paragraphs) {
        model.usageMessage().description(paragraphs);
    }

    /** What help ends with: examples, exit codes. */
    final void footer(String... lines) {
        model.usageMessage().footer(lines);
    }

    /** Is not told of: for other programs. */
    final void hidden() {
        model.usageMessage().hidden(true);
    }

    /** The model that parses its command line. */
    final CommandSpec model() {
        return model;
    }

    /** What parses its command line: its own options have to be declared by now. */
    CommandLine line() {
        addTo(model);
        return new CommandLine(model);
    }
}
