/*
 * A double of WSL's libdxcore.so for tests: answers what the file beside it says, its own name with .conf appended, which is
 * read at every call. Lines:
 *
 *   adapter WDDM [STORE]    an adapter, its driver's version (2700 for WDDM 2.7), its driver store's path
 *   adapters N              claims N adapters
 *   size N                  claims a store's path of N bytes
 *   status N                answers a store's query with this status of its own
 *   fail FUNCTION CODE      answers this NTSTATUS (hexadecimal); FUNCTION may end in :TYPE for one type of query
 *   hang FUNCTION FILE      hangs while FILE is there; FUNCTION as above
 *   log FILE                a line for each call: FUNCTION ADAPTER
 *
 * Strict as the real one is not: a structure with the wrong size, a handle that is not open, or too little room answers
 * c000000d. WITHOUT_ENUM3 and WITHOUT_ENUM2 leave a function out.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#define EXPORT __attribute__((visibility("default")))
#define MAX_ADAPTERS 128
#define MAX_PATH 260
#define INVALID ((int32_t)0xc000000d)
#define TOO_SMALL ((int32_t)0xc0000023)
#define FIRST_HANDLE 0x40000000u

/* ---- Structures, as Microsoft documents them ---- */

typedef struct {
    uint32_t adapter;
    struct {
        uint32_t low;
        int32_t high;
    } luid;
    uint32_t sources;
    int32_t precise_present_regions;
} adapter_info;

typedef struct {
    uint32_t count;
    adapter_info *adapters;
} enum_adapters2;

typedef struct {
    uint64_t filter;
    uint32_t count;
    adapter_info *adapters;
} enum_adapters3;

typedef struct {
    uint32_t adapter;
    uint32_t type;
    void *data;
    uint32_t size;
} query_adapter_info;

typedef struct {
    uint32_t type;
    uint32_t flags;
    wchar_t name[MAX_PATH];
    uint32_t value_type;
    uint32_t physical_adapter;
    uint32_t output_size;
    uint32_t status;
    union {
        uint64_t qword;
        wchar_t text[1];
    } output;
} query_registry_info;

typedef struct {
    uint32_t adapter;
} close_adapter;

_Static_assert(sizeof(adapter_info) == 20, "D3DKMT_ADAPTERINFO");
_Static_assert(sizeof(enum_adapters2) == 16 && offsetof(enum_adapters2, adapters) == 8, "D3DKMT_ENUMADAPTERS2");
_Static_assert(sizeof(enum_adapters3) == 24 && offsetof(enum_adapters3, count) == 8, "D3DKMT_ENUMADAPTERS3");
_Static_assert(offsetof(enum_adapters3, adapters) == 16, "D3DKMT_ENUMADAPTERS3");
_Static_assert(sizeof(query_adapter_info) == 24 && offsetof(query_adapter_info, data) == 8, "D3DKMT_QUERYADAPTERINFO");
_Static_assert(offsetof(query_adapter_info, type) == 4 && offsetof(query_adapter_info, size) == 16, "D3DKMT_QUERYADAPTERINFO");
_Static_assert(sizeof(query_registry_info) == 1072, "D3DDDI_QUERYREGISTRY_INFO");
_Static_assert(offsetof(query_registry_info, output_size) == 1056, "D3DDDI_QUERYREGISTRY_INFO");
_Static_assert(offsetof(query_registry_info, status) == 1060, "D3DDDI_QUERYREGISTRY_INFO");
_Static_assert(offsetof(query_registry_info, output) == 1064, "D3DDDI_QUERYREGISTRY_INFO");
_Static_assert(sizeof(close_adapter) == 4 && sizeof(wchar_t) == 4, "D3DKMT_CLOSEADAPTER");

/* ---- Configuration ---- */

typedef struct {
    unsigned wddm;
    char store[2048];
} adapter;

static adapter adapters[MAX_ADAPTERS];
static unsigned count, claimed, claimed_size, status;
static int open_handles[MAX_ADAPTERS];
static char log_file[4096];

static FILE *config(void) {
    char path[4200];
    Dl_info self;
    if (!dladdr((void *)config, &self)) return NULL;
    snprintf(path, sizeof path, "%s.conf", self.dli_fname);
    return fopen(path, "r");
}

/* Reads the file and does what it says of this call: hangs, or gives the code to answer. */
static int32_t enter(const char *function, unsigned type, uint32_t handle) {
    char line[4096], typed[64], word[64], value[2048];
    int32_t code = 0;
    FILE *file = config();
    snprintf(typed, sizeof typed, "%s:%u", function, type);
    count = status = claimed_size = 0;
    claimed = UINT32_MAX;
    log_file[0] = 0;
    while (file && fgets(line, sizeof line, file)) {
        unsigned number;
        value[0] = 0;
        if (count < MAX_ADAPTERS && sscanf(line, "adapter %u %2047[^\n]", &number, value) >= 1) {
            adapters[count].wddm = number;
            strcpy(adapters[count++].store, value);
        } else if (sscanf(line, "adapters %u", &claimed) == 1 || sscanf(line, "size %u", &claimed_size) == 1
                   || sscanf(line, "status %u", &status) == 1 || sscanf(line, "log %4095s", log_file) == 1) {
            continue;
        } else if (sscanf(line, "fail %63s %x", word, &number) == 2) {
            if (!strcmp(word, function) || !strcmp(word, typed)) code = (int32_t)number;
        } else if (sscanf(line, "hang %63s %2047s", word, value) == 2) {
            while ((!strcmp(word, function) || !strcmp(word, typed)) && !access(value, F_OK)) usleep(1000);
        }
    }
    if (file) fclose(file);
    if (log_file[0] && (file = fopen(log_file, "a"))) {
        fprintf(file, "%s %d\n", type ? typed : function, handle ? (int)(handle - FIRST_HANDLE) : -1);
        fclose(file);
    }
    return code;
}

static adapter *find(uint32_t handle) {
    uint32_t index = handle - FIRST_HANDLE;
    return index < count && open_handles[index] ? &adapters[index] : NULL;
}

/* ---- Functions ---- */

static int32_t enumerate(uint32_t *room, adapter_info *infos) {
    uint32_t all = claimed == UINT32_MAX ? count : claimed;
    if (infos && *room < all) return TOO_SMALL;
    *room = all;
    for (uint32_t i = 0; infos && i < count && i < all; i++) {
        infos[i] = (adapter_info){.adapter = FIRST_HANDLE + i, .luid = {i, 0}, .sources = 1};
        open_handles[i]++;
    }
    return 0;
}

#ifndef WITHOUT_ENUM2
EXPORT int32_t D3DKMTEnumAdapters2(enum_adapters2 *in) {
    int32_t code = enter("D3DKMTEnumAdapters2", 0, 0);
    return code ? code : enumerate(&in->count, in->adapters);
}
#endif

#ifndef WITHOUT_ENUM3
EXPORT int32_t D3DKMTEnumAdapters3(enum_adapters3 *in) {
    int32_t code = enter("D3DKMTEnumAdapters3", 0, 0);
    return code ? code : in->filter != 1 ? INVALID : enumerate(&in->count, in->adapters);
}
#endif

static int32_t registry(const adapter *asked, query_registry_info *info, uint32_t size) {
    uint32_t needed = claimed_size ? claimed_size : (uint32_t)(strlen(asked->store) + 1) * sizeof(wchar_t);
    if (size < sizeof *info || info->type != 2 || info->flags || info->physical_adapter) return INVALID;
    info->output_size = needed;
    info->status = size - sizeof *info < needed ? 1 : status;
    for (uint32_t i = 0; info->status == 0 && i < needed / sizeof(wchar_t); i++) {
        info->output.text[i] = i < strlen(asked->store) ? (unsigned char)asked->store[i] : 0;
    }
    return 0;
}

EXPORT int32_t D3DKMTQueryAdapterInfo(query_adapter_info *in) {
    int32_t code = enter("D3DKMTQueryAdapterInfo", in->type, in->adapter);
    adapter *asked = find(in->adapter);
    if (code) return code;
    if (!asked) return INVALID;
    if (in->type == 13 && in->size == 4) {
        *(uint32_t *)in->data = asked->wddm;
        return 0;
    }
    return in->type == 48 ? registry(asked, in->data, in->size) : INVALID;
}

EXPORT int32_t D3DKMTCloseAdapter(close_adapter *in) {
    int32_t code = enter("D3DKMTCloseAdapter", 0, in->adapter);
    if (code) return code;
    if (!find(in->adapter)) return INVALID;
    open_handles[in->adapter - FIRST_HANDLE]--;
    return 0;
}
