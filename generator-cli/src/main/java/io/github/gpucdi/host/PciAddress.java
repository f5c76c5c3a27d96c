package io.github.gpucdi.host;

import java.util.Locale;

/** How the kernel spells a PCI address. */
public final class PciAddress {
    private static final int KERNEL_DOMAIN_DIGITS = 4;

    private PciAddress() {}

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
