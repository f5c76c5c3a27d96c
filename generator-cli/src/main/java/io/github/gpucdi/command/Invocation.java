package io.github.gpucdi.command;

import io.github.gpucdi.help.HelpText;
import io.github.gpucdi.nvml.jna.JnaMissingException;
import io.github.gpucdi.option.BooleanWord;
import io.github.gpucdi.option.EnvironmentDefaults;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.UnknownWord;
import io.github.gpucdi.settings.ConfigDefaults;
import io.github.gpucdi.settings.ConfigPlaces;
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
    private final EnvironmentDefaults environment;
    private final ConfigPlaces places;

    Invocation(Session session) {
        this(session, ConfigPlaces.USUAL);
    }

    Invocation(Session session, ConfigPlaces places) {
        this.session = session;
        this.console = session.console();
        this.environment = new EnvironmentDefaults(session.environment());
        this.places = places;
    }

    /** The model of all commands. */
    private CommandSpec program() {
        return commandLine(new String[0]).getCommandSpec();
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

    CommandLine commandLine(String[] args) {
        CommandLine root = new RootCommand(global).line();
        addCommands(root, words(args));
        root.registerConverter(Boolean.class, BooleanWord::parse);
        root.registerConverter(Boolean.TYPE, BooleanWord::parse);
        root.setDefaultValueProvider(new ConfigDefaults(environment, places, List.of(args), this::program, console));
        root.setOverwrittenOptionsAllowed(true);
        // What a variable or a file says is meant as it stands.
        root.setInterpolateVariables(false);
        root.setPosixClusteredShortOptionsAllowed(false);
        root.setOut(Main.writer(session.out()));
        provideVersion(root);
        root.setExecutionStrategy(parsed -> {
            console.setLevels(global.debug.value(), global.quiet.value());
            return global.help.value() ? help(parsed) : new CommandLine.RunLast().execute(parsed);
        });
        root.setParameterExceptionHandler((failure, given) -> usage(failure, given));
        // Of a command line that is an argument of this one, usage can be wrong too.
        root.setExecutionExceptionHandler((failure, command, parsed) ->
                failure instanceof ParameterException wrong ? usage(wrong, args) : failed(failure));
        return root;
    }

    /** Loads the chosen command's class only: start-up is most of a run. What asks for a Command here would load all. */
    private void addCommands(CommandLine root, List<String> words) {
        String chosen = words.isEmpty() ? "" : words.get(0);
        boolean generate = chosen.equals("generate");
        boolean cdi = chosen.equals("cdi");
        if (!cdi) {
            root.addSubcommand(new GenerateCommand(global, session).line());
        }
        if (!cdi && !generate) {
            root.addSubcommand(new SnapshotCommand(global, session).line());
            root.addSubcommand(new DevicesCommand(global, session).line());
            root.addSubcommand(new ListCommand(session).line());
            root.addSubcommand(new ShowCommand(session).line());
            addInject(root);
            root.addSubcommand(new ValidateCommand(session).line());
            root.addSubcommand(new DiffCommand(global, session).line());
            root.addSubcommand(new DoctorCommand(global, session).line());
            root.addSubcommand(new WatchCommand(global, session).line());
            root.addSubcommand(
                    new Group("transform", "Change CDI specs.", List.of(new TransformRootCommand(session))).line());
            root.addSubcommand(new Group(
                            "config",
                            "Look at the configuration file: what it sets, and what is wrong with it.",
                            List.of(
                                    new ConfigShowCommand(this::commandLine, session),
                                    new ConfigCheckCommand(places, session)))
                    .line());
        }
        if (!generate) {
            List<Command> members = new ArrayList<>(List.of(new CdiGenerateCommand(global, session)));
            if (!cdi || words.size() < 2 || !words.get(1).equals("generate")) {
                members.add(new CdiListCommand(session));
                members.add(new Group("transform", "Change CDI specs.", List.of(new CdiTransformRootCommand(session))));
            }
            root.addSubcommand(
                    new Group("cdi", "The same commands as nvidia-ctk cdi: replace one word in a script.", members)
                            .line());
        }
        if (!cdi && !generate) {
            root.addSubcommand(new Group(
                            "system",
                            "Make device nodes and links to them, as nvidia-ctk system does.",
                            List.of(new CreateDeviceNodesCommand(session), new CreateDevCharSymlinksCommand(session)))
                    .line());
            root.addSubcommand(new HelpCommand(session).line());
            root.addSubcommand(new CompletionCommand(session).line());
            root.addSubcommand(new CompleteCommand(session).line());
            root.addSubcommand(new ShareCommand().line());
        }
    }

    /** Its {@code --config} is another than the one that all commands inherit. */
    private void addInject(CommandLine root) {
        CommandLine inject = new InjectCommand(session).line();
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
        if (failure.getCause() instanceof CommandFailure expected) {
            return failed(expected);
        }
        CommandLine command = failure.getCommandLine();
        String what = firstLine(failure.getMessage());
        String hint = "see: " + command.getCommandSpec().qualifiedName() + " " + HELP;
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            UnknownWord unknown = new UnknownWord(command, program().commandLine(), List.of(args));
            String word = unmatched.getUnmatched().get(0);
            hint += unknown.suggestion(word);
            if (!word.startsWith("-")) {
                boolean group = !command.getSubcommands().isEmpty();
                what = (group ? "Unknown command: '" : "Unexpected argument: '") + word + "'";
            }
        }
        console.error(what);
        console.hint(hint);
        tellSources();
        console.stackTrace(failure);
        return ExitCode.USAGE.status();
    }

    private int failed(Throwable failure) {
        if (failure instanceof CommandFailure expected) {
            console.error(expected.getMessage());
            console.hint(expected.hint());
            if (expected.exitCode() == ExitCode.USAGE) {
                tellSources();
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
    private void tellSources() {
        if (!environment.taken().isEmpty()) {
            console.info("options were taken from " + String.join(", ", environment.taken()));
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
