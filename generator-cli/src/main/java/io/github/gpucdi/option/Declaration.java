package io.github.gpucdi.option;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** An option or parameter on the way to be declared; what its value is comes last, and ends it. */
public final class Declaration {
    private static final String COMMA = ",";

    private final Arguments owner;
    private final String[] names;
    private final String arity;
    private String label = "";
    private String[] text = {};
    private ScopeType scope = ScopeType.LOCAL;
    private String splitRegex = "";
    private boolean hidden;
    private boolean required;
    private boolean help;
    private boolean version;

    private Declaration(Arguments owner, String[] names, String arity) {
        this.owner = owner;
        this.names = names;
        this.arity = arity;
    }

    static Declaration ofOption(Arguments owner, String... names) {
        return new Declaration(owner, names, "");
    }

    static Declaration ofParameter(Arguments owner, String arity) {
        return new Declaration(owner, new String[0], arity);
    }

    /** What stands for the value in help. */
    public Declaration takes(String word) {
        label = word;
        return this;
    }

    /** What help says, a paragraph each; the last one of an option says its default, its variables and an example. */
    public Declaration told(String... paragraphs) {
        text = paragraphs;
        return this;
    }

    /** Is not told of. */
    public Declaration hidden() {
        hidden = true;
        return this;
    }

    /** Has to be given. */
    public Declaration required() {
        required = true;
        return this;
    }

    /** The commands below the one that has it have it too. */
    Declaration inherited() {
        scope = ScopeType.INHERIT;
        return this;
    }

    /** Whoever gives it wants help; the rest of the command line need not be right. */
    Declaration asksForHelp() {
        help = true;
        return inherited();
    }

    /** Whoever gives it wants the version; the rest of the command line need not be right. */
    Declaration asksForVersion() {
        version = true;
        return inherited();
    }

    /** A switch. */
    public Argument<Boolean> flag() {
        return add(Boolean.TYPE, false);
    }

    /** A text. */
    public Argument<String> text(String initial) {
        return add(String.class, initial);
    }

    /** A text, or none. */
    public Argument<Optional<String>> optional() {
        return add(String.class, Optional.empty());
    }

    /** Several texts. Those of an option are parted by commas, or each given with its name. */
    public Argument<List<String>> list(String... initial) {
        splitRegex = COMMA;
        return add(List.class, List.of(initial));
    }

    /** Several texts, each given with the option's name: a comma is part of a text. */
    public Argument<List<String>> repeated() {
        return add(List.class, List.of());
    }

    private <T> Argument<T> add(Class<?> type, T initial) {
        Argument<T> argument = new Argument<>(initial);
        Binding<T> binding = new Binding<>(argument);
        owner.add(names.length > 0 ? option(type, binding) : parameter(type, binding));
        return argument;
    }

    private ArgSpec option(Class<?> type, Binding<?> binding) {
        OptionSpec.Builder option = OptionSpec.builder(names)
                .type(type)
                .getter(binding)
                .setter(binding)
                .initialValue(binding.get())
                .userObject(owner)
                .paramLabel(label)
                .description(text)
                .splitRegex(splitRegex)
                .scopeType(scope)
                .hidden(hidden)
                .required(required)
                .usageHelp(help)
                .versionHelp(version);
        if (type == Boolean.TYPE) {
            option.fallbackValue("true");
        }
        return option.build();
    }

    private ArgSpec parameter(Class<?> type, Binding<?> binding) {
        return PositionalParamSpec.builder()
                .type(type)
                .getter(binding)
                .setter(binding)
                .initialValue(binding.get())
                .userObject(owner)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .index(type == List.class ? "0..*" : "0")
                .paramLabel(label)
                .description(text)
                .hidden(hidden)
                .build();
    }

    /** The parser's way to an argument: what is absent it holds as null. */
    private record Binding<T>(Argument<T> argument) implements IGetter, ISetter {
        /** To this list it adds what is given again. */
        @Override
        @SuppressWarnings("unchecked")
        public <V> V get() {
            return (V) (argument.value() instanceof Optional<?> text ? text.orElse(null) : argument.value());
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> V set(V given) {
            argument.set((T) (argument.value() instanceof Optional ? Optional.ofNullable(given) : given));
            return given;
        }
    }
}
