package io.github.gpucdi.host;

import java.util.Locale;
import java.util.regex.Pattern;

/** PCI addresses, as NVML and as the kernel spell them. */
public final class PciAddress {
    private static final int KERNEL_DOMAIN_DIGITS = 4;

    private static final Pattern BUS_ID =
            Pattern.compile("[0-9A-Fa-f]{4,8}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\\.[0-9A-Fa-f]");

    private PciAddress() {}

    /** Whether the text is {@code nvmlPciInfo_t.busId} or {@code busIdLegacy}: a domain of four to eight digits, no less. */
    public static boolean isBusId(String text) {
        return BUS_ID.matcher(text).matches();
    }

    /**
     * The name below {@code /sys/bus/pci/devices} for an NVML bus id: lower case, the domain with at least four
     * digits and no further leading zeros ({@code 00000000:65:00.0} is {@code 0000:65:00.0},
     * {@code 00010000:03:00.0} is {@code 10000:03:00.0}).
     */
    public static String ofBusId(String busId) {
        String lower = busId.toLowerCase(Locale.ROOT);
        int domainEnd = lower.indexOf(':');
        int from = 0;
        while (domainEnd - from > KERNEL_DOMAIN_DIGITS && lower.charAt(from) == '0') {
            from++;
        }
        return lower.substring(from);
    }
}
