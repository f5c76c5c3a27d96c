/*
 * A double of libnvidia-ml.so.1 for tests: answers what a configuration file says, strictly.
 *
 * The file is named by NVML_DOUBLE_CONFIG, or else is that of this library with .conf appended, and is read at every
 * nvmlInit*. Lines: "key = value", rules, "# comment".
 * A bad line is reported on stderr with its number and otherwise left alone. Keys (defaults in brackets):
 *
 *   driver, nvml            versions [that of the build; 12.<driver>]
 *   cuda                    1000 * major + 10 * minor [12060]
 *   seed                    for derived UUIDs and serials [0]
 *   privileged              1 or 0: GPU and compute instances answer 4 [1]
 *   log                     file to append calls to [none]
 *   events                  file whose new lines "GPU TYPE DATA" are events, from when a set is made on [none]
 *   latency_us              before each call [0]; latency_us.FUNCTION for one function
 *   attach_ms               first handle of each GPU [0]
 *   gpu.N                   catalogue key: t4 l4 l40s rtx4090 a30 a100-40 a100-80 h100 h200 b200 gb200 rtxpro6000 [none: bare GPU]
 *   gpu.N.name .uuid .minor .busid (8-4-... "00000008:01:00.0") .memory (MiB) .pci_device .arch .cc (8.9) .brand .serial
 *        .numa .addressing .persistence .display_active .display_mode .events (mask) [0x108]: -1 where a number answers 3
 *        .mig (-1 no MIG, 0, 1) .mig_pending [as mig] .max_mig [7 if mig is 1, else 0]
 *        .attach_ms .handle_code (answer of handle calls) .flags (forbidden, lost)
 *        .layout             profiles for the MIG indexes 0, 1, ...: "1g.5gb 1g.5gb 3g.20gb"
 *   gpu.N.mig.K.profile .uuid .uuid_style (legacy) .gi .ci .gi_index .gi_profile .gi_slices .ci_index .ci_profile .ci_slices
 *        .memory (MiB) .name .start
 *
 * Rules, FUNCTION an exported name or *:
 *   fail FUNCTION [gpu=N] [mig=K] [call=n|after=n|always] code=X
 *   hang FUNCTION [gpu=N] [mig=K] until_gone=FILE
 *   text FUNCTION [gpu=N] [mig=K] unterminated|long=N
 *
 * After a failure all outputs hold 0xA5. No fork, no /dev, no /proc.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef NVML_DOUBLE_VERSION
#define NVML_DOUBLE_VERSION "580.95.05"
#endif
#define EXPORT __attribute__((visibility("default")))
#define MAX_GPUS 64
#define MAX_MIGS 16
#define MAX_RULES 128
#define MAX_LATENCIES 64
#define TEXT 256
#define FILE_NAME 4096

enum {
    OK = 0,
    UNINITIALIZED = 1,
    INVALID = 2,
    NOT_SUPPORTED = 3,
    NO_PERMISSION = 4,
    NOT_FOUND = 6,
    TOO_SMALL = 7,
    NOT_LOADED = 9,
    TIMED_OUT = 10,
    LOST = 15,
    BAD_VERSION = 25
};

/* ---- Structs, as the reference has them ---- */

typedef struct {
    char busIdLegacy[16];
    unsigned domain, bus, device, pciDeviceId, pciSubSystemId;
    char busId[32];
} pci_info;
typedef struct {
    unsigned version, domain, bus, device, pciDeviceId, pciSubSystemId, baseClass, subClass;
    char busId[32];
} pci_info_ext;
typedef struct {
    uint64_t total, free, used;
} memory_v1;
typedef struct {
    void *device;
    uint64_t type, data;
    unsigned gpu_instance, compute_instance;
} event_data;
typedef struct {
    unsigned version;
    uint64_t total, reserved, free, used;
} memory_v2;
typedef struct {
    unsigned multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount, sharedEncoderCount, sharedJpegCount,
        sharedOfaCount, gpuInstanceSliceCount, computeInstanceSliceCount;
    uint64_t memorySizeMB;
} attributes;
typedef struct {
    unsigned start, size;
} placement;
typedef struct {
    unsigned id, isP2pSupported, sliceCount, instanceCount, multiprocessorCount, copyEngineCount, decoderCount,
        encoderCount, jpegCount, ofaCount;
    uint64_t memorySizeMB;
} gi_profile_info;
typedef struct {
    void *device;
    unsigned id, profileId;
    placement place;
} gi_info;
typedef struct {
    unsigned id, sliceCount, instanceCount, multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount,
        sharedEncoderCount, sharedJpegCount, sharedOfaCount;
} ci_profile_info;
typedef struct {
    void *device, *gpuInstance;
    unsigned id, profileId;
    placement place;
} ci_info;
typedef struct {
    unsigned version, value;
} addressing_mode;

_Static_assert(sizeof(pci_info) == 68 && offsetof(pci_info, busId) == 36, "PciInfo");
_Static_assert(sizeof(pci_info_ext) == 64 && offsetof(pci_info_ext, busId) == 32, "PciInfoExt_v1");
_Static_assert(sizeof(memory_v1) == 24, "Memory");
_Static_assert(sizeof(memory_v2) == 40 && offsetof(memory_v2, total) == 8 && offsetof(memory_v2, used) == 32, "Memory_v2");
_Static_assert(sizeof(attributes) == 40 && offsetof(attributes, memorySizeMB) == 32, "DeviceAttributes");
_Static_assert(sizeof(gi_profile_info) == 48 && offsetof(gi_profile_info, memorySizeMB) == 40, "GpuInstanceProfileInfo");
_Static_assert(sizeof(gi_info) == 24 && offsetof(gi_info, profileId) == 12, "GpuInstanceInfo");
_Static_assert(sizeof(ci_profile_info) == 36, "ComputeInstanceProfileInfo");
_Static_assert(sizeof(ci_info) == 32 && offsetof(ci_info, profileId) == 20, "ComputeInstanceInfo");
_Static_assert(sizeof(addressing_mode) == 8, "DeviceAddressingMode_v1");

#define VERSION_WORD(type, version) ((unsigned)sizeof(type) | (unsigned)(version) << 24)

/* ---- Catalogue ---- */

typedef struct {
    const char *key, *name;
    unsigned pci;
    long memory;
    int arch, major, minor, brand, slices, coherent;
} board;

static const board boards[] = {
    {"t4", "Tesla T4", 0x1EB810DE, 15360, 6, 7, 5, 14, 0, 0},
    {"l4", "NVIDIA L4", 0x27B810DE, 23034, 8, 8, 9, 14, 0, 0},
    {"l40s", "NVIDIA L40S", 0x26B910DE, 46068, 8, 8, 9, 14, 0, 0},
    {"rtx4090", "NVIDIA GeForce RTX 4090", 0x268410DE, 24564, 8, 8, 9, 5, 0, 0},
    {"a30", "NVIDIA A30", 0x20B710DE, 24576, 7, 8, 0, 14, 4, 0},
    {"a100-40", "NVIDIA A100-SXM4-40GB", 0x20B010DE, 40960, 7, 8, 0, 14, 7, 0},
    {"a100-80", "NVIDIA A100-SXM4-80GB", 0x20B210DE, 81920, 7, 8, 0, 14, 7, 0},
    {"h100", "NVIDIA H100 80GB HBM3", 0x233010DE, 81559, 9, 9, 0, 14, 7, 0},
    {"h200", "NVIDIA H200", 0x233510DE, 143771, 9, 9, 0, 14, 7, 0},
    {"b200", "NVIDIA B200", 0x290110DE, 183359, 10, 10, 0, 14, 7, 0},
    {"gb200", "NVIDIA GB200", 0x294110DE, 189471, 10, 10, 0, 14, 7, 1},
    {"rtxpro6000", "NVIDIA RTX PRO 6000 Blackwell Server Edition", 0x2BB510DE, 97887, 10, 12, 0, 13, 4, 0},
};

typedef struct {
    const char *board;
    int index, id, max, slices;
    long memory;
    int sms;
    const char *name;
} profile;

#define SEVEN(key, m1, n1, s1, m2, n2, s1d, s2, m4, n4, s3, s4, m7, n7, s7)                                            \
    {key, 0, 19, 7, 1, m1, s1, "1g." n1}, {key, 7, 20, 1, 1, m1, s1, "1g." n1 "+me"},                                  \
        {key, 9, 15, 4, 1, m2, s1d, "1g." n2}, {key, 1, 14, 3, 2, m2, s2, "2g." n2}, {key, 2, 9, 2, 3, m4, s3, "3g." n4}, \
        {key, 3, 5, 1, 4, m4, s4, "4g." n4}, {key, 4, 0, 1, 7, m7, s7, "7g." n7}

static const profile profiles[] = {
    SEVEN("a100-40", 4864, "5gb", 14, 9856, "10gb", 14, 28, 19968, "20gb", 42, 56, 40192, "40gb", 98),
    SEVEN("a100-80", 9728, "10gb", 14, 19968, "20gb", 14, 28, 40192, "40gb", 42, 56, 80896, "80gb", 98),
    SEVEN("h100", 9984, "10gb", 16, 20096, "20gb", 26, 32, 40448, "40gb", 60, 64, 81152, "80gb", 132),
    SEVEN("h200", 16384, "18gb", 16, 33024, "35gb", 26, 32, 71168, "71gb", 60, 64, 142848, "141gb", 132),
    SEVEN("b200", 20992, "23gb", 18, 45312, "45gb", 30, 36, 91136, "90gb", 70, 72, 182784, "180gb", 148),
    SEVEN("gb200", 22528, "23gb", 18, 46592, "47gb", 32, 38, 93696, "93gb", 72, 76, 188416, "186gb", 152),
    {"a30", 0, 14, 4, 1, 5952, 14, "1g.6gb"},
    {"a30", 7, 21, 1, 1, 5952, 14, "1g.6gb+me"},
    {"a30", 1, 5, 2, 2, 11968, 28, "2g.12gb"},
    {"a30", 8, 6, 1, 2, 11968, 28, "2g.12gb+me"},
    {"a30", 3, 0, 1, 4, 24000, 56, "4g.24gb"},
    {"rtxpro6000", 0, 14, 4, 1, 24192, 46, "1g.24gb"},
    {"rtxpro6000", 7, 21, 1, 1, 24192, 46, "1g.24gb+me"},
    {"rtxpro6000", 10, 47, 4, 1, 24192, 46, "1g.24gb+gfx"},
    {"rtxpro6000", 15, 65, 1, 1, 24192, 46, "1g.24gb+me.all"},
    {"rtxpro6000", 13, 67, 4, 1, 24192, 46, "1g.24gb-me"},
    {"rtxpro6000", 1, 5, 2, 2, 48512, 94, "2g.48gb"},
    {"rtxpro6000", 11, 35, 2, 2, 48512, 94, "2g.48gb+gfx"},
    {"rtxpro6000", 16, 64, 1, 2, 48512, 94, "2g.48gb+me.all"},
    {"rtxpro6000", 14, 66, 2, 2, 48512, 94, "2g.48gb-me"},
    {"rtxpro6000", 3, 0, 1, 4, 97408, 188, "4g.96gb"},
    {"rtxpro6000", 12, 32, 1, 4, 97408, 188, "4g.96gb+gfx"},
};

static const int ci_slices_of_index[] = {1, 2, 3, 4, 7, 8, 6, 1, 7};
#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* ---- Configuration ---- */

typedef struct {
    int present, gi, ci, gi_index, gi_profile, gi_slices, ci_index, ci_profile, ci_slices, legacy, start, sms;
    long memory;
    char uuid[TEXT], profile[TEXT], name[2 * TEXT];
} mig_device;

typedef struct {
    int present, minor, arch, major, cc_minor, brand, numa, addressing, persistence, display_active, display_mode, events;
    int mig, mig_pending, max_mig, handle_code, attached;
    unsigned pci, domain, bus, device;
    long memory, attach_ms;
    const board *board;
    char name[TEXT], uuid[TEXT], serial[TEXT], layout[TEXT];
    mig_device migs[MAX_MIGS];
} gpu_device;

typedef struct {
    enum { FAIL, HANG, LONG_TEXT, UNTERMINATED } kind;
    char function[96];
    int gpu, mig, call, after, code, seen;
    char file[4096];
} rule;

typedef struct {
    char *text;
    char driver[TEXT], nvml[TEXT], log[FILE_NAME], events[FILE_NAME];
    int cuda, privileged, gpus, rules, latencies, bad[64], bads;
    unsigned long seed;
    long latency_us, attach_ms;
    struct {
        char function[96];
        long us;
    } latency[MAX_LATENCIES];
    rule rule[MAX_RULES];
    gpu_device gpu[MAX_GPUS];
} config;

/* A configuration is never freed: a call may still read it while another thread starts anew. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static config *current;
static int references, generation, inside;
static unsigned long total_calls, total_failed, total_inits, total_shutdowns, total_attached;

static void put(char *out, size_t size, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vsnprintf(out, size, format, args);
    va_end(args);
}

static uint64_t mix(uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

static void derive_uuid(char *out, const char *prefix, uint64_t seed) {
    uint64_t a = mix(seed), b = mix(seed + 0x5bd1e995);
    put(out, TEXT, "%s%08x-%04x-4%03x-8%03x-%012llx", prefix, (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xffff),
        (unsigned)(a & 0xfff), (unsigned)(b >> 52), (unsigned long long)(b & 0xffffffffffffULL));
}

static int number(const char *text, long *out) {
    char *end;
    if (!*text) {
        return 0;
    }
    *out = strtol(text, &end, 0);
    return !*end;
}

static int set_int(int *field, const char *value) {
    long n;
    if (!number(value, &n)) {
        return 0;
    }
    *field = (int)n;
    return 1;
}

static int set_long(long *field, const char *value) {
    return number(value, field);
}

static int set_text(char *field, size_t size, const char *value) {
    if (strlen(value) >= size) {
        return 0;
    }
    strcpy(field, value);
    return 1;
}

static gpu_device *gpu_at(config *cfg, long n) {
    if (n < 0 || n >= MAX_GPUS) {
        return NULL;
    }
    gpu_device *gpu = &cfg->gpu[n];
    if (!gpu->present) {
        gpu->present = 1;
        gpu->minor = -2;
        gpu->arch = 7;
        gpu->major = 8;
        gpu->brand = 14;
        gpu->numa = gpu->addressing = gpu->mig = -1;
        gpu->mig_pending = gpu->max_mig = -2;
        gpu->attach_ms = -1;
        gpu->events = 0x108;
        gpu->pci = 0x20B010DE;
        gpu->bus = 0x07 + 8 * (unsigned)n % 0xf0;
        gpu->memory = 16384;
        gpu->board = NULL;
        strcpy(gpu->name, "NVIDIA Test GPU");
    }
    return gpu;
}

static mig_device *mig_at(gpu_device *gpu, long k) {
    if (k < 0 || k >= MAX_MIGS) {
        return NULL;
    }
    mig_device *mig = &gpu->migs[k];
    if (!mig->present) {
        mig->present = 1;
        mig->gi = mig->ci = mig->gi_index = mig->gi_profile = mig->ci_index = mig->ci_profile = mig->legacy = -1;
        mig->gi_slices = mig->ci_slices = -1;
        mig->memory = -1;
    }
    return mig;
}

static int set_mig(mig_device *mig, const char *key, const char *value) {
    if (!strcmp(key, "profile")) return set_text(mig->profile, sizeof mig->profile, value);
    if (!strcmp(key, "uuid")) return set_text(mig->uuid, sizeof mig->uuid, value);
    if (!strcmp(key, "name")) return set_text(mig->name, sizeof mig->name, value);
    if (!strcmp(key, "uuid_style")) {
        mig->legacy = !strcmp(value, "legacy");
        return mig->legacy || !strcmp(value, "new");
    }
    if (!strcmp(key, "gi")) return set_int(&mig->gi, value);
    if (!strcmp(key, "ci")) return set_int(&mig->ci, value);
    if (!strcmp(key, "gi_index")) return set_int(&mig->gi_index, value);
    if (!strcmp(key, "gi_profile")) return set_int(&mig->gi_profile, value);
    if (!strcmp(key, "gi_slices")) return set_int(&mig->gi_slices, value);
    if (!strcmp(key, "ci_index")) return set_int(&mig->ci_index, value);
    if (!strcmp(key, "ci_profile")) return set_int(&mig->ci_profile, value);
    if (!strcmp(key, "ci_slices")) return set_int(&mig->ci_slices, value);
    if (!strcmp(key, "memory")) return set_long(&mig->memory, value);
    if (!strcmp(key, "start")) return set_int(&mig->start, value);
    return 0;
}

static int set_board(gpu_device *gpu, long n, const char *key) {
    for (int i = 0; i < COUNT(boards); i++) {
        const board *b = &boards[i];
        if (!strcmp(b->key, key)) {
            gpu->board = b;
            strcpy(gpu->name, b->name);
            gpu->pci = b->pci;
            gpu->memory = b->memory;
            gpu->arch = b->arch;
            gpu->major = b->major;
            gpu->cc_minor = b->minor;
            gpu->brand = b->brand;
            gpu->mig = b->slices ? 0 : -1;
            gpu->addressing = 0;
            if (b->coherent) {
                gpu->addressing = 2;
                gpu->numa = (int)n + 2;
                gpu->domain = 8 * (unsigned)(n + 1);
                gpu->bus = 1;
            }
            return 1;
        }
    }
    return 0;
}

static int set_gpu(gpu_device *gpu, const char *key, const char *value) {
    long k;
    char tail;
    if (!strncmp(key, "mig.", 4)) {
        char *dot;
        k = strtol(key + 4, &dot, 10);
        mig_device *mig = *dot == '.' && dot != key + 4 ? mig_at(gpu, k) : NULL;
        return mig && set_mig(mig, dot + 1, value);
    }
    if (!strcmp(key, "name")) return set_text(gpu->name, sizeof gpu->name, value);
    if (!strcmp(key, "uuid")) return set_text(gpu->uuid, sizeof gpu->uuid, value);
    if (!strcmp(key, "serial")) return set_text(gpu->serial, sizeof gpu->serial, value);
    if (!strcmp(key, "layout")) return set_text(gpu->layout, sizeof gpu->layout, value);
    if (!strcmp(key, "busid")) return sscanf(value, "%x:%x:%x.0%c", &gpu->domain, &gpu->bus, &gpu->device, &tail) == 3;
    if (!strcmp(key, "cc")) return sscanf(value, "%d.%d%c", &gpu->major, &gpu->cc_minor, &tail) == 2;
    if (!strcmp(key, "pci_device")) return number(value, &k) && (gpu->pci = (unsigned)k, 1);
    if (!strcmp(key, "minor")) return set_int(&gpu->minor, value);
    if (!strcmp(key, "memory")) return set_long(&gpu->memory, value);
    if (!strcmp(key, "arch")) return set_int(&gpu->arch, value);
    if (!strcmp(key, "brand")) return set_int(&gpu->brand, value);
    if (!strcmp(key, "numa")) return set_int(&gpu->numa, value);
    if (!strcmp(key, "events")) return set_int(&gpu->events, value);
    if (!strcmp(key, "addressing")) return set_int(&gpu->addressing, value);
    if (!strcmp(key, "persistence")) return set_int(&gpu->persistence, value);
    if (!strcmp(key, "display_active")) return set_int(&gpu->display_active, value);
    if (!strcmp(key, "display_mode")) return set_int(&gpu->display_mode, value);
    if (!strcmp(key, "mig")) return set_int(&gpu->mig, value);
    if (!strcmp(key, "mig_pending")) return set_int(&gpu->mig_pending, value);
    if (!strcmp(key, "max_mig")) return set_int(&gpu->max_mig, value) && gpu->max_mig <= MAX_MIGS;
    if (!strcmp(key, "attach_ms")) return set_long(&gpu->attach_ms, value);
    if (!strcmp(key, "handle_code")) return set_int(&gpu->handle_code, value);
    if (!strcmp(key, "flags")) {
        gpu->handle_code = !strcmp(value, "forbidden") ? NO_PERMISSION : !strcmp(value, "lost") ? LOST : 0;
        return gpu->handle_code != 0;
    }
    return 0;
}

static int set_key(config *cfg, const char *key, const char *value) {
    if (!strncmp(key, "gpu.", 4)) {
        char *rest;
        long n = strtol(key + 4, &rest, 10);
        gpu_device *gpu = rest == key + 4 ? NULL : gpu_at(cfg, n);
        if (!gpu) return 0;
        if (n >= cfg->gpus) cfg->gpus = (int)n + 1;
        return *rest ? *rest == '.' && set_gpu(gpu, rest + 1, value) : set_board(gpu, n, value);
    }
    if (!strncmp(key, "latency_us.", 11)) {
        int i = cfg->latencies;
        if (i >= MAX_LATENCIES || !set_text(cfg->latency[i].function, sizeof cfg->latency[i].function, key + 11)) return 0;
        cfg->latencies++;
        return set_long(&cfg->latency[i].us, value);
    }
    if (!strcmp(key, "driver")) return set_text(cfg->driver, sizeof cfg->driver, value);
    if (!strcmp(key, "nvml")) return set_text(cfg->nvml, sizeof cfg->nvml, value);
    if (!strcmp(key, "events")) return set_text(cfg->events, sizeof cfg->events, value);
    if (!strcmp(key, "log")) return set_text(cfg->log, sizeof cfg->log, value);
    if (!strcmp(key, "cuda")) return set_int(&cfg->cuda, value);
    if (!strcmp(key, "privileged")) return set_int(&cfg->privileged, value);
    if (!strcmp(key, "latency_us")) return set_long(&cfg->latency_us, value);
    if (!strcmp(key, "attach_ms")) return set_long(&cfg->attach_ms, value);
    if (!strcmp(key, "seed")) {
        long seed;
        return number(value, &seed) && (cfg->seed = (unsigned long)seed, 1);
    }
    return 0;
}

static int add_rule(config *cfg, char *line) {
    char *save, *word = strtok_r(line, " \t", &save);
    if (cfg->rules >= MAX_RULES) return 0;
    rule *r = &cfg->rule[cfg->rules];
    memset(r, 0, sizeof *r);
    r->gpu = r->mig = r->call = r->after = r->code = -1;
    r->kind = !strcmp(word, "fail") ? FAIL : !strcmp(word, "hang") ? HANG : LONG_TEXT;
    if (!(word = strtok_r(NULL, " \t", &save)) || !set_text(r->function, sizeof r->function, word)) return 0;
    while ((word = strtok_r(NULL, " \t", &save))) {
        int ok;
        if (!strncmp(word, "gpu=", 4)) ok = set_int(&r->gpu, word + 4);
        else if (!strncmp(word, "mig=", 4)) ok = set_int(&r->mig, word + 4);
        else if (!strncmp(word, "call=", 5)) ok = set_int(&r->call, word + 5);
        else if (!strncmp(word, "after=", 6)) ok = set_int(&r->after, word + 6);
        else if (!strcmp(word, "always")) ok = 1;
        else if (r->kind == FAIL && !strncmp(word, "code=", 5)) ok = set_int(&r->code, word + 5);
        else if (r->kind == LONG_TEXT && !strncmp(word, "long=", 5)) ok = set_int(&r->code, word + 5);
        else if (r->kind == LONG_TEXT && !strcmp(word, "unterminated")) r->kind = UNTERMINATED, r->code = 0, ok = 1;
        else if (r->kind == HANG && !strncmp(word, "until_gone=", 11)) {
            /* The path is the rest of the line: it may hold spaces. */
            put(r->file, sizeof r->file, "%s%s%s", word + 11, *save ? " " : "", save);
            r->code = 0;
            break;
        } else ok = 0;
        if (!ok) return 0;
    }
    if (r->code < 0 && r->kind != FAIL) return 0;
    if (r->kind == FAIL && r->code == -1) return 0;
    cfg->rules++;
    return 1;
}

static const profile *find_profile(const gpu_device *gpu, const char *name) {
    for (int i = 0; gpu->board && i < COUNT(profiles); i++) {
        if (!strcmp(profiles[i].board, gpu->board->key) && !strcmp(profiles[i].name, name)) return &profiles[i];
    }
    return NULL;
}

/* The order in which an A100 was seen to hand out ids; what does not fit takes the next free one. */
static int default_gi(const gpu_device *gpu, int slices) {
    static const int ones[] = {13, 11, 12, 7, 8, 9, 10}, twos[] = {5, 3, 4}, threes[] = {2, 1}, fours[] = {1}, all[] = {0};
    const int *list = slices == 1 ? ones : slices == 2 ? twos : slices == 3 ? threes : slices == 4 ? fours : all;
    int length = slices == 1 ? 7 : slices == 2 ? 3 : slices == 3 ? 2 : 1;
    for (int i = 0; i < length + 15; i++) {
        int candidate = i < length ? list[i] : i - length, used = 0;
        for (int k = 0; k < MAX_MIGS; k++) used |= gpu->migs[k].present && gpu->migs[k].gi == candidate;
        if (!used) return candidate;
    }
    return 14;
}

static void complete_mig(config *cfg, gpu_device *gpu, int n, int k) {
    mig_device *mig = &gpu->migs[k];
    int first = 0, slices = 0, gb = 0;
    const char *whole = strchr(mig->profile, 'c');
    const char *gi_name = whole && whole[1] == '.' ? whole + 2 : mig->profile;
    if (sscanf(gi_name, "%dg.%dgb", &slices, &gb) < 1) slices = 1;
    first = gi_name == mig->profile ? slices : atoi(mig->profile);
    const profile *p = find_profile(gpu, gi_name);
    if (mig->gi_slices < 0) mig->gi_slices = p ? p->slices : slices;
    if (mig->ci_slices < 0) mig->ci_slices = first;
    if (mig->gi_index < 0) mig->gi_index = p ? p->index : slices == 7 ? 4 : slices - 1;
    if (mig->gi_profile < 0) mig->gi_profile = p ? p->id : mig->gi_index;
    for (int i = 0; mig->ci_index < 0 && i < COUNT(ci_slices_of_index); i++) {
        if (ci_slices_of_index[i] == mig->ci_slices) mig->ci_index = i;
    }
    if (mig->ci_profile < 0) mig->ci_profile = mig->ci_index;
    if (mig->memory < 0) mig->memory = p ? p->memory : gb * 1000L;
    mig->sms = (p ? p->sms : 14 * mig->gi_slices) * mig->ci_slices / (mig->gi_slices ? mig->gi_slices : 1);
    if (mig->gi < 0) mig->gi = default_gi(gpu, mig->gi_slices);
    if (mig->ci < 0) {
        mig->ci = 0;
        for (int other = 0; other < k; other++) {
            if (gpu->migs[other].present && gpu->migs[other].gi == mig->gi) mig->ci = gpu->migs[other].ci + 1;
        }
    }
    if (!*mig->uuid) {
        if (mig->legacy > 0 || (mig->legacy < 0 && atoi(cfg->driver) < 470)) {
            put(mig->uuid, TEXT, "MIG-%.200s/%d/%d", gpu->uuid, mig->gi, mig->ci);
        } else {
            derive_uuid(mig->uuid, "MIG-", cfg->seed * 1000003 + (uint64_t)n * 64 + (uint64_t)k + 1000);
        }
    }
    if (!*mig->name) put(mig->name, sizeof mig->name, "%.240s MIG %.240s", gpu->name, mig->profile);
}

static void complete(config *cfg) {
    if (!*cfg->nvml) put(cfg->nvml, sizeof cfg->nvml, "%d.%.200s", cfg->cuda / 1000, cfg->driver);
    for (int n = 0; n < cfg->gpus; n++) {
        gpu_device *gpu = gpu_at(cfg, n);
        if (!*gpu->uuid) derive_uuid(gpu->uuid, "GPU-", cfg->seed * 1000003 + (uint64_t)n);
        if (!*gpu->serial) put(gpu->serial, TEXT, "13%011u", (unsigned)(mix(cfg->seed + (uint64_t)n) >> 40));
        if (gpu->minor == -2) gpu->minor = n;
        if (gpu->mig_pending == -2) gpu->mig_pending = gpu->mig;
        if (gpu->attach_ms < 0) gpu->attach_ms = cfg->attach_ms;
        char layout[TEXT], *save, *word;
        strcpy(layout, gpu->layout);
        int k = 0, highest = 0;
        for (word = strtok_r(layout, " ,", &save); word && k < MAX_MIGS; word = strtok_r(NULL, " ,", &save), k++) {
            set_text(mig_at(gpu, k)->profile, TEXT, word);
        }
        for (k = 0; k < MAX_MIGS; k++) {
            if (gpu->migs[k].present) {
                complete_mig(cfg, gpu, n, k);
                highest = k + 1;
            }
        }
        if (gpu->max_mig == -2) gpu->max_mig = gpu->mig == 1 ? (highest > 7 ? highest : 7) : 0;
    }
}

static char *trim(char *text) {
    while (*text == ' ' || *text == '\t') text++;
    char *end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) *--end = 0;
    return text;
}

static config *parse(const char *path, char *text) {
    config *cfg = calloc(1, sizeof *cfg);
    cfg->text = strdup(text);
    cfg->cuda = 12060;
    cfg->privileged = 1;
    strcpy(cfg->driver, NVML_DOUBLE_VERSION);
    int line_number = 0;
    for (char *line = text, *next; line; line = next) {
        line_number++;
        next = strchr(line, '\n');
        if (next) *next++ = 0;
        char *content = trim(line);
        if (!*content || *content == '#') continue;
        int good;
        if (!strncmp(content, "fail ", 5) || !strncmp(content, "hang ", 5) || !strncmp(content, "text ", 5)) {
            good = add_rule(cfg, content);
        } else {
            char *equals = strchr(content, '=');
            good = equals != NULL;
            if (good) {
                *equals = 0;
                good = set_key(cfg, trim(content), trim(equals + 1));
            }
        }
        if (!good) {
            fprintf(stderr, "nvml-double: %s:%d: bad line\n", path, line_number);
            if (cfg->bads < COUNT(cfg->bad)) cfg->bad[cfg->bads++] = line_number;
        }
    }
    complete(cfg);
    return cfg;
}

static void log_line(const config *cfg, const char *format, ...) {
    char line[512];
    va_list args;
    if (!cfg || !*cfg->log) return;
    va_start(args, format);
    int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    int fd = open(cfg->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (fd >= 0) {
        if (write(fd, line, (size_t)length) != length) perror("nvml-double: log");
        close(fd);
    }
}

/* Where to read what to answer: FILE_NAME bytes. */
static void find_config(char *path) {
    const char *named = getenv("NVML_DOUBLE_CONFIG");
    Dl_info self;
    if (named) {
        snprintf(path, FILE_NAME, "%s", named);
    } else if (dladdr((void *)find_config, &self)) {
        snprintf(path, FILE_NAME, "%s.conf", self.dli_fname);
    } else {
        path[0] = 0;
    }
}

/* Reads the file anew; keeps the counters of the rules if it is the same text. */
static config *load(void) {
    char path[FILE_NAME];
    find_config(path);
    FILE *file = fopen(path, "re");
    if (!file) {
        fprintf(stderr, "nvml-double: cannot read its configuration %s\n", path);
        return NULL;
    }
    size_t size = 0, capacity = 1 << 16;
    char *text = malloc(capacity + 1);
    for (size_t got; (got = fread(text + size, 1, capacity - size, file)) > 0;) {
        size += got;
        if (size == capacity) text = realloc(text, (capacity *= 2) + 1);
    }
    fclose(file);
    text[size] = 0;
    config *cfg = current && !strcmp(current->text, text) ? current : parse(path, text);
    free(text);
    return cfg;
}

/* ---- Calls ---- */

typedef struct {
    const char *function;
    config *cfg;
    gpu_device *gpu;
    mig_device *mig;
    int gpu_index, mig_index, entered;
    struct timespec start;
} call;

enum { KIND_GPU = 1, KIND_MIG, KIND_GI, KIND_CI };

static void *make_handle(int kind, int gpu, int mig) {
    return (void *)(uintptr_t)(0x4E56000000000000u | (uint64_t)(generation & 0xffff) << 32 | (uint64_t)kind << 24
                               | (uint64_t)gpu << 12 | (uint64_t)mig << 4);
}

static void nap(long us) {
    if (us > 0) {
        struct timespec t = {us / 1000000, us % 1000000 * 1000};
        nanosleep(&t, NULL);
    }
}

static void begin(call *c, const char *function) {
    memset(c, 0, sizeof *c);
    c->function = function;
    c->gpu_index = c->mig_index = -1;
    clock_gettime(CLOCK_MONOTONIC, &c->start);
    pthread_mutex_lock(&lock);
    c->cfg = current;
    inside++;
    total_calls++;
    pthread_mutex_unlock(&lock);
}

static int session(void) {
    pthread_mutex_lock(&lock);
    int open = references > 0;
    pthread_mutex_unlock(&lock);
    return open ? OK : UNINITIALIZED;
}

/* Finds the device of a handle; kinds is a bit mask. A handle of another session or another kind is invalid. */
static int resolve(call *c, const void *handle, int kinds) {
    int code = session();
    if (code) return code;
    uint64_t h = (uintptr_t)handle;
    int kind = (int)(h >> 24 & 0xff), gpu = (int)(h >> 12 & 0xfff), mig = (int)(h >> 4 & 0xff);
    if (h >> 48 != 0x4E56 || (h >> 32 & 0xffff) != (uint64_t)(generation & 0xffff) || (h & 15) || kind < KIND_GPU
        || kind > KIND_CI || gpu >= c->cfg->gpus || mig >= MAX_MIGS) {
        return INVALID;
    }
    c->gpu_index = gpu;
    c->gpu = &c->cfg->gpu[gpu];
    if (kind != KIND_GPU) {
        if (!c->gpu->migs[mig].present) return INVALID;
        c->mig_index = mig;
        c->mig = &c->gpu->migs[mig];
    }
    return kinds & 1 << kind ? OK : INVALID;
}

static int matches(const rule *r, const call *c) {
    return (!strcmp(r->function, "*") || !strcmp(r->function, c->function)) && (r->gpu < 0 || r->gpu == c->gpu_index)
           && (r->mig < 0 || r->mig == c->mig_index);
}

/* Latency, then hanging, then failing as the rules say. */
static int gate(call *c) {
    config *cfg = c->cfg;
    if (!cfg) return OK;
    long us = cfg->latency_us;
    for (int i = 0; i < cfg->latencies; i++) {
        if (!strcmp(cfg->latency[i].function, c->function)) us = cfg->latency[i].us;
    }
    nap(us);
    int code = OK;
    for (int i = 0; i < cfg->rules; i++) {
        rule *r = &cfg->rule[i];
        if ((r->kind != FAIL && r->kind != HANG) || !matches(r, c)) continue;
        pthread_mutex_lock(&lock);
        int seen = ++r->seen;
        pthread_mutex_unlock(&lock);
        if ((r->call >= 0 && seen != r->call) || (r->after >= 0 && seen <= r->after)) continue;
        if (r->kind == HANG) {
            while (access(r->file, F_OK) == 0) nap(5000);
        } else if (!code) {
            code = r->code;
        }
    }
    return code;
}

static int finish(call *c, int code) {
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    long us = (end.tv_sec - c->start.tv_sec) * 1000000 + (end.tv_nsec - c->start.tv_nsec) / 1000;
    pthread_mutex_lock(&lock);
    inside--;
    if (code) total_failed++;
    log_line(c->cfg, "call %s gpu=%d mig=%d code=%d thread=%d us=%ld\n", c->function, c->gpu_index, c->mig_index, code,
             (int)gettid(), us);
    pthread_mutex_unlock(&lock);
    return code;
}

/* Ends a call; what it would have written is poisoned if it failed. */
static int end(call *c, int code, void *out, size_t size) {
    if (code && out) memset(out, 0xA5, size);
    return finish(c, code);
}

static int open_device(call *c, const char *function, const void *handle, int kinds) {
    begin(c, function);
    int code = resolve(c, handle, kinds);
    int ruled = gate(c);
    return code ? code : ruled;
}

static int open_session(call *c, const char *function) {
    begin(c, function);
    int code = session();
    int ruled = gate(c);
    return code ? code : ruled;
}

static int put_text(call *c, char *out, unsigned length, const char *text) {
    if (!out) return INVALID;
    if (!text) return NOT_SUPPORTED;
    size_t size = strlen(text);
    for (int i = 0; c->cfg && i < c->cfg->rules; i++) {
        const rule *r = &c->cfg->rule[i];
        if (r->kind == UNTERMINATED && matches(r, c)) {
            for (unsigned j = 0; j < length; j++) out[j] = j < size ? text[j] : 'x';
            return OK;
        }
        if (r->kind == LONG_TEXT && matches(r, c) && (size_t)r->code > size) {
            if ((unsigned)r->code >= length) return TOO_SMALL;
            memset(out, 'x', (size_t)r->code);
            memcpy(out, text, size);
            out[r->code] = 0;
            return OK;
        }
    }
    if (size >= length) return TOO_SMALL;
    strcpy(out, text);
    return OK;
}

#define ANY_DEVICE (1 << KIND_GPU | 1 << KIND_MIG)
#define ONLY(kind) (1 << (kind))

/* ---- Lifecycle ---- */

static int attach(call *c, gpu_device *gpu) {
    if (gpu->handle_code) return gpu->handle_code;
    pthread_mutex_lock(&lock);
    int first = !gpu->attached;
    gpu->attached = 1;
    if (first) total_attached++;
    pthread_mutex_unlock(&lock);
    (void)c;
    if (first) nap(gpu->attach_ms * 1000);
    return OK;
}

static int init(const char *function, int attach_all) {
    call c;
    begin(&c, function);
    pthread_mutex_lock(&lock);
    config *cfg = load();
    int fresh = cfg && cfg != current;
    if (cfg) current = c.cfg = cfg;
    pthread_mutex_unlock(&lock);
    if (!cfg) return finish(&c, NOT_LOADED);
    for (int i = 0; fresh && i < cfg->bads; i++) log_line(cfg, "bad line=%d\n", cfg->bad[i]);
    int code = gate(&c);
    for (int n = 0; !code && attach_all && n < cfg->gpus; n++) {
        if (cfg->gpu[n].handle_code != NO_PERMISSION) code = attach(&c, &cfg->gpu[n]);
    }
    if (!code) {
        pthread_mutex_lock(&lock);
        if (references++ == 0) generation++;
        total_inits++;
        pthread_mutex_unlock(&lock);
    }
    return finish(&c, code);
}

EXPORT int nvmlInit_v2(void) {
    return init("nvmlInit_v2", 0);
}

EXPORT int nvmlInit(void) {
    return init("nvmlInit", 1);
}

EXPORT int nvmlInitWithFlags(unsigned flags) {
    (void)flags;
    return init("nvmlInitWithFlags", 0);
}

EXPORT int nvmlShutdown(void) {
    call c;
    begin(&c, "nvmlShutdown");
    int code = gate(&c), last = 0, overlap = 0;
    pthread_mutex_lock(&lock);
    total_shutdowns++;
    if (!code && references > 0 && --references == 0) {
        last = 1;
        overlap = inside - 1;
        for (int n = 0; n < c.cfg->gpus; n++) c.cfg->gpu[n].attached = 0;
    }
    pthread_mutex_unlock(&lock);
    finish(&c, code);
    if (last) {
        pthread_mutex_lock(&lock);
        if (overlap) log_line(c.cfg, "overlap calls=%d\n", overlap);
        log_line(c.cfg, "total calls=%lu inits=%lu shutdowns=%lu failed=%lu attached=%lu\n", total_calls, total_inits,
                 total_shutdowns, total_failed, total_attached);
        total_calls = total_inits = total_shutdowns = total_failed = total_attached = 0;
        pthread_mutex_unlock(&lock);
    }
    return code;
}

EXPORT const char *nvmlErrorString(int code) {
    switch (code) {
        case OK: return "Success";
        case UNINITIALIZED: return "Uninitialized";
        case INVALID: return "Invalid Argument";
        case NOT_SUPPORTED: return "Not Supported";
        case NO_PERMISSION: return "Insufficient Permissions";
        case NOT_FOUND: return "Not Found";
        case TOO_SMALL: return "Insufficient Size";
        case NOT_LOADED: return "Driver Not Loaded";
        case TIMED_OUT: return "Timeout";
        case LOST: return "GPU is lost";
        case BAD_VERSION: return "Argument version mismatch";
        default: return "Unknown Error";
    }
}

/* ---- System ---- */

EXPORT int nvmlSystemGetDriverVersion(char *out, unsigned length) {
    call c;
    int code = open_session(&c, "nvmlSystemGetDriverVersion");
    if (!code) code = put_text(&c, out, length, c.cfg->driver);
    return end(&c, code, out, length);
}

EXPORT int nvmlSystemGetNVMLVersion(char *out, unsigned length) {
    call c;
    int code = open_session(&c, "nvmlSystemGetNVMLVersion");
    const char *version = c.cfg ? c.cfg->nvml : "12." NVML_DOUBLE_VERSION;
    /* From 535 on it works without init. */
    if (code == UNINITIALIZED && atoi(c.cfg ? c.cfg->driver : NVML_DOUBLE_VERSION) >= 535) code = OK;
    if (!code) code = put_text(&c, out, length, version);
    return end(&c, code, out, length);
}

static int cuda_version(const char *function, int *out) {
    call c;
    int code = open_session(&c, function);
    if (!code && !out) code = INVALID;
    if (!code) *out = c.cfg->cuda;
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlSystemGetCudaDriverVersion(int *out) {
    return cuda_version("nvmlSystemGetCudaDriverVersion", out);
}

EXPORT int nvmlSystemGetCudaDriverVersion_v2(int *out) {
    return cuda_version("nvmlSystemGetCudaDriverVersion_v2", out);
}

EXPORT int nvmlGetExcludedDeviceCount(unsigned *out) {
    call c;
    int code = open_session(&c, "nvmlGetExcludedDeviceCount");
    if (!code && !out) code = INVALID;
    if (!code) *out = 0;
    return end(&c, code, out, sizeof *out);
}

/* ---- Handles ---- */

static int count(const char *function, unsigned *out, int hide) {
    call c;
    int code = open_session(&c, function);
    if (!code && !out) code = INVALID;
    if (!code) {
        *out = 0;
        for (int n = 0; n < c.cfg->gpus; n++) *out += !(hide && c.cfg->gpu[n].handle_code == NO_PERMISSION);
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlDeviceGetCount(unsigned *out) {
    return count("nvmlDeviceGetCount", out, 1);
}

EXPORT int nvmlDeviceGetCount_v2(unsigned *out) {
    return count("nvmlDeviceGetCount_v2", out, 0);
}

static int handle_of_gpu(call *c, int n, void **out) {
    c->gpu_index = n;
    c->gpu = &c->cfg->gpu[n];
    int code = gate(c);
    if (!code) code = attach(c, c->gpu);
    if (!code) *out = make_handle(KIND_GPU, n, 0);
    return code;
}

static int by_index(const char *function, unsigned index, void **out, int hide) {
    call c;
    begin(&c, function);
    int code = session();
    if (!code && !out) code = INVALID;
    if (!code) {
        int n = 0;
        for (unsigned left = index; n < c.cfg->gpus; n++) {
            if (hide && c.cfg->gpu[n].handle_code == NO_PERMISSION) continue;
            if (left-- == 0) break;
        }
        code = n < c.cfg->gpus ? handle_of_gpu(&c, n, out) : INVALID;
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlDeviceGetHandleByIndex(unsigned index, void **out) {
    return by_index("nvmlDeviceGetHandleByIndex", index, out, 1);
}

EXPORT int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **out) {
    return by_index("nvmlDeviceGetHandleByIndex_v2", index, out, 0);
}

EXPORT int nvmlDeviceGetHandleByUUID(const char *uuid, void **out) {
    call c;
    begin(&c, "nvmlDeviceGetHandleByUUID");
    int code = session();
    if (!code && (!out || !uuid)) code = INVALID;
    if (!code) {
        code = strncmp(uuid, "GPU-", 4) && strncmp(uuid, "MIG-", 4) && strlen(uuid) != 36 ? INVALID : NOT_FOUND;
        int found = 0;
        for (int n = 0; n < c.cfg->gpus && !found; n++) {
            if (!strcmp(c.cfg->gpu[n].uuid, uuid)) {
                found = 1;
                code = handle_of_gpu(&c, n, out);
            }
            for (int k = 0; k < MAX_MIGS && !found; k++) {
                if (c.cfg->gpu[n].migs[k].present && !strcmp(c.cfg->gpu[n].migs[k].uuid, uuid)) {
                    found = 1;
                    c.mig_index = k;
                    code = handle_of_gpu(&c, n, out);
                    if (!code) *out = make_handle(KIND_MIG, n, k);
                }
            }
        }
        if (!found) {
            int ruled = gate(&c);
            if (ruled) code = ruled;
        }
    }
    return end(&c, code, out, sizeof *out);
}

static int by_bus_id(const char *function, const char *id, void **out) {
    call c;
    begin(&c, function);
    int code = session();
    unsigned domain = 0, bus = 0, device = 0;
    if (!code && (!out || !id)) code = INVALID;
    if (!code && sscanf(id, "%x:%x:%x", &domain, &bus, &device) != 3) {
        domain = 0;
        if (sscanf(id, "%x:%x", &bus, &device) != 2) code = INVALID;
    }
    if (!code) {
        int n = 0;
        while (n < c.cfg->gpus
               && (c.cfg->gpu[n].domain != domain || c.cfg->gpu[n].bus != bus || c.cfg->gpu[n].device != device)) {
            n++;
        }
        code = n < c.cfg->gpus ? handle_of_gpu(&c, n, out) : NOT_FOUND;
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlDeviceGetHandleByPciBusId(const char *id, void **out) {
    return by_bus_id("nvmlDeviceGetHandleByPciBusId", id, out);
}

EXPORT int nvmlDeviceGetHandleByPciBusId_v2(const char *id, void **out) {
    return by_bus_id("nvmlDeviceGetHandleByPciBusId_v2", id, out);
}

/* ---- Text and numbers of a device ---- */

#define DEVICE_TEXT(function, kinds, value)                                                                            \
    EXPORT int function(void *device, char *out, unsigned length) {                                                    \
        call c;                                                                                                        \
        int code = open_device(&c, #function, device, ANY_DEVICE);                                                     \
        if (!code && c.mig && !((kinds) & ONLY(KIND_MIG))) code = NOT_SUPPORTED;                                       \
        if (!code) code = put_text(&c, out, length, value);                                                            \
        return end(&c, code, out, length);                                                                             \
    }

/* A negative value is a code with its sign turned. */
#define DEVICE_NUMBER(function, kinds, value)                                                                          \
    EXPORT int function(void *device, unsigned *out) {                                                                 \
        call c;                                                                                                        \
        int code = open_device(&c, #function, device, ANY_DEVICE);                                                     \
        if (!code && !out) code = INVALID;                                                                             \
        if (!code && !((kinds) & ONLY(c.mig ? KIND_MIG : KIND_GPU))) code = NOT_SUPPORTED;                             \
        if (!code) {                                                                                                   \
            long number = (value);                                                                                     \
            if (number < 0) code = (int)-number;                                                                       \
            else *out = (unsigned)number;                                                                              \
        }                                                                                                              \
        return end(&c, code, out, sizeof *out);                                                                        \
    }

#define OR_UNSUPPORTED(value) ((value) < 0 ? -(long)NOT_SUPPORTED : (long)(value))

DEVICE_TEXT(nvmlDeviceGetUUID, ANY_DEVICE, c.mig ? c.mig->uuid : c.gpu->uuid)
DEVICE_TEXT(nvmlDeviceGetName, ANY_DEVICE, c.mig ? c.mig->name : c.gpu->name)
DEVICE_TEXT(nvmlDeviceGetSerial, ONLY(KIND_GPU), strcmp(c.gpu->serial, "-") ? c.gpu->serial : NULL)
DEVICE_NUMBER(nvmlDeviceGetMinorNumber, ONLY(KIND_GPU), OR_UNSUPPORTED(c.gpu->minor))
DEVICE_NUMBER(nvmlDeviceGetIndex, ANY_DEVICE, c.mig ? c.mig_index : c.gpu_index)
DEVICE_NUMBER(nvmlDeviceGetBrand, ONLY(KIND_GPU), OR_UNSUPPORTED(c.gpu->brand))
DEVICE_NUMBER(nvmlDeviceGetArchitecture, ANY_DEVICE, c.gpu->arch < 0 ? 0xffffffffL : (long)c.gpu->arch)
DEVICE_NUMBER(nvmlDeviceGetPersistenceMode, ONLY(KIND_GPU), OR_UNSUPPORTED(c.gpu->persistence))
DEVICE_NUMBER(nvmlDeviceGetDisplayActive, ONLY(KIND_GPU), OR_UNSUPPORTED(c.gpu->display_active))
DEVICE_NUMBER(nvmlDeviceGetDisplayMode, ONLY(KIND_GPU), OR_UNSUPPORTED(c.gpu->display_mode))
DEVICE_NUMBER(nvmlDeviceGetNumaNodeId, ONLY(KIND_GPU), OR_UNSUPPORTED(c.gpu->numa))
DEVICE_NUMBER(nvmlDeviceGetMaxMigDeviceCount, ONLY(KIND_GPU), c.gpu->max_mig)
DEVICE_NUMBER(nvmlDeviceIsMigDeviceHandle, ANY_DEVICE, c.mig ? 1 : 0)
DEVICE_NUMBER(nvmlDeviceGetGpuInstanceId, ONLY(KIND_MIG), c.mig->gi)
DEVICE_NUMBER(nvmlDeviceGetComputeInstanceId, ONLY(KIND_MIG), c.mig->ci)

EXPORT int nvmlDeviceGetCudaComputeCapability(void *device, int *major, int *minor) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetCudaComputeCapability", device, ANY_DEVICE);
    if (!code && (!major || !minor)) code = INVALID;
    if (!code) {
        *major = c.gpu->major;
        *minor = c.gpu->cc_minor;
    } else if (minor) {
        memset(minor, 0xA5, sizeof *minor);
    }
    return end(&c, code, major, sizeof *major);
}

EXPORT int nvmlDeviceGetMigMode(void *device, unsigned *now, unsigned *pending) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetMigMode", device, ANY_DEVICE);
    if (!code && (!now || !pending)) code = INVALID;
    if (!code && (c.mig || c.gpu->mig < 0)) code = NOT_SUPPORTED;
    if (!code) {
        *now = (unsigned)c.gpu->mig;
        *pending = (unsigned)c.gpu->mig_pending;
    } else if (pending) {
        memset(pending, 0xA5, sizeof *pending);
    }
    return end(&c, code, now, sizeof *now);
}

/* ---- Structs of a device ---- */

static void fill_pci(const gpu_device *gpu, pci_info *out) {
    memset(out, 0, offsetof(pci_info, busId));
    put(out->busIdLegacy, sizeof out->busIdLegacy, "%04X:%02X:%02X.0", gpu->domain & 0xffff, gpu->bus & 0xff,
        gpu->device & 0x1f);
    out->domain = gpu->domain;
    out->bus = gpu->bus;
    out->device = gpu->device;
    out->pciDeviceId = gpu->pci;
    out->pciSubSystemId = 0x134F10DE;
}

static int pci(const char *function, void *device, pci_info *out, size_t size) {
    call c;
    int code = open_device(&c, function, device, ANY_DEVICE);
    if (!code && !out) code = INVALID;
    if (!code) {
        fill_pci(c.gpu, out);
        if (size == sizeof *out) {
            memset(out->busId, 0, sizeof out->busId);
            put(out->busId, sizeof out->busId, "%08X:%02X:%02X.0", c.gpu->domain, c.gpu->bus & 0xff, c.gpu->device & 0x1f);
        }
    }
    return end(&c, code, out, size);
}

EXPORT int nvmlDeviceGetPciInfo(void *device, pci_info *out) {
    return pci("nvmlDeviceGetPciInfo", device, out, offsetof(pci_info, busId));
}

EXPORT int nvmlDeviceGetPciInfo_v2(void *device, pci_info *out) {
    return pci("nvmlDeviceGetPciInfo_v2", device, out, offsetof(pci_info, busId));
}

EXPORT int nvmlDeviceGetPciInfo_v3(void *device, pci_info *out) {
    return pci("nvmlDeviceGetPciInfo_v3", device, out, sizeof *out);
}

EXPORT int nvmlDeviceGetPciInfoExt(void *device, pci_info_ext *out) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetPciInfoExt", device, ANY_DEVICE);
    if (!code && !out) code = INVALID;
    if (!code && out->version != VERSION_WORD(pci_info_ext, 1)) return finish(&c, BAD_VERSION);
    if (!code) {
        pci_info info;
        fill_pci(c.gpu, &info);
        memset(&out->domain, 0, sizeof *out - sizeof out->version);
        out->domain = info.domain;
        out->bus = info.bus;
        out->device = info.device;
        out->pciDeviceId = info.pciDeviceId;
        out->pciSubSystemId = info.pciSubSystemId;
        out->baseClass = 3;
        out->subClass = 2;
        put(out->busId, sizeof out->busId, "%08X:%02X:%02X.0", info.domain, info.bus & 0xff, info.device & 0x1f);
    }
    return end(&c, code, out, sizeof *out);
}

static long memory_of(const call *c) {
    return c->mig ? c->mig->memory : c->gpu->memory;
}

EXPORT int nvmlDeviceGetMemoryInfo(void *device, memory_v1 *out) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetMemoryInfo", device, ANY_DEVICE);
    if (!code && !out) code = INVALID;
    if (!code && memory_of(&c) < 0) code = NOT_SUPPORTED;
    if (!code) {
        out->total = (uint64_t)memory_of(&c) << 20;
        out->used = 512u << 20;
        out->free = out->total - out->used;
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlDeviceGetMemoryInfo_v2(void *device, memory_v2 *out) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetMemoryInfo_v2", device, ANY_DEVICE);
    if (!code && !out) code = INVALID;
    if (!code && out->version != VERSION_WORD(memory_v2, 2)) return finish(&c, BAD_VERSION);
    if (!code && memory_of(&c) < 0) code = NOT_SUPPORTED;
    if (!code) {
        out->total = (uint64_t)memory_of(&c) << 20;
        out->reserved = 500u << 20;
        out->used = 12u << 20;
        out->free = out->total - out->reserved - out->used;
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlDeviceGetAddressingMode(void *device, addressing_mode *out) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetAddressingMode", device, ANY_DEVICE);
    if (!code && !out) code = INVALID;
    if (!code && out->version != VERSION_WORD(addressing_mode, 1)) return finish(&c, BAD_VERSION);
    if (!code && (c.mig || c.gpu->addressing < 0)) code = NOT_SUPPORTED;
    if (!code) out->value = (unsigned)c.gpu->addressing;
    return end(&c, code, out, sizeof *out);
}

/* ---- MIG ---- */

EXPORT int nvmlDeviceGetMigDeviceHandleByIndex(void *device, unsigned index, void **out) {
    call c;
    begin(&c, "nvmlDeviceGetMigDeviceHandleByIndex");
    int code = resolve(&c, device, ONLY(KIND_GPU));
    if (!code) c.mig_index = (int)index;
    int ruled = gate(&c);
    if (!code) code = ruled;
    if (!code && !out) code = INVALID;
    if (!code && c.gpu->mig < 0) code = NOT_SUPPORTED;
    if (!code && index >= (unsigned)c.gpu->max_mig) code = INVALID;
    if (!code && (index >= MAX_MIGS || c.gpu->mig != 1 || !c.gpu->migs[index].present)) code = NOT_FOUND;
    if (!code) *out = make_handle(KIND_MIG, c.gpu_index, (int)index);
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlDeviceGetDeviceHandleFromMigDeviceHandle(void *device, void **out) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetDeviceHandleFromMigDeviceHandle", device, ONLY(KIND_MIG));
    if (!code && !out) code = INVALID;
    if (!code) *out = make_handle(KIND_GPU, c.gpu_index, 0);
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlDeviceGetAttributes_v2(void *device, attributes *out) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetAttributes_v2", device, ONLY(KIND_MIG));
    if (!code && !out) code = INVALID;
    if (!code) {
        memset(out, 0, sizeof *out);
        out->multiprocessorCount = (unsigned)c.mig->sms;
        out->sharedCopyEngineCount = (unsigned)c.mig->gi_slices;
        out->gpuInstanceSliceCount = (unsigned)c.mig->gi_slices;
        out->computeInstanceSliceCount = (unsigned)c.mig->ci_slices;
        out->memorySizeMB = (uint64_t)c.mig->memory;
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlDeviceGetGpuInstanceById(void *device, unsigned id, void **out) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetGpuInstanceById", device, ONLY(KIND_GPU));
    if (!code && !out) code = INVALID;
    if (!code && !c.cfg->privileged) code = NO_PERMISSION;
    if (!code) {
        code = NOT_FOUND;
        for (int k = 0; k < MAX_MIGS && code; k++) {
            if (c.gpu->migs[k].present && c.gpu->migs[k].gi == (int)id) {
                *out = make_handle(KIND_GI, c.gpu_index, k);
                code = OK;
            }
        }
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlGpuInstanceGetInfo(void *instance, gi_info *out) {
    call c;
    int code = open_device(&c, "nvmlGpuInstanceGetInfo", instance, ONLY(KIND_GI));
    if (!code && !out) code = INVALID;
    if (!code) {
        memset(out, 0, sizeof *out);
        out->device = make_handle(KIND_GPU, c.gpu_index, 0);
        out->id = (unsigned)c.mig->gi;
        out->profileId = (unsigned)c.mig->gi_profile;
        out->place.start = (unsigned)c.mig->start;
        out->place.size = (unsigned)c.mig->gi_slices;
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlGpuInstanceGetComputeInstanceById(void *instance, unsigned id, void **out) {
    call c;
    int code = open_device(&c, "nvmlGpuInstanceGetComputeInstanceById", instance, ONLY(KIND_GI));
    if (!code && !out) code = INVALID;
    if (!code && !c.cfg->privileged) code = NO_PERMISSION;
    if (!code) {
        code = NOT_FOUND;
        for (int k = 0; k < MAX_MIGS && code; k++) {
            mig_device *mig = &c.gpu->migs[k];
            if (mig->present && mig->gi == c.mig->gi && mig->ci == (int)id) {
                *out = make_handle(KIND_CI, c.gpu_index, k);
                code = OK;
            }
        }
    }
    return end(&c, code, out, sizeof *out);
}

static int compute_info(const char *function, void *instance, ci_info *out, size_t size) {
    call c;
    int code = open_device(&c, function, instance, ONLY(KIND_CI));
    if (!code && !out) code = INVALID;
    if (!code) {
        memset(out, 0, size);
        out->device = make_handle(KIND_GPU, c.gpu_index, 0);
        out->gpuInstance = make_handle(KIND_GI, c.gpu_index, c.mig_index);
        out->id = (unsigned)c.mig->ci;
        out->profileId = (unsigned)c.mig->ci_profile;
    }
    return end(&c, code, out, size);
}

EXPORT int nvmlComputeInstanceGetInfo(void *instance, ci_info *out) {
    return compute_info("nvmlComputeInstanceGetInfo", instance, out, offsetof(ci_info, place));
}

EXPORT int nvmlComputeInstanceGetInfo_v2(void *instance, ci_info *out) {
    return compute_info("nvmlComputeInstanceGetInfo_v2", instance, out, sizeof *out);
}

EXPORT int nvmlDeviceGetGpuInstanceProfileInfo(void *device, unsigned index, gi_profile_info *out) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetGpuInstanceProfileInfo", device, ONLY(KIND_GPU));
    if (!code && (!out || index > 17)) code = INVALID;
    if (!code) {
        code = NOT_SUPPORTED;
        memset(out, 0, sizeof *out);
        for (int k = 0; k < MAX_MIGS; k++) {
            const mig_device *mig = &c.gpu->migs[k];
            if (mig->present && mig->gi_index == (int)index) {
                out->id = (unsigned)mig->gi_profile;
                out->sliceCount = (unsigned)mig->gi_slices;
                out->instanceCount = 1;
                out->memorySizeMB = (uint64_t)mig->memory;
                code = OK;
            }
        }
        for (int i = 0; code && c.gpu->board && i < COUNT(profiles); i++) {
            const profile *p = &profiles[i];
            if (!strcmp(p->board, c.gpu->board->key) && p->index == (int)index) {
                out->id = (unsigned)p->id;
                out->sliceCount = (unsigned)p->slices;
                out->instanceCount = (unsigned)p->max;
                out->multiprocessorCount = (unsigned)p->sms;
                out->memorySizeMB = (uint64_t)p->memory;
                code = OK;
            }
        }
    }
    return end(&c, code, out, sizeof *out);
}

EXPORT int nvmlGpuInstanceGetComputeInstanceProfileInfo(
    void *instance, unsigned index, unsigned engine, ci_profile_info *out) {
    call c;
    int code = open_device(&c, "nvmlGpuInstanceGetComputeInstanceProfileInfo", instance, ONLY(KIND_GI));
    if (!code && (!out || index >= (unsigned)COUNT(ci_slices_of_index) || engine != 0)) code = INVALID;
    if (!code) {
        int slices = ci_slices_of_index[index], id = slices <= c.mig->gi_slices ? (int)index : -1;
        for (int k = 0; k < MAX_MIGS; k++) {
            const mig_device *mig = &c.gpu->migs[k];
            if (mig->present && mig->gi == c.mig->gi && mig->ci_index == (int)index) id = mig->ci_profile;
        }
        code = id < 0 ? NOT_SUPPORTED : OK;
        memset(out, 0, sizeof *out);
        out->id = (unsigned)id;
        out->sliceCount = (unsigned)slices;
        out->instanceCount = (unsigned)(c.mig->gi_slices / slices);
    }
    return end(&c, code, out, sizeof *out);
}

static int possible_placements(const char *function, void *device, unsigned *n) {
    call c;
    int code = open_device(&c, function, device, ONLY(KIND_GPU));
    if (!code && !n) code = INVALID;
    if (!code && !c.cfg->privileged) code = NO_PERMISSION;
    if (!code) *n = 0;
    return end(&c, code, n, sizeof *n);
}

EXPORT int nvmlDeviceGetGpuInstancePossiblePlacements(void *device, unsigned profile_id, placement *out, unsigned *n) {
    (void)profile_id, (void)out;
    return possible_placements("nvmlDeviceGetGpuInstancePossiblePlacements", device, n);
}

EXPORT int nvmlDeviceGetGpuInstancePossiblePlacements_v2(void *device, unsigned profile_id, placement *out, unsigned *n) {
    (void)profile_id, (void)out;
    return possible_placements("nvmlDeviceGetGpuInstancePossiblePlacements_v2", device, n);
}

/* ---- Events ---- */

/* One event set at a time, the last that was made: who listens needs no other. */
static struct {
    int made;
    uint64_t mask[MAX_GPUS];
    long offset;
} event_set;

EXPORT int nvmlEventSetCreate(void **set) {
    call c;
    int code = open_session(&c, "nvmlEventSetCreate");
    if (!code && !set) code = INVALID;
    if (!code) {
        memset(&event_set, 0, sizeof event_set);
        event_set.made = 1;
        FILE *file = fopen(c.cfg->events, "r");
        if (file) {
            fseek(file, 0, SEEK_END);
            event_set.offset = ftell(file);
            fclose(file);
        }
        *set = &event_set;
    }
    return end(&c, code, set, sizeof *set);
}

EXPORT int nvmlEventSetFree(void *set) {
    call c;
    int code = open_session(&c, "nvmlEventSetFree");
    if (!code && (set != &event_set || !event_set.made)) code = INVALID;
    if (!code) event_set.made = 0;
    return finish(&c, code);
}

EXPORT int nvmlDeviceGetSupportedEventTypes(void *device, uint64_t *types) {
    call c;
    int code = open_device(&c, "nvmlDeviceGetSupportedEventTypes", device, ONLY(KIND_GPU));
    if (!code && !types) code = INVALID;
    if (!code && c.gpu->events < 0) code = NOT_SUPPORTED;
    if (!code) *types = (uint64_t)c.gpu->events;
    return end(&c, code, types, sizeof *types);
}

EXPORT int nvmlDeviceRegisterEvents(void *device, uint64_t types, void *set) {
    call c;
    int code = open_device(&c, "nvmlDeviceRegisterEvents", device, ONLY(KIND_GPU));
    if (!code && (set != &event_set || !event_set.made)) code = INVALID;
    if (!code && (c.gpu->events < 0 || types & ~(uint64_t)c.gpu->events)) code = NOT_SUPPORTED;
    if (!code) event_set.mask[c.gpu_index] |= types;
    return finish(&c, code);
}

/* The next whole line of the file that somebody waits for. */
static int next_event(const config *cfg, event_data *data) {
    FILE *file = fopen(cfg->events, "r");
    char line[TEXT];
    unsigned gpu;
    unsigned long long type, number;
    int found = 0;
    if (!file) return 0;
    fseek(file, event_set.offset, SEEK_SET);
    while (!found && fgets(line, sizeof line, file) && strchr(line, '\n')) {
        event_set.offset = ftell(file);
        found = sscanf(line, "%u %lli %llu", &gpu, &type, &number) == 3 && gpu < MAX_GPUS && event_set.mask[gpu] & type;
    }
    fclose(file);
    if (found) *data = (event_data){make_handle(KIND_GPU, (int)gpu, 0), type, number, 0xffffffff, 0xffffffff};
    return found;
}

EXPORT int nvmlEventSetWait_v2(void *set, event_data *data, unsigned timeout_ms) {
    call c;
    int code = open_session(&c, "nvmlEventSetWait_v2");
    if (!code && (!data || set != &event_set || !event_set.made)) code = INVALID;
    for (unsigned waited = 0; !code && !next_event(c.cfg, data); waited += 5) {
        if (waited >= timeout_ms) code = TIMED_OUT;
        else nap(5000);
    }
    return end(&c, code, data, sizeof *data);
}

/* Every entry of the table below. */
static int without_a_name(void) {
    return NOT_SUPPORTED;
}

/* NVIDIA's own programs take a library without it for another driver's. What its tables hold nobody tells: the first
 * word is the size, and those programs do without the rest. */
EXPORT int nvmlInternalGetExportTable(const void **table, const void *id) {
    static const void *entries[32];
    if (!table || !id) return INVALID;
    entries[0] = (const void *)sizeof entries;
    for (int i = 1; i < (int)COUNT(entries); i++) entries[i] = (const void *)(uintptr_t)without_a_name;
    *table = entries;
    return OK;
}

/* What changes a GPU is refused, always. */
#define REFUSED(function, ...)                                                                                         \
    EXPORT int function(__VA_ARGS__) {                                                                                 \
        call c;                                                                                                        \
        int code = open_device(&c, #function, device, ONLY(KIND_GPU));                                                 \
        return finish(&c, code ? code : NO_PERMISSION);                                                                \
    }

REFUSED(nvmlDeviceSetMigMode, void *device, unsigned mode, int *status)
REFUSED(nvmlDeviceCreateGpuInstance, void *device, unsigned profile_id, void **instance)
REFUSED(nvmlDeviceSetPersistenceMode, void *device, int mode)
