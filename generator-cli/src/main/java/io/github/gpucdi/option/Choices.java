package io.github.gpucdi.option;

import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.assemble.model.DeviceNumbers;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.cdi.edit.RootTransform.RelativeTo;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import io.github.gpucdi.generate.DriverLoss;
import io.github.gpucdi.report.DeviceFormat;
import io.github.gpucdi.report.FindingsFormat;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.RegistryFormat;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.NearestMatch;
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
public record Choices<T>(String option, Map<String, T> values) {

    public static final Choices<HooksPolicy> HOOKS = ofNames("--hooks", HooksPolicy.values());
    public static final Choices<DeviceNumbers> NUMBERS = ofNames("--device-numbers", DeviceNumbers.values());
    public static final Choices<SpecFormat> FORMAT = ofNames("--format", SpecFormat.values());
    public static final Choices<ListFormat> LIST_FORMAT = ofNames("--format", ListFormat.values());
    public static final Choices<DeviceFormat> DEVICE_FORMAT = ofNames("--format", DeviceFormat.values());
    public static final Choices<FindingsFormat> FINDINGS_FORMAT = ofNames("--format", FindingsFormat.values());
    public static final Choices<RegistryFormat> REGISTRY_FORMAT = ofNames("--format", RegistryFormat.values());
    public static final Choices<DriverLoss> DRIVER_LOSS = ofNames("--on-driver-loss", DriverLoss.values());
    public static final Choices<RelativeTo> RELATIVE_TO = ofNames("--relative-to", RelativeTo.values());
    public static final Choices<DeviceNaming> NAMING =
            by("--device-name-strategy", DeviceNaming.values(), DeviceNaming::option);
    public static final Choices<HookName> HOOK = by("--enable-hook", HookName.values(), HookName::subcommand);
    public static final Choices<Feature> FEATURE = by("--feature-flag", Feature.values(), Feature::flag);

    /** The meaning of {@code word}, whatever its case. */
    public Optional<T> find(String word) {
        return Optional.ofNullable(values.get(word.toLowerCase(Locale.ROOT)));
    }

    /** The meaning of {@code word}; another word is the user's mistake. */
    public T of(String word) {
        return find(word)
                .orElseThrow(() -> CommandFailure.usage(
                        "invalid value '" + word + "' for " + option, allowed() + suggestion(word)));
    }

    public String allowed() {
        return "allowed: " + String.join(", ", values.keySet());
    }

    public String suggestion(String word) {
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
    public List<T> of(List<String> words) {
        List<T> meanings = new ArrayList<>();
        for (String word : words) {
            meanings.add(of(word));
        }
        return meanings;
    }
}
