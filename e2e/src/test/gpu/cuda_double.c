/*
 * A double of libcuda.so.1 for e2e/gpu/cuda.c: memory is the process's own, and each kernel adds one to as many numbers as it
 * has threads. A module is compiled by another library of the driver's, as NVIDIA's is.
 */
#include "visible.h"

#define NO_DEVICE 100
#define NOT_FOUND 500

static struct device devices[8];
static int count;

int cuInit(unsigned flags) {
    (void)flags;
    struct gpu gpus[8];
    int all = visible(gpus, 8);
    count = 0;
    for (int i = 0; i < all; i++) {
        if (!gpus[i].mig) devices[count++] = gpus[i].own;
        else if (gpus[i].migs > 0) devices[count++] = gpus[i].parts[0];
    }
    return count > 0 ? 0 : NO_DEVICE;
}

int cuDeviceGetCount(int *out) {
    *out = count;
    return 0;
}

int cuDeviceGet(int *device, int index) {
    *device = index;
    return 0;
}

int cuDeviceGetName(char *name, int size, int device) {
    snprintf(name, (size_t)size, "%s", devices[device].name);
    return 0;
}

int cuDeviceGetUuid_v2(unsigned char *uuid, int device) {
    const char *at = devices[device].uuid + strlen("GPU-");
    for (int i = 0; i < 16; i++, at += 2) {
        at += *at == '-';
        sscanf(at, "%2hhx", &uuid[i]);
    }
    return 0;
}

int cuCtxCreate_v2(void **context, unsigned flags, int device) {
    (void)flags, (void)device;
    *context = context;
    return 0;
}

int cuCtxDestroy_v2(void *context) {
    (void)context;
    return 0;
}

int cuCtxSynchronize(void) { return 0; }

int cuMemAlloc_v2(unsigned long long *memory, size_t size) {
    *memory = (unsigned long long)malloc(size);
    return 0;
}

int cuMemFree_v2(unsigned long long memory) {
    free((void *)memory);
    return 0;
}

int cuMemcpyHtoD_v2(unsigned long long to, const void *from, size_t size) {
    memcpy((void *)to, from, size);
    return 0;
}

int cuMemcpyDtoH_v2(void *to, unsigned long long from, size_t size) {
    memcpy(to, (void *)from, size);
    return 0;
}

int cuModuleLoadData(void **module, const void *text) {
    (void)text;
    *module = dlopen("libnvidia-ptxjitcompiler.so.1", RTLD_NOW);
    return *module ? 0 : NOT_FOUND;
}

int cuModuleGetFunction(void **function, void *module, const char *name) {
    (void)name;
    *function = module;
    return 0;
}

int cuLaunchKernel(void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
    unsigned shared, void *stream, void **arguments, void **extra) {
    (void)function, (void)gx, (void)gy, (void)gz, (void)by, (void)bz, (void)shared, (void)stream, (void)extra;
    unsigned *numbers = *(unsigned **)arguments[0];
    for (unsigned i = 0; i < bx; i++) numbers[i]++;
    return 0;
}
