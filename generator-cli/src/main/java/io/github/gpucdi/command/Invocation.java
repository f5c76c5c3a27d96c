package io.github.gpucdi.command;

import io.github.gpucdi.help.HelpText;
import io.github.gpucdi.nvml.jna.JnaMissingException;
import io.github.gpucdi.option.BooleanWord;
import io.github.gpucdi.option.EnvironmentDefaults;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.UnknownWord;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import io.github.gpucdi.terminal.Version;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One run of the program: parses the command line, runs the command, turns failures into messages and a status. */
final class Invocation {
    private static final String HELP = "--help";

    private final GlobalOptions global = new GlobalOptions();
    private final Session session;
    private final Console console;
    private final EnvironmentDefaults defaults;

    Invocation(Session session) {
        this.session = session;
        this.console = session.console();
        this.defaults = new EnvironmentDefaults(session.environment());
    }

    int run(String[] args) {
        try {
            String[] given = args.length == 0 ? new String[] {HELP} : args;
            return commandLine(given).execute(given);
        } catch (Throwable e) {
            // Whatever it is, it must not end as the JVM's exit status 1, which says "differs".
            return failed(e);
        }
    }

    /** Loads the chosen command's class only: start-up is most of a run. */
    CommandLine commandLine(String[] args) {
        List<String> words = words(args);
        String chosen = words.isEmpty() ? "" : words.get(0);
        boolean generate = chosen.equals("generate");
        boolean cdi = chosen.equals("cdi");
        CommandLine root = new RootCommand(global).line();
        if (!cdi) {
            add(root, new GenerateCommand(global, session));
        }
        if (!cdi && !generate) {
            add(root, new SnapshotCommand(global, session));
            add(root, new DevicesCommand(global, session));
            add(root, new ListCommand(session));
            add(root, new ShowCommand(session));
            addInject(root);
            add(root, new ValidateCommand(session));
            add(root, new DiffCommand(global, session));
            add(root, new DoctorCommand(global, session));
            add(root, new Group("transform", "Change CDI specs.", List.of(new TransformRootCommand(session))));
        }
        if (!generate) {
            List<Command> members = new ArrayList<>(List.of(new CdiGenerateCommand(global, session)));
            if (!cdi || words.size() < 2 || !words.get(1).equals("generate")) {
                members.add(new CdiListCommand(session));
                members.add(new Group("transform", "Change CDI specs.", List.of(new CdiTransformRootCommand(session))));
            }
            add(root, new Group("cdi", "The same commands as nvidia-ctk cdi: replace one word in a script.", members));
        }
        if (!cdi && !generate) {
            add(root, new HelpCommand(session));
            add(root, new CompletionCommand(session));
            add(root, new CompleteCommand(session));
            add(root, new ShareCommand());
        }
        root.registerConverter(Boolean.class, BooleanWord::parse);
        root.registerConverter(Boolean.TYPE, BooleanWord::parse);
        root.setDefaultValueProvider(defaults);
        root.setOverwrittenOptionsAllowed(true);
        root.setPosixClusteredShortOptionsAllowed(false);
        root.setOut(Main.writer(session.out()));
        provideVersion(root);
        root.setExecutionStrategy(parsed -> {
            console.setLevels(global.debug.value(), global.quiet.value());
            return global.help.value() ? help(parsed) : new CommandLine.RunLast().execute(parsed);
        });
        root.setParameterExceptionHandler((failure, given) -> usage(failure, given));
        root.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        return root;
    }

    /** Its {@code --config} is another than the one that all commands inherit. */
    private void addInject(CommandLine root) {
        CommandLine inject = add(root, new InjectCommand(session));
        CommandSpec spec = inject.getCommandSpec();
        OptionSpec own = spec.findOption(InjectCommand.CONFIG);
        spec.remove(spec.findOption("--config"));
        spec.remove(own);
        spec.addOption(
                OptionSpec.builder(own).names(InjectCommand.CONFIG, "--config").build());
    }

    private static void provideVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(Version::lines);
        command.getSubcommands().values().forEach(Invocation::provideVersion);
    }

    private static CommandLine add(CommandLine root, Command command) {
        CommandLine line = command.line();
        root.addSubcommand(line);
        return line;
    }

    /** Of the last command named, wherever the option stands. */
    private int help(ParseResult parsed) {
        List<CommandLine> named = parsed.asCommandLineList();
        CommandSpec last = named.get(named.size() - 1).getCommandSpec();
        session.out().print(HelpText.of(last, session.environment()));
        return ExitCode.OK.status();
    }

    /** The words that are no options. */
    private static List<String> words(String[] args) {
        List<String> words = new ArrayList<>();
        for (String arg : args) {
            if (!arg.startsWith("-")) {
                words.add(arg);
            }
        }
        return words;
    }

    private int usage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        String what = firstLine(failure.getMessage());
        String hint = "see: " + command.getCommandSpec().qualifiedName() + " " + HELP;
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            UnknownWord unknown = new UnknownWord(command, commandLine(new String[0]), List.of(args));
            String word = unmatched.getUnmatched().get(0);
            hint += unknown.suggestion(word);
            if (!word.startsWith("-")) {
                boolean group = !command.getSubcommands().isEmpty();
                what = (group ? "Unknown command: '" : "Unexpected argument: '") + word + "'";
            }
        }
        console.error(what);
        console.hint(hint);
        tellVariables();
        console.stackTrace(failure);
        return ExitCode.USAGE.status();
    }

    private int failed(Throwable failure) {
        if (failure instanceof CommandFailure expected) {
            console.error(expected.getMessage());
            console.hint(expected.hint());
            if (expected.exitCode() == ExitCode.USAGE) {
                tellVariables();
            }
            tellCauses(expected);
            console.stackTrace(expected);
            return expected.exitCode().status();
        }
        if (failure instanceof JnaMissingException) {
            // Without it nothing is known of the driver: that is no reason to install one.
            return failed(new CommandFailure(
                    ExitCode.BUG,
                    "gpu-cdi cannot call native libraries: the native part of JNA does not load: "
                            + failure.getMessage(),
                    "gpu-cdi is not wholly installed, or is built for another processor: install it anew;"
                            + " a temporary directory mounted noexec can be the reason too",
                    failure));
        }
        if (failure instanceof OutOfMemoryError) {
            // What took it is no longer used, so there is enough to say so.
            return failed(new CommandFailure(
                    ExitCode.USAGE,
                    "there is not enough memory: " + failure.getMessage(),
                    "give it less at once, such as a smaller file; or raise the limit of the container or service",
                    failure));
        }
        console.error("bug: " + failure.getClass().getSimpleName()
                + (failure.getMessage() == null ? "" : ": " + firstLine(failure.getMessage())));
        console.hint("run again with --debug and report what it prints");
        console.stackTrace(failure);
        return ExitCode.BUG.status();
    }

    /** What was wrongly said may not have been typed. */
    private void tellVariables() {
        if (!defaults.taken().isEmpty()) {
            console.info("options were taken from the environment: " + String.join(", ", defaults.taken()));
        }
    }

    /** What is behind a failure and was not said, such as all the directories that were searched. */
    private void tellCauses(CommandFailure failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !failure.getMessage().contains(message)) {
                console.debug(message);
            }
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
