package io.github.gpucdi.nvml;

import static io.github.gpucdi.nvml.StructLayout.field;
import static io.github.gpucdi.nvml.StructLayout.plain;
import static io.github.gpucdi.nvml.StructLayout.versioned;

import java.util.List;

/** The layouts of all structs that this library passes to NVML. */
final class Structs {

    static final StructLayout PCI_INFO = plain(
            "PciInfo",
            68,
            field("busIdLegacy", 0, 16),
            field("domain", 16, 4),
            field("bus", 20, 4),
            field("device", 24, 4),
            field("pciDeviceId", 28, 4),
            field("pciSubSystemId", 32, 4),
            field("busId", 36, 32));

    static final StructLayout MEMORY =
            plain("Memory", 24, field("total", 0, 8), field("free", 8, 8), field("used", 16, 8));

    static final StructLayout MEMORY_V2 = versioned(
            "Memory_v2",
            2,
            40,
            field("total", 8, 8),
            field("reserved", 16, 8),
            field("free", 24, 8),
            field("used", 32, 8));

    static final StructLayout ADDRESSING_MODE_V1 = versioned("DeviceAddressingMode_v1", 1, 8, field("value", 4, 4));

    static final StructLayout DEVICE_ATTRIBUTES = plain(
            "DeviceAttributes",
            40,
            field("multiprocessorCount", 0, 4),
            field("sharedCopyEngineCount", 4, 4),
            field("sharedDecoderCount", 8, 4),
            field("sharedEncoderCount", 12, 4),
            field("sharedJpegCount", 16, 4),
            field("sharedOfaCount", 20, 4),
            field("gpuInstanceSliceCount", 24, 4),
            field("computeInstanceSliceCount", 28, 4),
            field("memorySizeMB", 32, 8));

    static final StructLayout GPU_INSTANCE_INFO = plain(
            "GpuInstanceInfo",
            24,
            field("device", 0, 8),
            field("id", 8, 4),
            field("profileId", 12, 4),
            field("placement", 16, 8));

    static final StructLayout COMPUTE_INSTANCE_INFO = plain(
            "ComputeInstanceInfo",
            32,
            field("device", 0, 8),
            field("gpuInstance", 8, 8),
            field("id", 16, 4),
            field("profileId", 20, 4),
            field("placement", 24, 8));

    static final StructLayout GPU_INSTANCE_PROFILE_INFO = plain(
            "GpuInstanceProfileInfo",
            48,
            field("id", 0, 4),
            field("isP2pSupported", 4, 4),
            field("sliceCount", 8, 4),
            field("instanceCount", 12, 4),
            field("multiprocessorCount", 16, 4),
            field("copyEngineCount", 20, 4),
            field("decoderCount", 24, 4),
            field("encoderCount", 28, 4),
            field("jpegCount", 32, 4),
            field("ofaCount", 36, 4),
            field("memorySizeMB", 40, 8));

    static final StructLayout COMPUTE_INSTANCE_PROFILE_INFO = plain(
            "ComputeInstanceProfileInfo",
            36,
            field("id", 0, 4),
            field("sliceCount", 4, 4),
            field("instanceCount", 8, 4),
            field("multiprocessorCount", 12, 4),
            field("sharedCopyEngineCount", 16, 4),
            field("sharedDecoderCount", 20, 4),
            field("sharedEncoderCount", 24, 4),
            field("sharedJpegCount", 28, 4),
            field("sharedOfaCount", 32, 4));

    static final StructLayout EVENT_DATA = plain(
            "EventData",
            32,
            field("device", 0, 8),
            field("eventType", 8, 8),
            field("eventData", 16, 8),
            field("gpuInstanceId", 24, 4),
            field("computeInstanceId", 28, 4));

    static final List<StructLayout> ALL = List.of(
            PCI_INFO,
            MEMORY,
            MEMORY_V2,
            ADDRESSING_MODE_V1,
            DEVICE_ATTRIBUTES,
            GPU_INSTANCE_INFO,
            COMPUTE_INSTANCE_INFO,
            GPU_INSTANCE_PROFILE_INFO,
            COMPUTE_INSTANCE_PROFILE_INFO,
            EVENT_DATA);

    private Structs() {}
}
