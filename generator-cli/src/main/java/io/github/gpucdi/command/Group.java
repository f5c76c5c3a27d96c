package io.github.gpucdi.command;

import java.util.List;
import picocli.CommandLine;

/** A command that only has others below it. */
final class Group extends Command {
    private final List<Command> members;

    Group(String name, String description, List<Command> members) {
        super(name);
        description(description);
        this.members = members;
    }

    @Override
    CommandLine line() {
        CommandLine line = super.line();
        for (Command member : members) {
            line.addSubcommand(member.line());
        }
        return line;
    }
}
