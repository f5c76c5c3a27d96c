package io.github.gpucdi.cdi.spec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Linux resctrl settings (CDI 0.7.0).
 *
 * @param closId the class of service, empty for none
 * @param l3CacheSchema L3 cache schema, empty for none
 * @param memBwSchema memory bandwidth schema, empty for none
 * @param enableCmt whether cache occupancy is monitored (CDI 0.7.0 to 1.0.0: later loaders refuse the key)
 * @param enableMbm whether memory bandwidth is monitored (CDI 0.7.0 to 1.0.0 likewise)
 * @param schemata schemata lines (CDI 1.1.0, which counts even an empty list as present)
 * @param enableMonitoring whether a monitoring group is made (CDI 1.1.0)
 */
public record IntelRdt(
        String closId,
        String l3CacheSchema,
        String memBwSchema,
        boolean enableCmt,
        boolean enableMbm,
        Optional<List<String>> schemata,
        boolean enableMonitoring) {

    public IntelRdt {
        Objects.requireNonNull(closId, "closId");
        Objects.requireNonNull(l3CacheSchema, "l3CacheSchema");
        Objects.requireNonNull(memBwSchema, "memBwSchema");
        Objects.requireNonNull(schemata, "schemata");
        schemata = schemata.map(List::copyOf);
    }

    /** The settings that CDI still has: what is written is made of these. */
    public IntelRdt(
            String closId,
            String l3CacheSchema,
            String memBwSchema,
            Optional<List<String>> schemata,
            boolean enableMonitoring) {
        this(closId, l3CacheSchema, memBwSchema, false, false, schemata, enableMonitoring);
    }

    /** Whether nothing is set; being there counts nevertheless. */
    public boolean isEmpty() {
        return closId.isEmpty()
                && l3CacheSchema.isEmpty()
                && memBwSchema.isEmpty()
                && !enableCmt
                && !enableMbm
                && schemata.orElse(List.of()).isEmpty()
                && !enableMonitoring;
    }
}
