/*
 * gpu-cdi: starts the Java virtual machine that lies beside it, in this process. So signals, exit codes and streams
 * are the program's own, and what the machine has to say of itself cannot be taken for what the program says.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "machine.h"
#include "start.h"

/* Where the package puts it; where the executable lies tells more, if the system can tell it. */
static const char INSTALLED[] = "/usr/bin/gpu-cdi";
static const char BESIDE_BIN[] = "/lib/gpu-cdi";

/* Else the machine's own files would get the numbers of closed streams. A directory reads and writes as they: not. */
static void fill_closed_streams(void) {
    int fd;
    while ((fd = open("/", O_RDONLY)) >= 0 && fd <= STDERR_FILENO) {
    }
    if (fd > STDERR_FILENO) {
        close(fd);
    }
}

static void find_home(void) {
    ssize_t length = readlink("/proc/self/exe", home, sizeof home - sizeof BESIDE_BIN);
    if (length <= 0) {
        length = sizeof INSTALLED - 1;
        memcpy(home, INSTALLED, sizeof INSTALLED);
    }
    home[length] = '\0';
    for (int parents = 0; parents < 2; parents++) {
        char *slash = strrchr(home, '/');
        if (slash == NULL) {
            broken("it lies at %s", home);
        }
        *slash = '\0';
    }
    strcat(home, BESIDE_BIN);
}

/* Help is as wide as the terminal. A shell knows that, and tells no program. */
static void tell_width(void) {
    struct winsize size;
    char columns[sizeof "65535"];
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        snprintf(columns, sizeof columns, "%u", size.ws_col);
        setenv("COLUMNS", columns, 0);
    }
}

/* What watches stays: it has a small room for what it makes and drops, where what ends soon is faster with a large one. And
   it is not to fill all the memory that there is with what it has dropped, as this collector would. */
static void spare_memory(char **words) {
    while (*words != NULL && **words == '-') {
        words++;
    }
    if (*words != NULL && strcmp(*words, "watch") == 0) {
        option("-Xmn2m", NULL);
        option("-XX:ErgoHeapSizeLimit=128m", NULL);
        return;
    }
    option("-XX:+UseTransparentHugePages", NULL);
}

struct call {
    int count;
    char **words;
};

static void *run(void *argument) {
    const struct call *call = argument;
    JavaVM *machine = NULL;
    JNIEnv *env = start_machine(&machine);
    run_main(env, call->count > 0 ? call->count - 1 : 0, call->words + 1);
    (*machine)->DestroyJavaVM(machine);
    return NULL;
}

int main(int count, char **words) {
    fill_closed_streams();
    find_home();
    prepare_machine();
    tell_width();
    if (count > 1) {
        spare_memory(words + 1);
    }
    whole_list();
    /* Of a process's first thread the machine wants to know where its stack is, and asks /proc, which may be missing. */
    struct call call = {count, words};
    pthread_t thread;
    int reason = pthread_create(&thread, NULL, run, &call);
    if (reason != 0) {
        tell("error", "gpu-cdi cannot start a thread: %s", strerror(reason));
        tell("hint", "is the number of processes limited?");
        return BUG;
    }
    pthread_join(thread, NULL);
    return BUG;
}
