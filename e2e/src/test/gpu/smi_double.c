/*
 * A double of nvidia-smi: -L and --query-gpu=uuid,compute_cap tell what the NVML double answers, -q -x prints what the test has
 * put into a file.
 */
#include "visible.h"

int main(int argc, char **argv) {
    struct gpu gpus[8];
    const char *asked = argc > 1 ? argv[1] : "";
    int count = visible(gpus, 8);
    if (count < 0) {
        printf("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n");
        return 9;
    }
    if (!strcmp(asked, "-q")) {
        FILE *in = fopen("/run/gpu-cdi/nvidia-smi.xml", "r");
        for (int c; in && (c = fgetc(in)) != EOF;) putchar(c);
        return in ? 0 : 1;
    }
    for (int i = 0; i < count; i++) {
        if (!strncmp(asked, "--query", 7)) {
            printf("%s, %d.%d\n", gpus[i].own.uuid, gpus[i].major, gpus[i].minor);
            continue;
        }
        printf("GPU %d: %s (UUID: %s)\n", i, gpus[i].own.name, gpus[i].own.uuid);
        for (int k = 0; k < gpus[i].migs; k++) {
            const char *profile = strstr(gpus[i].parts[k].name, "MIG ");
            printf("  %-15s Device  %d: (UUID: %s)\n", profile ? profile : "MIG", k, gpus[i].parts[k].uuid);
        }
    }
    return 0;
}
