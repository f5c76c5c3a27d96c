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
        CommandLine root = new CommandLine(new RootCommand(global));
        List<String> words = words(args);
        String chosen = words.isEmpty() ? "" : words.get(0);
        boolean generate = chosen.equals("generate");
        boolean cdi = chosen.equals("cdi");
        if (!cdi) {
            root.addSubcommand(new GenerateCommand(global, session));
        }
        if (!cdi && !generate) {
            root.addSubcommand(new SnapshotCommand(global, session));
            root.addSubcommand(new DevicesCommand(global, session));
            root.addSubcommand(new ListCommand(session));
            root.addSubcommand(new ShowCommand(session));
            addInject(root);
            root.addSubcommand(new ValidateCommand(session));
            root.addSubcommand(new DiffCommand(global, session));
            root.addSubcommand(new DoctorCommand(global, session));
            root.addSubcommand(new WatchCommand(global, session));
            root.addSubcommand(group(new TransformCommand(), new TransformRootCommand(session)));
        }
        if (!generate) {
            CommandLine group = group(new CdiCommand(), new CdiGenerateCommand(global, session));
            if (!cdi || words.size() < 2 || !words.get(1).equals("generate")) {
                group.addSubcommand(new CdiListCommand(session));
                group.addSubcommand(group(new TransformCommand(), new CdiTransformRootCommand(session)));
            }
            root.addSubcommand(group);
        }
        if (!cdi && !generate) {
            root.addSubcommand(new HelpCommand(session));
            root.addSubcommand(new CompletionCommand(session));
            root.addSubcommand(new CompleteCommand(session));
            root.addSubcommand(new ShareCommand());
        }
        root.registerConverter(Boolean.class, BooleanWord::parse);
        root.registerConverter(Boolean.TYPE, BooleanWord::parse);
        root.setDefaultValueProvider(defaults);
        root.setOverwrittenOptionsAllowed(true);
        root.setPosixClusteredShortOptionsAllowed(false);
        root.setOut(Main.writer(session.out()));
        provideVersion(root);
        root.setExecutionStrategy(parsed -> {
            console.setLevels(global.debug, global.quiet);
            return global.help ? help(parsed) : new CommandLine.RunLast().execute(parsed);
        });
        root.setParameterExceptionHandler((failure, given) -> usage(failure, given));
        root.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        return root;
    }

    /** Its {@code --config} is another than the one that all commands inherit. */
    private void addInject(CommandLine root) {
        CommandLine inject = new CommandLine(new InjectCommand(session));
        root.addSubcommand(inject);
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

    private static CommandLine group(Object name, Object member) {
        CommandLine group = new CommandLine(name);
        group.addSubcommand(member);
        return group;
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
