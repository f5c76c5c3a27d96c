/* The stand-in of nvidia-smi: a program linked with the driver's libraries. Prints the libcuda it got and its GPUs. */
#include <stdio.h>

extern const char *gpu_cdi_which(void); /* libcuda.so.1 */
extern int nvmlInit_v2(void);           /* libnvidia-ml.so.1 */
extern int nvmlDeviceGetCount_v2(unsigned *count);

int main(void) {
    unsigned count = 0;
    int code = nvmlInit_v2();
    if (code == 0) code = nvmlDeviceGetCount_v2(&count);
    printf("linked\t%s\t%d\t%u\n", gpu_cdi_which(), code, count);
    return code;
}
