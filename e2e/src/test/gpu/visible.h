/* What the doubles of this directory show of the NVML double's GPUs: those whose nodes this process may open, as a driver does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT 96

struct device {
    char uuid[TEXT], name[TEXT];
};

struct gpu {
    struct device own;
    int mig, migs, major, minor; /* major and minor of the compute capability */
    struct device parts[8];
};

/* There is no kernel module behind the nodes: whoever gets as far as the module was let through. */
static int may_open(const char *directory, unsigned number) {
    char path[64];
    snprintf(path, sizeof path, "/dev/%s%u", directory, number);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int let_through = fd >= 0 || errno == ENXIO;
    if (fd >= 0) close(fd);
    return let_through;
}

#define ASK(name, types, ...) (((int(*) types)dlsym(nvml, name))(__VA_ARGS__))

static void describe(void *nvml, void *handle, struct device *device) {
    ASK("nvmlDeviceGetUUID", (void *, char *, unsigned), handle, device->uuid, TEXT);
    ASK("nvmlDeviceGetName", (void *, char *, unsigned), handle, device->name, TEXT);
}

/* How many GPUs there are for this process; -1 if there is no driver for it. */
static int visible(struct gpu *gpus, int most) {
    /* Where containers have the answers that the host is told by this variable. */
    setenv("NVML_DOUBLE_CONFIG", "/nvml-double", 0);
    void *nvml = dlopen("libnvidia-ml.so.1", RTLD_NOW), *handle, *part;
    unsigned count = 0, node, instance, now, next;
    int found = 0;
    if (!nvml || access("/dev/nvidiactl", F_OK) != 0 || ASK("nvmlInit_v2", (void)) != 0) return -1;
    ASK("nvmlDeviceGetCount_v2", (unsigned *), &count);
    for (unsigned i = 0; i < count && found < most; i++) {
        struct gpu *gpu = &gpus[found];
        ASK("nvmlDeviceGetHandleByIndex_v2", (unsigned, void **), i, &handle);
        ASK("nvmlDeviceGetMinorNumber", (void *, unsigned *), handle, &node);
        if (!may_open("nvidia", node)) continue;
        memset(gpu, 0, sizeof *gpu);
        describe(nvml, handle, &gpu->own);
        ASK("nvmlDeviceGetCudaComputeCapability", (void *, int *, int *), handle, &gpu->major, &gpu->minor);
        gpu->mig = ASK("nvmlDeviceGetMigMode", (void *, unsigned *, unsigned *), handle, &now, &next) == 0 && now;
        for (unsigned k = 0;
             k < 8 && ASK("nvmlDeviceGetMigDeviceHandleByIndex", (void *, unsigned, void **), handle, k, &part) == 0; k++) {
            ASK("nvmlDeviceGetGpuInstanceId", (void *, unsigned *), part, &instance);
            if (may_open("nvidia-caps/nvidia-cap", 3 + 135 * node + 9 * instance)) {
                describe(nvml, part, &gpu->parts[gpu->migs++]);
            }
        }
        found++;
    }
    return found;
}
