package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * The files of one GPU or MIG device; paths are below the dev root, such as {@code /dev/nvidia0}.
 *
 * @param uuid the device's, as NVML tells it
 * @param failure why there are none, one line for the user
 * @param gpu nodes {@code /dev/nvidia<N>}
 * @param drm nodes of {@code /dev/dri}
 * @param capabilities nodes {@code /dev/nvidia-caps/nvidia-cap<N>}
 * @param byPath links in {@code /dev/dri/by-path}
 */
public record SandboxutilsDevice(
        String uuid,
        Optional<String> failure,
        List<String> gpu,
        List<String> drm,
        List<String> capabilities,
        List<NodeLink> byPath) {

    public SandboxutilsDevice {
        gpu = List.copyOf(gpu);
        drm = List.copyOf(drm);
        capabilities = List.copyOf(capabilities);
        byPath = List.copyOf(byPath);
    }

    /** A device whose files the library does not tell. */
    public static SandboxutilsDevice failed(String uuid, String why) {
        return new SandboxutilsDevice(uuid, Optional.of(why), List.of(), List.of(), List.of(), List.of());
    }
}
