/*
 * The compiler's own start asks for the newest glibc that it knows; this one does not. Link with -nostartfiles, and
 * with libdl.so.2 and libpthread.so.0, where an old glibc has dlopen and threads.
 */
#include "versions.h"

#if defined(__x86_64__)
__asm__(".text\n"
        ".globl _start\n"
        ".type _start, @function\n"
        "_start:\n"
        "  xor %ebp, %ebp\n"
        "  mov %rdx, %r9\n"
        "  pop %rsi\n"
        "  mov %rsp, %rdx\n"
        "  and $-16, %rsp\n"
        "  push %rax\n"
        "  push %rsp\n"
        "  xor %r8d, %r8d\n"
        "  xor %ecx, %ecx\n"
        "  lea main(%rip), %rdi\n"
        "  call *__libc_start_main@GOTPCREL(%rip)\n"
        "  hlt\n");
#elif defined(__aarch64__)
__asm__(".text\n"
        ".globl _start\n"
        ".type _start, %function\n"
        "_start:\n"
        "  mov x29, #0\n"
        "  mov x30, #0\n"
        "  mov x5, x0\n"
        "  ldr x1, [sp]\n"
        "  add x2, sp, #8\n"
        "  mov x6, sp\n"
        "  adrp x0, main\n"
        "  add x0, x0, :lo12:main\n"
        "  mov x3, #0\n"
        "  mov x4, #0\n"
        "  bl __libc_start_main\n"
        "  brk #0\n");
#else
#error "no start for this processor"
#endif
