/*
 * A double of libnvidia-sandboxutils.so.1 for tests: answers what the file with this library's name and .conf appended says, which
 * is read when a session begins. Lines:
 *
 *   version TEXT                        the driver's version
 *   root PATH                           the only root that an init may name
 *   file UUID SUBTYPE FLAGS PATH        a file of a device; PATH - for none
 *   content PATH TEXT                   what a link's path leads to
 *   cycle UUID                          the device's list leads back to its beginning
 *   fail FUNCTION CODE [UUID]           answers this code
 *   hang FUNCTION FILE                  hangs while FILE is there
 *   log FILE                            a line for each call: FUNCTION CODE [UUID or PATH or root]
 *
 * Strict: a call before init or after the last shutdown answers 1, a struct of another version 5, an unknown device 8, a buffer
 * that is too small 4, an unknown path 11. WITHOUT_VERSION, WITHOUT_RESOURCE and WITHOUT_CONTENT leave out the function that
 * tells it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define TEXT 256
#define LONG_TEXT 4096
#define MAX 64

enum { OK, UNINITIALIZED, NOT_SUPPORTED, INVALID, TOO_SMALL, BAD_VERSION, NO_DEVICE = 8, NO_FILE = 11 };

/* ---- Structs, as the library has them ---- */

typedef struct {
    unsigned version, type;
    char value[TEXT];
} init_input;

typedef struct file_info {
    struct file_info *next;
    unsigned file_type, subtype, module, flags;
    char *path;
} file_info;

typedef struct {
    unsigned version, type;
    char input[TEXT];
    file_info *files;
} gpu_resource;

/* ---- Configuration ---- */

typedef struct {
    char uuid[TEXT], path[LONG_TEXT];
    file_info info;
} device_file;

typedef struct {
    char function[96], subject[TEXT], file[LONG_TEXT];
    unsigned code;
} rule;

static struct {
    char version[TEXT], root[LONG_TEXT], log[LONG_TEXT], cycle[TEXT];
    device_file files[MAX];
    char links[MAX][2][LONG_TEXT];
    rule rules[MAX];
    int file_count, link_count, rule_count;
} config;

static int references;

static void line(const char *text) {
    device_file *file = &config.files[config.file_count];
    rule *new = &config.rules[config.rule_count];
    *new = (rule){.code = 0};
    if (sscanf(text, "version %255[^\n]", config.version) == 1 || sscanf(text, "root %4095s", config.root) == 1
        || sscanf(text, "log %4095s", config.log) == 1 || sscanf(text, "cycle %255s", config.cycle) == 1) {
        return;
    }
    if (config.file_count < MAX
        && sscanf(text, "file %255s %u %u %4095[^\n]", file->uuid, &file->info.subtype, &file->info.flags, file->path) == 4) {
        file->info.path = strcmp(file->path, "-") ? file->path : NULL;
        config.file_count++;
    } else if (config.link_count < MAX
        && sscanf(text, "content %4095s %4095[^\n]", config.links[config.link_count][0],
               config.links[config.link_count][1]) == 2) {
        config.link_count++;
    } else if (config.rule_count < MAX && (sscanf(text, "fail %95s %u %255s", new->function, &new->code, new->subject) >= 2
        || sscanf(text, "hang %95s %4095s", new->function, new->file) == 2)) {
        config.rule_count++;
    }
}

static void read_config(void) {
    char name[LONG_TEXT + 8] = "", text[3 * LONG_TEXT];
    Dl_info own;
    if (dladdr((void *)&read_config, &own)) {
        snprintf(name, sizeof name, "%s.conf", own.dli_fname);
    }
    memset(&config, 0, sizeof config);
    FILE *in = fopen(name, "r");
    while (in && fgets(text, sizeof text, in)) {
        line(text);
    }
    if (in) {
        fclose(in);
    }
}

/* ---- What all calls do ---- */

static unsigned answer(const char *function, const char *subject, unsigned code) {
    for (int i = 0; i < config.rule_count; i++) {
        const rule *one = &config.rules[i];
        if (!strcmp(one->function, function) && (!*one->subject || !strcmp(one->subject, subject))) {
            while (*one->file && access(one->file, F_OK) == 0) {
                usleep(10000);
            }
            code = *one->file ? code : one->code;
        }
    }
    FILE *log = *config.log ? fopen(config.log, "a") : NULL;
    if (log) {
        fprintf(log, "%s %u%s%s\n", function, code, *subject ? " " : "", subject);
        fclose(log);
    }
    return code;
}

static unsigned fill(char *out, unsigned size, const char *text) {
    if (size < strlen(text) + 1) {
        return TOO_SMALL;
    }
    strcpy(out, text);
    return OK;
}

/* ---- Exports ---- */

EXPORT unsigned nvSandboxUtilsInit(init_input *input) {
    if (!references) {
        read_config();
    }
    int bad_root = *config.root && strcmp(input->value, config.root);
    unsigned code = input->version != 1 ? BAD_VERSION : input->type != 1 || bad_root ? INVALID : OK;
    code = answer(__func__, input->value, code);
    references += code == OK;
    return code;
}

EXPORT unsigned nvSandboxUtilsShutdown(void) {
    unsigned code = answer(__func__, "", references ? OK : UNINITIALIZED);
    references -= references > 0;
    return code;
}

#ifndef WITHOUT_VERSION
EXPORT unsigned nvSandboxUtilsGetDriverVersion(char *version, unsigned length) {
    unsigned code = answer(__func__, "", references ? OK : UNINITIALIZED);
    return code ? code : fill(version, length, config.version);
}
#endif

#ifndef WITHOUT_RESOURCE
EXPORT unsigned nvSandboxUtilsGetGpuResource(gpu_resource *request) {
    file_info *first = NULL, *last = NULL;
    for (int i = 0; i < config.file_count; i++) {
        device_file *file = &config.files[i];
        if (!strcmp(file->uuid, request->input)) {
            file->info.next = NULL;
            if (last) {
                last->next = &file->info;
            } else {
                first = &file->info;
            }
            last = &file->info;
        }
    }
    if (last && !strcmp(config.cycle, request->input)) {
        last->next = first;
    }
    int mig = !strncmp(request->input, "MIG-", 4);
    unsigned code = !references ? UNINITIALIZED
        : request->version != 1 ? BAD_VERSION
        : request->type != (unsigned)mig ? INVALID
        : first ? OK
        : NO_DEVICE;
    code = answer(__func__, request->input, code);
    if (code == OK) {
        request->files = first;
    }
    return code;
}
#endif

#ifndef WITHOUT_CONTENT
EXPORT unsigned nvSandboxUtilsGetFileContent(char *path, char *content, unsigned *size) {
    unsigned code = references ? NO_FILE : UNINITIALIZED;
    const char *text = "";
    for (int i = 0; references && i < config.link_count; i++) {
        if (!strcmp(config.links[i][0], path)) {
            code = OK;
            text = config.links[i][1];
        }
    }
    code = answer(__func__, path, code);
    if (code == OK) {
        code = fill(content, *size, text);
        *size = (unsigned)strlen(text);
    }
    return code;
}
#endif
