package io.github.gpucdi.command;

import io.github.gpucdi.assemble.DeviceNaming;
import io.github.gpucdi.assemble.DeviceNumbers;
import io.github.gpucdi.assemble.Feature;
import io.github.gpucdi.assemble.HookName;
import io.github.gpucdi.assemble.HooksPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The words that an option takes, and what each means.
 *
 * @param option the option's name
 * @param values by word, in the order of help and messages
 * @param <T> the meaning
 */
record Choices<T>(String option, Map<String, T> values) {

    static final Choices<HooksPolicy> HOOKS = ofNames("--hooks", HooksPolicy.values());
    static final Choices<DeviceNumbers> NUMBERS = ofNames("--device-numbers", DeviceNumbers.values());
    static final Choices<OutputFormat> FORMAT = ofNames("--format", OutputFormat.values());
    static final Choices<ListFormat> LIST_FORMAT = ofNames("--format", ListFormat.values());
    static final Choices<RegistryFormat> REGISTRY_FORMAT = ofNames("--format", RegistryFormat.values());
    static final Choices<DriverLoss> DRIVER_LOSS = ofNames("--on-driver-loss", DriverLoss.values());
    static final Choices<DeviceNaming> NAMING =
            by("--device-name-strategy", DeviceNaming.values(), DeviceNaming::option);
    static final Choices<HookName> HOOK = by("--enable-hook", HookName.values(), HookName::subcommand);
    static final Choices<Feature> FEATURE = by("--feature-flag", Feature.values(), Feature::flag);

    /** The meaning of {@code word}, whatever its case. */
    Optional<T> find(String word) {
        return Optional.ofNullable(values.get(word.toLowerCase(Locale.ROOT)));
    }

    /** The meaning of {@code word}; another word is the user's mistake. */
    T of(String word) {
        return find(word)
                .orElseThrow(() -> CommandFailure.usage(
                        "invalid value '" + word + "' for " + option, allowed() + suggestion(word)));
    }

    String allowed() {
        return "allowed: " + String.join(", ", values.keySet());
    }

    String suggestion(String word) {
        return NearestMatch.suggestion(word, values.keySet());
    }

    /** The constants of an enum by their names in lower case. */
    private static <E extends Enum<E>> Choices<E> ofNames(String option, E[] constants) {
        return by(option, constants, constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    private static <E> Choices<E> by(String option, E[] constants, Function<E, String> word) {
        Map<String, E> values = new LinkedHashMap<>();
        for (E constant : constants) {
            values.put(word.apply(constant), constant);
        }
        return new Choices<>(option, values);
    }

    /** The meanings of {@code words}, in order. */
    List<T> of(List<String> words) {
        List<T> meanings = new ArrayList<>();
        for (String word : words) {
            meanings.add(of(word));
        }
        return meanings;
    }
}
