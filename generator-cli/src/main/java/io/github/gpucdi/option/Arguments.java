package io.github.gpucdi.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Options and parameters that belong together: each is declared once, by the field that holds what was given for it. The
 * model of the command line is made of these declarations, without reflection, which would be most of what a start costs.
 */
public abstract class Arguments {
    private final List<ArgSpec> declared = new ArrayList<>();

    protected Arguments() {}

    /** Begins to declare an option; the first of its names is the one that is told, and that its variable is named for. */
    protected final Declaration option(String... names) {
        return Declaration.ofOption(this, names);
    }

    /**
     * Begins to declare what is given without a name.
     *
     * @param arity how often, such as {@code 0..1}
     */
    protected final Declaration parameter(String arity) {
        return Declaration.ofParameter(this, arity);
    }

    /** Declares the options of others at this place. */
    protected final <A extends Arguments> A with(A others) {
        declared.addAll(((Arguments) others).declared);
        return others;
    }

    final void add(ArgSpec argument) {
        declared.add(argument);
    }

    /** Adds what is declared to the model of a command. */
    public final void addTo(CommandSpec command) {
        for (ArgSpec argument : declared) {
            command.add(argument);
        }
    }
}
