package io.github.gpucdi.option;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.CsvOptions;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.HookSwitches;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.cdi.spec.QualifiedName;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Checks the flags of a generate command and turns them into what the assembler takes. */
public final class AssembleRequest {
    /** The word for every hook, where others name one. */
    private static final String ALL_HOOKS = "all";

    private final SpecOptions options;
    private final Face face;
    private final Console console;

    private AssembleRequest(SpecOptions options, Face face, Console console) {
        this.options = options;
        this.face = face;
        this.console = console;
    }

    /** The assembler's options; a bad value is the user's mistake. */
    public static AssembleOptions of(SpecOptions options, HostOptions host, Face face, Console console) {
        return new AssembleRequest(options, face, console).build(host);
    }

    private AssembleOptions build(HostOptions host) {
        HookSwitches switches = hookSwitches();
        Set<Feature> features = features();
        if (host.sandboxutils.value() && Feature.forbidSandboxutils(features)) {
            throw CommandFailure.usage(
                    "--sandboxutils contradicts --feature-flag=" + Feature.NO_SANDBOXUTILS.flag(),
                    "leave one of them out");
        }
        return new AssembleOptions(
                name("--vendor", options.vendor.value(), Mode.NVML.vendor()),
                name("--class", options.clazz.value(), Mode.NVML.clazz()),
                Choices.NAMING.of(options.namings.value()),
                options.deviceIds.value(),
                !options.noAllDevice.value(),
                hooks(host),
                switches,
                ldconfigPath(),
                features,
                Choices.NUMBERS.of(options.deviceNumbers.value()),
                options.targetDriverRoot.value().map(root -> GivenPath.absolute("--target-driver-root", root)),
                options.targetDevRoot.value().map(root -> GivenPath.absolute("--target-dev-root", root)),
                csv());
    }

    /** A part of the kind; where nothing is given, in nvidia-ctk's manners it is one for all modes. */
    private Optional<String> name(String option, Optional<String> given, String otherwise) {
        if (given.isPresent()) {
            requireName(option, given.get());
            return given;
        }
        return face == Face.NVIDIA_CTK ? Optional.of(otherwise) : given;
    }

    private CsvOptions csv() {
        options.csvCompatContainerRoot
                .value()
                .ifPresent(root -> GivenPath.requireNoControls("--csv.compat-container-root", root));
        return new CsvOptions(
                options.csvIgnorePatterns.value(),
                options.csvCompatContainerRoot.value().filter(root -> !root.isEmpty()));
    }

    private Optional<String> ldconfigPath() {
        GivenPath.requireNoControls("--ldconfig-path", options.ldconfigPath.value());
        return options.ldconfigPath.value().isEmpty() ? Optional.empty() : Optional.of(options.ldconfigPath.value());
    }

    static void requireName(String option, String name) {
        if (!QualifiedName.isVendorOrClass(name)) {
            throw CommandFailure.usage(
                    "invalid value '" + name + "' for " + option,
                    "allowed: a letter, then letters, digits, '_', '-' and '.', a letter or digit last");
        }
        if (QualifiedName.crashesEngines(name)) {
            throw CommandFailure.usage(
                    "invalid value '" + name + "' for " + option,
                    "a name of one character crashes engines: use two or more");
        }
    }

    private HooksPolicy hooks(HostOptions host) {
        HooksPolicy policy = Choices.HOOKS.of(options.hooks.value());
        boolean asked = host.hookPath.value().filter(path -> !path.isEmpty()).isPresent()
                || !options.enabledHooks.value().isEmpty();
        if (asked && policy == HooksPolicy.NONE) {
            throw CommandFailure.usage(
                    "--hooks=none contradicts "
                            + (options.enabledHooks.value().isEmpty() ? "--nvidia-cdi-hook-path" : "--enable-hook"),
                    "leave one of them out");
        }
        return asked ? HooksPolicy.NVIDIA : policy;
    }

    private HookSwitches hookSwitches() {
        Set<HookName> disabled = EnumSet.noneOf(HookName.class);
        for (String name : options.disabledHooks.value()) {
            Optional<HookName> hook = Choices.HOOK.find(name);
            hook.ifPresent(disabled::add);
            if (hook.isEmpty() && !name.equals(ALL_HOOKS)) {
                console.warning("--disable-hook: no hook '" + name + "'" + Choices.HOOK.suggestion(name));
            }
        }
        Set<HookName> enabled = EnumSet.noneOf(HookName.class);
        for (String name : options.enabledHooks.value()) {
            enabled.add(enabledHook(name));
        }
        return new HookSwitches(options.disabledHooks.value().contains(ALL_HOOKS), disabled, enabled);
    }

    /** What a name given to {@code --enable-hook} means. */
    static HookName enabledHook(String name) {
        if (name.equals(ALL_HOOKS)) {
            throw CommandFailure.usage(
                    "--enable-hook=all is not supported", "name the hooks; " + Choices.HOOK.allowed());
        }
        return Choices.HOOK.of(name);
    }

    private Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (String name : options.features.value()) {
            Optional<Feature> feature = Choices.FEATURE.find(name);
            feature.ifPresent(features::add);
            if (feature.isEmpty()) {
                console.warning("--feature-flag: no feature '" + name + "'" + Choices.FEATURE.suggestion(name));
            }
        }
        return features;
    }
}
