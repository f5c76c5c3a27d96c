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
    static final Choices<DriverLoss> DRIVER_LOSS = ofNames("--on-driver-loss", DriverLoss.values());
    static final Choices<DeviceNaming> NAMING = naming();
    static final Choices<HookName> HOOK = hooks();
    static final Choices<Feature> FEATURE = features();

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

    private static <E extends Enum<E>> Choices<E> ofNames(String option, E[] constants) {
        Map<String, E> values = new LinkedHashMap<>();
        for (E constant : constants) {
            values.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return new Choices<>(option, values);
    }

    private static Choices<DeviceNaming> naming() {
        Map<String, DeviceNaming> values = new LinkedHashMap<>();
        for (DeviceNaming naming : DeviceNaming.values()) {
            values.put(naming.option(), naming);
        }
        return new Choices<>("--device-name-strategy", values);
    }

    private static Choices<HookName> hooks() {
        Map<String, HookName> values = new LinkedHashMap<>();
        for (HookName hook : HookName.values()) {
            values.put(hook.subcommand(), hook);
        }
        return new Choices<>("--enable-hook", values);
    }

    private static Choices<Feature> features() {
        Map<String, Feature> values = new LinkedHashMap<>();
        for (Feature feature : Feature.values()) {
            values.put(feature.flag(), feature);
        }
        return new Choices<>("--feature-flag", values);
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
