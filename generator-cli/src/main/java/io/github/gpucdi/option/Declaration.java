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
        Argument<Boolean> argument = new Argument<>(false);
        add(Boolean.TYPE, "", new Binding(false) {
            @Override
            void take(Object given) {
                argument.set((Boolean) given);
            }
        });
        return argument;
    }

    /** A text. */
    public Argument<String> text(String initial) {
        Argument<String> argument = new Argument<>(initial);
        add(String.class, "", new Binding(initial) {
            @Override
            void take(Object given) {
                argument.set((String) given);
            }
        });
        return argument;
    }

    /** A text, or none. */
    public Argument<Optional<String>> optional() {
        Argument<Optional<String>> argument = new Argument<>(Optional.empty());
        add(String.class, "", new Binding(null) {
            @Override
            void take(Object given) {
                argument.set(Optional.ofNullable((String) given));
            }
        });
        return argument;
    }

    /** Several texts. Those of an option are parted by commas, or each given with its name. */
    public Argument<List<String>> list(String... initial) {
        Argument<List<String>> argument = new Argument<>(List.of(initial));
        add(List.class, names.length > 0 ? COMMA : "", new Binding(argument.value()) {
            @Override
            @SuppressWarnings("unchecked")
            void take(Object given) {
                argument.set((List<String>) given);
            }
        });
        return argument;
    }

    private void add(Class<?> type, String separator, Binding binding) {
        owner.add(names.length > 0 ? option(type, separator, binding) : parameter(type, binding));
    }

    private ArgSpec option(Class<?> type, String separator, Binding binding) {
        OptionSpec.Builder option = OptionSpec.builder(names)
                .type(type)
                .getter(binding)
                .setter(binding)
                .initialValue(binding.get())
                .userObject(owner)
                .paramLabel(label)
                .description(text)
                .splitRegex(separator)
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

    private ArgSpec parameter(Class<?> type, Binding binding) {
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

    /** The parser's way to an argument. */
    private abstract static class Binding implements IGetter, ISetter {
        private Object given;

        Binding(Object initial) {
            given = initial;
        }

        abstract void take(Object value);

        /** What the parser has set: to this list it adds what is given again. */
        @Override
        @SuppressWarnings("unchecked")
        public <V> V get() {
            return (V) given;
        }

        @Override
        public <V> V set(V value) {
            given = value;
            take(value);
            return value;
        }
    }
}
