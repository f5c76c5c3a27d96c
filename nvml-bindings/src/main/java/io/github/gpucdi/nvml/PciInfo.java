package io.github.gpucdi.nvml;

import java.util.Objects;

/**
 * Where a GPU sits on PCI, from {@code nvmlDeviceGetPciInfo}.
 *
 * @param busId as NVML prints it: {@code 00000000:3B:00.0} from v3 on, {@code 0000:3B:00.0} from older libraries
 * @param domain PCI domain, 32 bits, unsigned
 * @param bus 0 to 255
 * @param device 0 to 31; the function is always 0
 * @param deviceId device id in the high 16 bits, vendor id in the low
 * @param subsystemId the same for the board maker, 0 from older libraries
 */
public record PciInfo(String busId, int domain, int bus, int device, int deviceId, int subsystemId) {
    public PciInfo {
        Objects.requireNonNull(busId, "busId");
    }
}
