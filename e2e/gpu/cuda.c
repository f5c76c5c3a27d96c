/*
 * A CUDA program by the driver's interface alone, so that it needs no toolkit: uses each GPU that the driver shows it, then
 * tells which libraries it has mapped. A line each, fields separated by tabs:
 *
 *   call NAME CODE             a call that failed, or dlopen with the loader's message
 *   device INDEX UUID NAME     a GPU or MIG device, after memory was allocated, written, changed by a kernel and read back
 *   mapped PATH                a library of this process, once it has done what it could of that
 *
 * Standard error has the name of each call before it is made. Exit 1 if one GPU was of no use.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#define COUNT 32

/* Adds one to each number. A driver takes this for any newer GPU, but drops old targets in time: two are tried. */
#define OLD_TARGET "sm_50"
#define NEW_TARGET "sm_75"
static const char kernel_text[] =
    ".version 6.4\n"
    ".target %s\n"
    ".address_size 64\n"
    ".visible .entry increment(\n"
    "    .param .u64 numbers\n"
    ")\n"
    "{\n"
    "    .reg .b32 %%r<4>;\n"
    "    .reg .b64 %%rd<5>;\n"
    "    ld.param.u64 %%rd1, [numbers];\n"
    "    cvta.to.global.u64 %%rd2, %%rd1;\n"
    "    mov.u32 %%r1, %%tid.x;\n"
    "    mul.wide.u32 %%rd3, %%r1, 4;\n"
    "    add.s64 %%rd4, %%rd2, %%rd3;\n"
    "    ld.global.u32 %%r2, [%%rd4];\n"
    "    add.s32 %%r3, %%r2, 1;\n"
    "    st.global.u32 [%%rd4], %%r3;\n"
    "    ret;\n"
    "}\n";

static void *library;

static int failed(const char *call, int code) {
    printf("call\t%s\t%d\n", call, code);
    return 1;
}

/* Calls a function of the driver's, which gives 0 if it went well; else the caller gives 1. It may hang. */
#define CALL(name, types, ...)                                         \
    do {                                                               \
        const char *name_ = name;                                      \
        fprintf(stderr, "%s\n", name_);                                \
        int(*function_) types = (int(*) types)dlsym(library, name_);   \
        int code_ = function_ ? function_(__VA_ARGS__) : -1;           \
        if (code_ != 0) return failed(name_, code_);                   \
    } while (0)

static int load(void **module, const char *target) {
    char text[sizeof kernel_text + 16];
    snprintf(text, sizeof text, kernel_text, target);
    CALL("cuModuleLoadData", (void **, const void *), module, text);
    return 0;
}

static int use(int index) {
    int device = 0;
    char name[256] = "";
    unsigned char uuid[16];
    unsigned numbers[COUNT];
    void *context, *module, *kernel;
    unsigned long long memory = 0;
    CALL("cuDeviceGet", (int *, int), &device, index);
    CALL("cuDeviceGetName", (char *, int, int), name, sizeof name - 1, device);
    /* The second version alone knows MIG devices; it came with them. */
    CALL(dlsym(library, "cuDeviceGetUuid_v2") ? "cuDeviceGetUuid_v2" : "cuDeviceGetUuid", (void *, int), uuid, device);
    CALL("cuCtxCreate_v2", (void **, unsigned, int), &context, 0, device);
    CALL("cuMemAlloc_v2", (unsigned long long *, size_t), &memory, sizeof numbers);
    for (unsigned i = 0; i < COUNT; i++) numbers[i] = 7 * i;
    CALL("cuMemcpyHtoD_v2", (unsigned long long, const void *, size_t), memory, numbers, sizeof numbers);
    if (load(&module, OLD_TARGET) != 0 && load(&module, NEW_TARGET) != 0) return 1;
    CALL("cuModuleGetFunction", (void **, void *, const char *), &kernel, module, "increment");
    void *arguments[] = {&memory};
    CALL("cuLaunchKernel",
        (void *, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void *, void **, void **),
        kernel, 1, 1, 1, COUNT, 1, 1, 0, NULL, arguments, NULL);
    CALL("cuCtxSynchronize", (void), );
    memset(numbers, 0, sizeof numbers);
    CALL("cuMemcpyDtoH_v2", (void *, unsigned long long, size_t), numbers, memory, sizeof numbers);
    for (unsigned i = 0; i < COUNT; i++) {
        if (numbers[i] != 7 * i + 1) return failed("wrong number", (int)i);
    }
    CALL("cuMemFree_v2", (unsigned long long), memory);
    CALL("cuCtxDestroy_v2", (void *), context);
    printf("device\t%d\t", index);
    for (int i = 0; i < 16; i++) printf(i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", uuid[i]);
    printf("\t%s\n", name);
    return 0;
}

static int use_all(void) {
    int count = 0, status = 0;
    CALL("cuInit", (unsigned), 0);
    CALL("cuDeviceGetCount", (int *), &count);
    for (int i = 0; i < count; i++) status |= use(i);
    return status;
}

static void mapped(void) {
    char line[4096 + 128], last[4096] = "";
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps)) {
        char *path = strchr(line, '/');
        if (!path || !strstr(path, ".so")) continue;
        path[strcspn(path, "\n")] = 0;
        if (strcmp(path, last) != 0) printf("mapped\t%s\n", path);
        snprintf(last, sizeof last, "%s", path);
    }
}

int main(void) {
    /* What was printed before it is ended is kept. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    library = dlopen("libcuda.so.1", RTLD_NOW);
    if (!library) {
        printf("call\tdlopen\t%s\n", dlerror());
        return 1;
    }
    int status = use_all();
    mapped();
    return status;
}
