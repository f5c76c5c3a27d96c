package io.github.gpucdi.host;

/**
 * Everything that the probes learned about a host, as plain data: what a spec is assembled from, here or elsewhere.
 *
 * <p>Paths are those of the host as its engines see them: the driver root and dev root are part of them, a
 * {@code --host-root} is not.
 *
 * @param options what the probes were told; a replay with other options would not show what the machine would
 * @param platform the machine and its kernel
 * @param driver the driver's version, from every source
 * @param nvml what NVML says of the GPUs; absent if the library cannot be loaded
 * @param files driver files below the driver root
 * @param nodes device nodes below the dev root
 * @param hook the hook program of the NVIDIA container toolkit
 * @param engines the container engines that are installed
 * @param cdi the directories that engines look for specs in, and what the specs there lead to
 * @param environment what else decides whether a container gets its GPU
 */
public record HostSnapshot(
        ProbeOptions options,
        Platform platform,
        Section<DriverVersion> driver,
        Section<NvmlFacts> nvml,
        Section<DriverFiles> files,
        Section<DeviceNodes> nodes,
        Section<HookProgram> hook,
        Section<Engines> engines,
        Section<CdiFacts> cdi,
        Section<HostEnvironment> environment) {}
