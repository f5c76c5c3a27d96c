/* The oldest version of each name that glibc has given a newer one: what is linked here runs with glibc 2.28. */
#if defined(__x86_64__)
#define BASE "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define BASE "GLIBC_2.17"
#else
#error "no version of glibc is known for this processor"
#endif

__asm__(".symver __libc_start_main, __libc_start_main@" BASE);
__asm__(".symver dlopen, dlopen@" BASE);
__asm__(".symver dlsym, dlsym@" BASE);
__asm__(".symver dlerror, dlerror@" BASE);
__asm__(".symver pthread_create, pthread_create@" BASE);
__asm__(".symver pthread_join, pthread_join@" BASE);
