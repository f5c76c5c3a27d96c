/* A library of the driver that says which one it is. Needs nothing, so that any loader takes it. */
const char *gpu_cdi_which(void) { return WHICH; }
