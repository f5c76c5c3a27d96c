/*
 * A CUDA program by the driver's interface alone, so that it needs no toolkit: uses each GPU that the driver shows it, then
 * tells which libraries it has mapped. A line each, fields separated by tabs:
 *
 *   call NAME CODE             a call that failed, or dlopen with the loader's message; the program ends with 1
 *   device INDEX UUID NAME     a GPU or MIG device, after memory was allocated, written, changed by a kernel and read back
 *   mapped PATH                a library of this process, once it has done all that
 *
 *   cuda [LIBRARY]             LIBRARY is libcuda.so.1 if not given
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT 32

/* Adds one to each number. A driver takes this for any newer GPU, but drops old targets in time: the program tries two. */
static const char *const targets[] = {"sm_50", "sm_75"};
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

static void failed(const char *call, int code) {
    printf("call\t%s\t%d\n", call, code);
    exit(1);
}

static void *function(const char *name) {
    void *found = dlsym(library, name);
    if (!found) failed(name, -1);
    return found;
}

/* Calls a function of the driver's, which gives 0 if it went well. */
#define CALL(name, types, ...)                                         \
    do {                                                               \
        int code_ = ((int(*) types)function(name))(__VA_ARGS__);       \
        if (code_ != 0) failed(name, code_);                           \
    } while (0)

static void load(void **module) {
    int (*load_data)(void **, const void *) = (int (*)(void **, const void *))function("cuModuleLoadData");
    int code = 0;
    for (unsigned i = 0; i < sizeof targets / sizeof *targets; i++) {
        char text[sizeof kernel_text + 16];
        snprintf(text, sizeof text, kernel_text, targets[i]);
        code = load_data(module, text);
        if (code == 0) return;
    }
    failed("cuModuleLoadData", code);
}

static void use(int index) {
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
    load(&module);
    CALL("cuModuleGetFunction", (void **, void *, const char *), &kernel, module, "increment");
    void *arguments[] = {&memory};
    CALL("cuLaunchKernel",
        (void *, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void *, void **, void **),
        kernel, 1, 1, 1, COUNT, 1, 1, 0, NULL, arguments, NULL);
    CALL("cuCtxSynchronize", (void), );
    memset(numbers, 0, sizeof numbers);
    CALL("cuMemcpyDtoH_v2", (void *, unsigned long long, size_t), numbers, memory, sizeof numbers);
    for (unsigned i = 0; i < COUNT; i++) {
        if (numbers[i] != 7 * i + 1) failed("wrong number", (int)i);
    }
    CALL("cuMemFree_v2", (unsigned long long), memory);
    CALL("cuCtxDestroy_v2", (void *), context);
    printf("device\t%d\t", index);
    for (int i = 0; i < 16; i++) printf(i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", uuid[i]);
    printf("\t%s\n", name);
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

int main(int argc, char **argv) {
    int count = 0;
    library = dlopen(argc > 1 ? argv[1] : "libcuda.so.1", RTLD_NOW);
    if (!library) {
        printf("call\tdlopen\t%s\n", dlerror());
        return 1;
    }
    CALL("cuInit", (unsigned), 0);
    CALL("cuDeviceGetCount", (int *), &count);
    for (int i = 0; i < count; i++) use(i);
    mapped();
    return 0;
}
