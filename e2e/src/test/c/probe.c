/*
 * Looks around in a container. Each argument is a question, each answer a line of fields with tabs between:
 *
 *   who                  who UID GID
 *   env                  env NAME=VALUE, a line each
 *   nodes                node PATH MAJOR MINOR MODE UID GID OPENED, a line for each device below /dev; links are link PATH TARGET
 *   load=NAME            load NAME FILE TEXT: what dlopen gave, where it is from and what it says; or failed NAME MESSAGE.
 *                        In a process of its own: a library that is there is taken by its SONAME, whatever its name.
 *   same=NAME,NAME       same NAME,NAME yes|no: whether both names are one object
 *   nvml                 gpu INDEX UUID MIGS, a line each; or failed nvml MESSAGE
 *   file=PATH            file PATH KIND SIZE WRITE, WRITE the answer to opening for writing; or failed PATH ERRNO
 *   run=COMMAND          the command's own output, then ran COMMAND STATUS
 *   rename=PATH          rename PATH ERRNO: what moving a new file to PATH gave, as a package's upgrade does
 *   mknod=PATH,MAJ,MIN   mknod PATH ERRNO OPENED
 *   mounts               mounts COUNT
 *
 * ERRNO and OPENED are names such as ENXIO, or OK.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *name(int code) {
    static char other[16];
    switch (code) {
        case 0: return "OK";
        case EPERM: return "EPERM";
        case ENOENT: return "ENOENT";
        case ENXIO: return "ENXIO";
        case EACCES: return "EACCES";
        case EBUSY: return "EBUSY";
        case ENODEV: return "ENODEV";
        case EROFS: return "EROFS";
        case EXDEV: return "EXDEV";
    }
    snprintf(other, sizeof other, "%d", code);
    return other;
}

static int opened(const char *path, int flags) {
    int fd = open(path, flags | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return errno;
    close(fd);
    return 0;
}

static void nodes(const char *directory) {
    struct dirent **entries;
    int count = scandir(directory, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[4096], target[4096];
        struct stat st;
        if (!strcmp(entries[i]->d_name, ".") || !strcmp(entries[i]->d_name, "..")) continue;
        snprintf(path, sizeof path, "%s/%s", directory, entries[i]->d_name);
        if (lstat(path, &st) != 0) continue;
        if (S_ISDIR(st.st_mode)) {
            nodes(path);
        } else if (S_ISLNK(st.st_mode)) {
            ssize_t length = readlink(path, target, sizeof target - 1);
            target[length < 0 ? 0 : length] = 0;
            printf("link\t%s\t%s\n", path, target);
        } else if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)) {
            printf("node\t%s\t%u\t%u\t%o\t%u\t%u\t%s\n", path, major(st.st_rdev), minor(st.st_rdev),
                (unsigned)(st.st_mode & 07777), (unsigned)st.st_uid, (unsigned)st.st_gid, name(opened(path, O_RDONLY)));
        }
    }
}

static void load(char *what) {
    void *library = dlopen(what, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        printf("failed\t%s\t%s\n", what, dlerror());
        return;
    }
    const char *(*which)(void) = (const char *(*)(void))dlsym(library, "gpu_cdi_which");
    void *symbol = which ? (void *)which : dlsym(library, "nvmlInit_v2");
    Dl_info from;
    const char *file = symbol && dladdr(symbol, &from) ? from.dli_fname : "?";
    printf("load\t%s\t%s\t%s\n", what, file, which ? which() : symbol ? "nvml" : "?");
}

static void same(char *names) {
    char *comma = strchr(names, ',');
    *comma = 0;
    void *one = dlopen(names, RTLD_NOW), *other = dlopen(comma + 1, RTLD_NOW);
    printf("same\t%s,%s\t%s\n", names, comma + 1, one && one == other ? "yes" : "no");
}

static void nvml(char *nothing) {
    (void)nothing;
    void *library = dlopen("libnvidia-ml.so.1", RTLD_NOW);
    if (!library) {
        printf("failed\tnvml\t%s\n", dlerror());
        return;
    }
    int (*init)(void) = (int (*)(void))dlsym(library, "nvmlInit_v2");
    int (*count)(unsigned *) = (int (*)(unsigned *))dlsym(library, "nvmlDeviceGetCount_v2");
    int (*handle)(unsigned, void **) = (int (*)(unsigned, void **))dlsym(library, "nvmlDeviceGetHandleByIndex_v2");
    int (*uuid)(void *, char *, unsigned) = (int (*)(void *, char *, unsigned))dlsym(library, "nvmlDeviceGetUUID");
    int (*mig)(void *, unsigned, void **) =
        (int (*)(void *, unsigned, void **))dlsym(library, "nvmlDeviceGetMigDeviceHandleByIndex");
    unsigned gpus = 0;
    if (!init || !count || !handle || !uuid || !mig || init() != 0 || count(&gpus) != 0) {
        printf("failed\tnvml\tno enumeration\n");
        return;
    }
    for (unsigned i = 0; i < gpus; i++) {
        void *gpu, *instance;
        char text[96] = "?";
        unsigned migs = 0;
        if (handle(i, &gpu) == 0) {
            uuid(gpu, text, sizeof text);
            while (mig(gpu, migs, &instance) == 0) migs++;
        }
        printf("gpu\t%u\t%s\t%u\n", i, text, migs);
    }
}

static void file(const char *path) {
    struct stat st;
    if (lstat(path, &st) != 0) {
        printf("failed\t%s\t%s\n", path, name(errno));
        return;
    }
    const char *kind = S_ISREG(st.st_mode) ? "file" : S_ISLNK(st.st_mode) ? "link" : S_ISDIR(st.st_mode) ? "dir" : S_ISSOCK(st.st_mode) ? "socket" : "other";
    printf("file\t%s\t%s\t%ld\t%s\n", path, kind, (long)st.st_size, S_ISREG(st.st_mode) ? name(opened(path, O_WRONLY)) : "-");
}

static void run(char *command) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        char *argv[16], *save, copy[4096];
        int argc = 0;
        snprintf(copy, sizeof copy, "%s", command);
        for (char *word = strtok_r(copy, " ", &save); word && argc < 15; word = strtok_r(NULL, " ", &save)) argv[argc++] = word;
        argv[argc] = NULL;
        dup2(1, 2);
        execv(argv[0], argv);
        printf("failed\t%s\t%s\n", command, name(errno));
        fflush(stdout);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    printf("ran\t%s\t%d\n", command, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static void replace(const char *path) {
    char new[4096];
    snprintf(new, sizeof new, "%s.dpkg-new", path);
    int fd = open(new, O_WRONLY | O_CREAT | O_EXCL, 0644);
    int code = fd < 0 ? errno : rename(new, path) == 0 ? 0 : errno;
    if (fd >= 0) close(fd);
    printf("rename\t%s\t%s\n", path, name(code));
}

static void make(char *what) {
    char *major_text = strchr(what, ',');
    *major_text++ = 0;
    char *minor_text = strchr(major_text, ',');
    int code = mknod(what, S_IFCHR | 0666, makedev(atoi(major_text), atoi(minor_text + 1))) == 0 ? 0 : errno;
    printf("mknod\t%s\t%s\t%s\n", what, name(code), code ? "-" : name(opened(what, O_RDONLY)));
}

static void mounts(void) {
    FILE *in = fopen("/proc/self/mountinfo", "r");
    int count = 0;
    for (int c; in && (c = fgetc(in)) != EOF;) count += c == '\n';
    printf("mounts\t%d\n", count);
}

/* Has a question answered by a process of its own. */
static void apart(void (*answer)(char *), char *about) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        answer(about);
        fflush(stdout);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (value) *value++ = 0;
        if (!strcmp(argv[i], "who")) printf("who\t%u\t%u\n", (unsigned)getuid(), (unsigned)getgid());
        else if (!strcmp(argv[i], "env")) for (char **e = environ; *e; e++) printf("env\t%s\n", *e);
        else if (!strcmp(argv[i], "nodes")) nodes("/dev");
        else if (!strcmp(argv[i], "nvml")) apart(nvml, NULL);
        else if (!strcmp(argv[i], "mounts")) mounts();
        else if (value && !strcmp(argv[i], "load")) apart(load, value);
        else if (value && !strcmp(argv[i], "same")) apart(same, value);
        else if (value && !strcmp(argv[i], "file")) file(value);
        else if (value && !strcmp(argv[i], "run")) run(value);
        else if (value && !strcmp(argv[i], "rename")) replace(value);
        else if (value && !strcmp(argv[i], "mknod")) make(value);
        else {
            fprintf(stderr, "what is %s?\n", argv[i]);
            return 2;
        }
    }
    printf("end\n");
    return fflush(stdout) == 0 ? 0 : 1;
}
