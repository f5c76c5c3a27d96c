package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import io.github.gpucdi.host.WslAdapter;
import io.github.gpucdi.host.WslFacts;
import io.github.gpucdi.host.WslStore;
import java.util.ArrayList;
import java.util.List;

/** The GPUs of Windows, which all have one node, and the driver stores with NVIDIA's files. */
public final class WslMode {
    private static final String CUDA = "libcuda.so.1.1";

    /** What a store of NVIDIA's holds, at least. */
    static final List<String> REQUIRED = List.of(
            CUDA,
            "libcuda_loader.so",
            "libnvidia-ptxjitcompiler.so.1",
            "libnvidia-ml.so.1",
            "libnvidia-ml_loader.so",
            "libnvdxgdmal.so.1",
            "nvcubins.bin",
            WslFiles.SMI);

    private static final String MEND =
            "on Windows update NVIDIA's driver, then WSL: wsl --update, and wsl --shutdown to start it anew";

    private final WslFacts facts;
    private final List<WslStore> stores;

    private WslMode(WslFacts facts, List<WslStore> stores) {
        this.facts = facts;
        this.stores = stores;
    }

    /**
     * The mode on a host that has NVIDIA's driver from Windows.
     *
     * @throws AssembleException if there is none, or nobody can tell
     */
    public static WslMode on(HostSnapshot snapshot, Notices notices) throws AssembleException {
        Section<WslFacts> section = DriverHealth.required(snapshot, SectionKey.WSL);
        if (section instanceof Section.Absent<WslFacts> absent) {
            DriverHealth.failIfSilent(snapshot);
            throw DriverHealth.gone(
                    "this is not WSL: " + absent.reason(),
                    "WSL 2 has it if Windows has a GPU; elsewhere leave out --mode");
        }
        WslFacts facts = section.data().orElseThrow();
        requireNode(facts.device(), snapshot.options().devRoot());
        if (facts.failure().isPresent()) {
            throw noAnswer(facts.library().path() + ": " + facts.failure().get());
        }
        List<String> unknown = unknown(facts);
        List<WslStore> stores = withCudaFirst(facts.stores());
        if (stores.isEmpty() || !stores.get(0).has(CUDA)) {
            throw unknown.isEmpty() ? DriverHealth.gone(why(facts), MEND) : noAnswer(String.join("; ", unknown));
        }
        for (String lacking : unknown) {
            notices.warning(lacking, MEND);
        }
        tell(facts, stores, notices);
        return new WslMode(facts, stores);
    }

    private static void requireNode(SideDevices device, String devRoot) throws AssembleException {
        if (device.nodes().isEmpty()) {
            String instead = device.rejected().isEmpty()
                    ? "there is no /dev/dxg below dev root " + devRoot
                    : "there is no device node: " + String.join(", ", device.rejected());
            throw DriverHealth.gone(instead, MEND);
        }
    }

    /** What libdxcore or the file system did not tell: there may be more than is known. */
    private static List<String> unknown(WslFacts facts) {
        List<String> unknown = new ArrayList<>();
        for (WslAdapter adapter : facts.adapters()) {
            adapter.failure()
                    .ifPresent(failure -> unknown.add("an adapter does not tell its driver store: " + failure));
        }
        for (WslStore store : facts.stores()) {
            for (FailedLookup lookup : store.files().failed()) {
                if (lookup.reason() == FailedLookup.Reason.UNREADABLE
                        && lookup.path().equals(store.path())) {
                    unknown.add("driver store " + store.path() + " cannot be read");
                }
            }
        }
        return unknown;
    }

    /** Those of NVIDIA's, those with CUDA before the others. */
    private static List<WslStore> withCudaFirst(List<WslStore> all) {
        List<WslStore> stores = new ArrayList<>();
        List<WslStore> others = new ArrayList<>();
        for (WslStore store : all) {
            if (store.has(CUDA)) {
                stores.add(store);
            } else if (REQUIRED.stream().anyMatch(store::has)) {
                others.add(store);
            }
        }
        stores.addAll(others);
        return stores;
    }

    private static String why(WslFacts facts) {
        if (facts.adapters().isEmpty()) {
            return facts.library().path() + " reports no adapter";
        }
        if (facts.stores().isEmpty()) {
            return "no adapter that " + facts.library().path() + " reports has a driver of WDDM 2.7 or newer";
        }
        List<String> looked = new ArrayList<>();
        for (WslStore store : facts.stores()) {
            looked.add(store.path());
        }
        return "no driver store has " + CUDA + ": " + String.join(", ", looked);
    }

    private static void tell(WslFacts facts, List<WslStore> stores, Notices notices) {
        for (WslAdapter adapter : facts.adapters()) {
            if (adapter.store().isEmpty() && adapter.failure().isEmpty()) {
                notices.debug("an adapter's driver is older than WDDM 2.7: it has no files for Linux");
            }
        }
        for (WslStore store : facts.stores()) {
            if (!stores.contains(store)) {
                notices.debug(store.path() + " left out: it is no driver store of NVIDIA's");
            }
        }
        if (stores.size() > 1) {
            notices.info(stores.size() + " driver stores are NVIDIA's: programs find the files of "
                    + stores.get(0).path() + " first");
        }
        for (WslStore store : stores) {
            List<String> lacking = new ArrayList<>(REQUIRED);
            lacking.removeIf(store::has);
            if (!lacking.isEmpty()) {
                notices.warning("driver store " + store.path() + " lacks " + String.join(", ", lacking), MEND);
            }
        }
    }

    /** The node that all GPUs have. */
    public List<CharNode> nodes() {
        return facts.device().nodes();
    }

    /** What a container needs of the stores. */
    public WslFiles files(WrittenPaths paths) {
        return new WslFiles(facts.library(), stores, paths);
    }

    private static AssembleException noAnswer(String what) {
        return new AssembleException(
                AssembleException.Reason.NO_ANSWER,
                what,
                "dmesg may say why; a longer wait is --nvml-timeout; " + MEND);
    }
}
