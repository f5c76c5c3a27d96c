package io.github.gpucdi.assemble;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.assemble.model.DeviceNumbers;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.HookSwitches;
import io.github.gpucdi.assemble.model.HooksPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options that differ from a test's defaults, index names and no hooks, in a few ways. */
record Wanted(AssembleOptions options) {

    static Wanted hooks(HooksPolicy policy) {
        AssembleOptions base = AssembleOptions.DEFAULT.withHooks(policy);
        return new Wanted(base).namings(DeviceNaming.INDEX);
    }

    private Wanted with(
            List<DeviceNaming> namings,
            List<String> ids,
            boolean all,
            HookSwitches switches,
            Optional<String> ldconfig,
            Set<Feature> features,
            DeviceNumbers numbers,
            Optional<String> driverRoot,
            Optional<String> devRoot) {
        return new Wanted(new AssembleOptions(
                options.vendor(),
                options.clazz(),
                namings,
                ids,
                all,
                options.hooks(),
                switches,
                ldconfig,
                features,
                numbers,
                driverRoot,
                devRoot,
                options.csv()));
    }

    Wanted namings(DeviceNaming... namings) {
        return with(
                List.of(namings),
                options.deviceIds(),
                options.allDevice(),
                options.hookSwitches(),
                options.ldconfigPath(),
                options.features(),
                options.numbers(),
                options.targetDriverRoot(),
                options.targetDevRoot());
    }

    Wanted ids(String... ids) {
        return with(
                options.namings(),
                List.of(ids),
                options.allDevice(),
                options.hookSwitches(),
                options.ldconfigPath(),
                options.features(),
                options.numbers(),
                options.targetDriverRoot(),
                options.targetDevRoot());
    }

    Wanted switches(boolean allDisabled, Set<HookName> disabled, Set<HookName> enabled) {
        return with(
                options.namings(),
                options.deviceIds(),
                options.allDevice(),
                new HookSwitches(allDisabled, disabled, enabled),
                options.ldconfigPath(),
                options.features(),
                options.numbers(),
                options.targetDriverRoot(),
                options.targetDevRoot());
    }

    Wanted ldconfig(String path) {
        return with(
                options.namings(),
                options.deviceIds(),
                options.allDevice(),
                options.hookSwitches(),
                Optional.of(path),
                options.features(),
                options.numbers(),
                options.targetDriverRoot(),
                options.targetDevRoot());
    }

    Wanted features(Feature... features) {
        return with(
                options.namings(),
                options.deviceIds(),
                options.allDevice(),
                options.hookSwitches(),
                options.ldconfigPath(),
                Set.of(features),
                options.numbers(),
                options.targetDriverRoot(),
                options.targetDevRoot());
    }

    Wanted numbers(DeviceNumbers numbers) {
        return with(
                options.namings(),
                options.deviceIds(),
                options.allDevice(),
                options.hookSwitches(),
                options.ldconfigPath(),
                options.features(),
                numbers,
                options.targetDriverRoot(),
                options.targetDevRoot());
    }

    Wanted targets(String driverRoot, String devRoot) {
        return with(
                options.namings(),
                options.deviceIds(),
                options.allDevice(),
                options.hookSwitches(),
                options.ldconfigPath(),
                options.features(),
                options.numbers(),
                Optional.of(driverRoot),
                Optional.of(devRoot));
    }
}
