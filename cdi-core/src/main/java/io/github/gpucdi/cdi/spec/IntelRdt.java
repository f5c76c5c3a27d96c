package io.github.gpucdi.cdi.spec;

import java.util.List;
import java.util.Optional;

/**
 * Linux resctrl settings (CDI 0.7.0).
 *
 * @param closId the class of service, empty for none
 * @param l3CacheSchema L3 cache schema, empty for none
 * @param memBwSchema memory bandwidth schema, empty for none
 * @param schemata schemata lines (CDI 1.1.0, which counts even an empty list as present)
 * @param enableMonitoring whether a monitoring group is made (CDI 1.1.0)
 */
public record IntelRdt(
        String closId,
        String l3CacheSchema,
        String memBwSchema,
        Optional<List<String>> schemata,
        boolean enableMonitoring) {

    public IntelRdt {
        schemata = schemata.map(List::copyOf);
    }
}
