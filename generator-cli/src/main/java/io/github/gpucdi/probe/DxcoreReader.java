package io.github.gpucdi.probe;

import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.WslAdapter;
import io.github.gpucdi.host.WslFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks libdxcore for adapters and their driver stores. What it answers is not trusted. */
final class DxcoreReader {
    private static final String ENUMERATE3 = "D3DKMTEnumAdapters3";
    private static final String ENUMERATE2 = "D3DKMTEnumAdapters2";
    private static final String QUERY = "D3DKMTQueryAdapterInfo";
    private static final String CLOSE = "D3DKMTCloseAdapter";

    private final Dxcore dxcore;
    private final TimeLimit limit;
    private final RootedFs driver;

    /**
     * @param limit of each call
     * @param driver the tree that its paths are of
     */
    DxcoreReader(Dxcore dxcore, TimeLimit limit, RootedFs driver) {
        this.dxcore = dxcore;
        this.limit = limit;
        this.driver = driver;
    }

    /**
     * The adapters, those for computing alone too.
     *
     * @throws CallFailed if it does not tell them
     * @throws TimeLimit.Exceeded with the function's name if a call does not end in time
     */
    List<WslAdapter> adapters() throws CallFailed {
        List<WslAdapter> adapters = new ArrayList<>();
        List<Integer> handles = handles();
        for (int handle : handles) {
            adapters.add(adapter(handle));
        }
        // Not after a call that hangs: the next would, too.
        for (int handle : handles) {
            call(CLOSE, DxcoreStructs.closing(handle), 0, new byte[0]);
        }
        return adapters;
    }

    private List<Integer> handles() throws CallFailed {
        Enumeration newer = new Enumeration(
                ENUMERATE3,
                DxcoreStructs.ENUM_ADAPTERS3,
                DxcoreStructs.ENUM_ADAPTERS3_COUNT,
                DxcoreStructs.ENUM_ADAPTERS3_POINTER);
        DxcoreStructs.view(newer.struct).putLong(0, DxcoreStructs.INCLUDE_COMPUTE_ONLY);
        try {
            return newer.handles();
        } catch (CallFailed e) {
            // An older library has no such function, and an older kernel refuses it.
            return olderHandles(e);
        }
    }

    private List<Integer> olderHandles(CallFailed newer) throws CallFailed {
        try {
            return new Enumeration(
                            ENUMERATE2,
                            DxcoreStructs.ENUM_ADAPTERS2,
                            DxcoreStructs.ENUM_ADAPTERS2_COUNT,
                            DxcoreStructs.ENUM_ADAPTERS2_POINTER)
                    .handles();
        } catch (CallFailed e) {
            throw new CallFailed(newer.what() + "; " + e.what());
        }
    }

    /** One way to ask for all adapters: for their number, and with room for so many for themselves. */
    private final class Enumeration {
        private final String symbol;
        private final byte[] struct;
        private final int countAt;
        private final int pointerAt;

        Enumeration(String symbol, int size, int countAt, int pointerAt) {
            this.symbol = symbol;
            this.struct = new byte[size];
            this.countAt = countAt;
            this.pointerAt = pointerAt;
        }

        List<Integer> handles() throws CallFailed {
            require(symbol, call(symbol, struct, pointerAt, new byte[0]));
            int room = count(WslFacts.MAX_ADAPTERS);
            byte[] infos = new byte[room * DxcoreStructs.ADAPTER_INFO];
            if (room > 0) {
                require(symbol, call(symbol, struct, pointerAt, infos));
            }
            List<Integer> handles = new ArrayList<>();
            int count = count(room);
            for (int i = 0; i < count; i++) {
                handles.add(DxcoreStructs.view(infos).getInt(i * DxcoreStructs.ADAPTER_INFO));
            }
            return handles;
        }

        private int count(int max) throws CallFailed {
            int count = DxcoreStructs.view(struct).getInt(countAt);
            if (count < 0 || count > max) {
                throw new CallFailed(symbol + " answered " + Integer.toUnsignedString(count) + " adapters");
            }
            return count;
        }
    }

    private WslAdapter adapter(int handle) {
        OptionalInt wddm = OptionalInt.empty();
        try {
            byte[] version = query(handle, DxcoreStructs.DRIVER_VERSION, new byte[4]);
            int found = DxcoreStructs.view(version).getInt(0);
            if (found < 0) {
                throw new CallFailed(QUERY + " answered the driver version " + Integer.toUnsignedString(found));
            }
            wddm = OptionalInt.of(found);
            Optional<String> store = found < WslAdapter.MIN_WDDM ? Optional.empty() : Optional.of(store(handle));
            return new WslAdapter(wddm, store, Optional.empty());
        } catch (CallFailed e) {
            return new WslAdapter(wddm, Optional.empty(), Optional.of(e.what()));
        }
    }

    /** Asked twice, as the documentation has it: how much room the path needs, and with just that. */
    private String store(int handle) throws CallFailed {
        byte[] size = query(handle, DxcoreStructs.QUERY_REGISTRY, DxcoreStructs.storeQuery(0));
        int room = DxcoreStructs.view(size).getInt(DxcoreStructs.REGISTRY_OUTPUT_SIZE);
        if (room < 0 || room > DxcoreStructs.MAX_PATH * DxcoreStructs.WCHAR) {
            throw new CallFailed(
                    QUERY + " answered a driver store's path of " + Integer.toUnsignedString(room) + " bytes");
        }
        byte[] answer = query(handle, DxcoreStructs.QUERY_REGISTRY, DxcoreStructs.storeQuery(room));
        int status = DxcoreStructs.view(answer).getInt(DxcoreStructs.REGISTRY_STATUS);
        if (status != 0) {
            throw new CallFailed(QUERY + " answered no driver store's path, but status " + status);
        }
        String path = DxcoreStructs.text(answer, DxcoreStructs.REGISTRY_OUTPUT, room);
        if (!path.startsWith("/") || !PathText.isWritable(path)) {
            throw new CallFailed(QUERY + " answered as a driver store's path '" + PlainText.escaped(path) + "'");
        }
        return driver.hostPath(HostPath.normalised(path));
    }

    private byte[] query(int handle, int type, byte[] answer) throws CallFailed {
        byte[] query = DxcoreStructs.query(handle, type, answer.length);
        require(QUERY, call(QUERY, query, DxcoreStructs.QUERY_POINTER, answer));
        return answer;
    }

    private OptionalInt call(String symbol, byte[] struct, int pointerAt, byte[] buffer) {
        return limit.within(symbol, () -> dxcore.call(symbol, struct, pointerAt, buffer));
    }

    private static void require(String symbol, OptionalInt status) throws CallFailed {
        if (status.isEmpty()) {
            throw new CallFailed("it has no " + symbol);
        }
        if (status.getAsInt() != 0) {
            throw new CallFailed(symbol + " answered 0x" + Integer.toHexString(status.getAsInt()));
        }
    }
}
