package io.github.gpucdi.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Structures of {@code d3dkmthk.h} and {@code d3dukmdt.h} as Microsoft's documentation has them, laid out as for a 64-bit Linux.
 * There {@code ULONG} has 4 bytes, and so has {@code WCHAR}, which is {@code wchar_t}: the headers for WSL say so.
 */
final class DxcoreStructs {
    /** {@code D3DKMT_ENUMADAPTERS3}: Filter, NumAdapters, pAdapters. */
    static final int ENUM_ADAPTERS3 = 24;

    static final int ENUM_ADAPTERS3_COUNT = 8;
    static final int ENUM_ADAPTERS3_POINTER = 16;

    /** The flag {@code IncludeComputeOnly} of its filter. */
    static final long INCLUDE_COMPUTE_ONLY = 1;

    /** {@code D3DKMT_ENUMADAPTERS2}: NumAdapters, pAdapters. */
    static final int ENUM_ADAPTERS2 = 16;

    static final int ENUM_ADAPTERS2_COUNT = 0;
    static final int ENUM_ADAPTERS2_POINTER = 8;

    /** {@code D3DKMT_ADAPTERINFO}: hAdapter, AdapterLuid, NumOfSources, bPrecisePresentRegionsPreferred. */
    static final int ADAPTER_INFO = 20;

    /** {@code D3DKMT_QUERYADAPTERINFO}: hAdapter, Type, pPrivateDriverData, PrivateDriverDataSize. */
    static final int QUERY = 24;

    static final int QUERY_TYPE = 4;
    static final int QUERY_POINTER = 8;
    static final int QUERY_SIZE = 16;

    /** {@code KMTQAITYPE_DRIVERVERSION}: the answer is a {@code D3DKMT_DRIVERVERSION} of 4 bytes. */
    static final int DRIVER_VERSION = 13;

    /** {@code KMTQAITYPE_QUERYREGISTRY}: the answer is a {@code D3DDDI_QUERYREGISTRY_INFO}. */
    static final int QUERY_REGISTRY = 48;

    /**
     * {@code D3DDDI_QUERYREGISTRY_INFO}: QueryType, QueryFlags, ValueName[260], ValueType, PhysicalAdapterIndex, OutputValueSize,
     * Status, and a union of 8 bytes with which the answer begins, padded.
     */
    static final int REGISTRY = 1072;

    static final int REGISTRY_OUTPUT_SIZE = 1056;
    static final int REGISTRY_STATUS = 1060;
    static final int REGISTRY_OUTPUT = 1064;

    /** {@code D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH}. */
    static final int DRIVER_STORE_PATH = 2;

    /** {@code MAX_PATH}, in characters. */
    static final int MAX_PATH = 260;

    static final int WCHAR = 4;

    private DxcoreStructs() {}

    /** {@code D3DKMT_CLOSEADAPTER}: hAdapter, with which other structures begin too. */
    static byte[] closing(int adapter) {
        byte[] struct = new byte[4];
        view(struct).putInt(0, adapter);
        return struct;
    }

    /** A query of an adapter; the pointer to the answer's place is the caller's to set. */
    static byte[] query(int adapter, int type, int size) {
        byte[] struct = new byte[QUERY];
        view(struct).putInt(0, adapter).putInt(QUERY_TYPE, type).putInt(QUERY_SIZE, size);
        return struct;
    }

    /** What asks for the path of the driver store, with room for an answer of so many bytes. */
    static byte[] storeQuery(int room) {
        byte[] struct = new byte[REGISTRY + room];
        view(struct).putInt(0, DRIVER_STORE_PATH);
        return struct;
    }

    /** The wide characters in {@code bytes} up to NUL; U+FFFD for what is no character. */
    static String text(byte[] struct, int from, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at + WCHAR <= from + bytes; at += WCHAR) {
            int point = view(struct).getInt(at);
            if (point == 0) {
                break;
            }
            text.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xFFFD);
        }
        return text.toString();
    }

    static ByteBuffer view(byte[] struct) {
        return ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
    }
}
