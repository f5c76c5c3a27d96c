package io.github.gpucdi.probe;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.SandboxutilsDevice;
import io.github.gpucdi.host.SandboxutilsFacts;
import io.github.gpucdi.host.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks libnvidia-sandboxutils, in one session, which device nodes each GPU and MIG device has. */
final class SandboxutilsProbe {
    static final String SONAME = "libnvidia-sandboxutils.so.1";

    private final ProbeRequest request;
    private final TimeLimit limit;
    private final String root;
    private final List<String> roots;

    /**
     * @param limit of each call
     * @param driver the tree below the driver root
     */
    SandboxutilsProbe(ProbeRequest request, TimeLimit limit, RootedFs driver) {
        this.request = request;
        this.limit = limit;
        this.root = driver.realPath("/").toString();
        this.roots =
                List.of(root, request.options().devRoot(), request.options().driverRoot());
    }

    /**
     * What a library tells.
     *
     * @param file what is loaded: absolute path, or SONAME
     * @param name what it is called in the snapshot
     * @param gpus the GPUs that NVML reports
     */
    Section<SandboxutilsFacts> of(String file, String name, List<Gpu> gpus) {
        try {
            Sandboxutils library =
                    limit.within("loading " + name, () -> request.others().loadSandboxutils(file));
            return Section.of(facts(name, new SandboxutilsSession(library, limit), gpus));
        } catch (UnsatisfiedLinkError e) {
            return Section.absent("cannot load " + name + ": " + PlainText.escaped(String.valueOf(e.getMessage())));
        } catch (CallFailed e) {
            return Section.absent(e.what());
        } catch (TimeLimit.Exceeded e) {
            String what = String.valueOf(e.getMessage());
            return Section.absent(what + ": "
                    + NvmlProbe.noAnswer(what, request.nvmlTimeout()).text());
        }
    }

    /** In the order in which the library is to be used: everything is asked before it is shut down. */
    private SandboxutilsFacts facts(String name, SandboxutilsSession session, List<Gpu> gpus) throws CallFailed {
        session.open(root);
        List<String> failures = new ArrayList<>();
        Optional<String> version = Optional.empty();
        try {
            version = Optional.of(session.driverVersion());
        } catch (CallFailed e) {
            failures.add(e.what());
        }
        List<SandboxutilsDevice> devices = new ArrayList<>();
        for (String uuid : uuids(gpus)) {
            try {
                devices.add(session.device(uuid, roots));
            } catch (CallFailed e) {
                devices.add(SandboxutilsDevice.failed(uuid, e.what()));
            }
        }
        try {
            session.close();
        } catch (CallFailed e) {
            failures.add(e.what());
        }
        return new SandboxutilsFacts(name, version, devices, failures);
    }

    /** A GPU is asked for whole too when it is partitioned: its index alone means all of it. */
    private static List<String> uuids(List<Gpu> gpus) {
        List<String> uuids = new ArrayList<>();
        for (Gpu gpu : gpus) {
            add(uuids, gpu.uuid());
            for (MigDevice mig : gpu.migDevices()) {
                add(uuids, mig.uuid());
            }
        }
        return uuids;
    }

    private static void add(List<String> uuids, String uuid) {
        if (!uuid.isEmpty()) {
            uuids.add(uuid);
        }
    }
}
