/* What of the package must be on disk, and whether it is. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "machine.h"

char class_path[MAX_CONTENTS];
static int cache_listed;

/* Eight sums side by side, since one would wait for each of its own multiplications. */
enum { LANES = 8 };
static const uint64_t PRIME = 0x9E3779B97F4A7C15u;

static size_t add(uint64_t *lanes, const unsigned char *bytes, size_t size) {
    size_t at = 0;
    for (uint64_t words[LANES]; at + sizeof words <= size; at += sizeof words) {
        memcpy(words, bytes + at, sizeof words);
        for (int i = 0; i < LANES; i++) {
            lanes[i] = (lanes[i] ^ words[i]) * PRIME;
        }
    }
    return at;
}

/* Read, not mapped: pages of a mapping cost several times what the sum does. */
int sum(int fd, char *text) {
    static unsigned char piece[128 * 1024];
    uint64_t lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8};
    uint64_t all = 0;
    size_t kept = 0;
    ssize_t got;
    if (lseek(fd, 0, SEEK_SET) != 0) {
        return 0;
    }
    while ((got = read(fd, piece + kept, sizeof piece - kept)) > 0) {
        kept += (size_t)got;
        all += (uint64_t)got;
        size_t used = add(lanes, piece, kept);
        kept -= used;
        memmove(piece, piece + used, kept);
    }
    if (got < 0) {
        return 0;
    }
    for (size_t at = 0; at < kept; at++) {
        all = (all ^ piece[at]) * PRIME;
    }
    for (int i = 0; i < LANES; i++) {
        all = (all ^ lanes[i] ^ (lanes[i] >> 32)) * PRIME;
    }
    snprintf(text, SUM_SIZE, "%016llx", (unsigned long long)(all ^ (all >> 29)));
    return 1;
}

/* Whether the file has this sum. */
static int has_sum(int fd, const char *wanted) {
    char found[SUM_SIZE];
    return sum(fd, found) && strcmp(found, wanted) == 0;
}

static void use_cache(const char *path, int fd, size_t size, size_t wanted_size, const char *wanted_sum) {
    if (fd >= 0 && size == wanted_size && has_sum(fd, wanted_sum)) {
        made_option("-XX:AOTCache=%s", path);
        return;
    }
    tell("warning", "the start-up cache %s is %s: gpu-cdi works, but starts slowly", path,
         fd < 0 ? "not there" : "damaged");
    tell("hint", "install gpu-cdi anew");
}

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text);
    return length > strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/* One line of the list of what is installed: size, path, and for the cache and the jars a sum: while a package is
   being replaced, one may be of another build than the next. */
static void look_at(char *line) {
    char *path = strchr(line, ' ');
    if (path == NULL) {
        broken("%s/contents is damaged", home);
    }
    *path++ = '\0';
    char *wanted_sum = strchr(path, ' ');
    if (wanted_sum != NULL) {
        *wanted_sum++ = '\0';
    }
    size_t wanted_size = 0;
    for (const char *digit = line; *digit != '\0'; digit++) {
        wanted_size = wanted_size * 10 + (size_t)(*digit - '0');
    }
    char file[PATH_MAX];
    if (snprintf(file, sizeof file, "%s/%s", home, path) >= (int)sizeof file) {
        broken("the path of %s is too long", path);
    }
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    int reason = errno;
    off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    if (ends_with(file, ".aot") && wanted_sum != NULL) {
        cache_listed = 1;
        use_cache(file, fd, (size_t)size, wanted_size, wanted_sum);
    } else if (fd < 0) {
        broken("%s: %s", file, strerror(reason));
    } else if ((size_t)size != wanted_size) {
        broken("%s has %lld bytes, not %zu", file, (long long)size, wanted_size);
    } else if (wanted_sum != NULL && !has_sum(fd, wanted_sum)) {
        broken("%s is damaged, or of another build", file);
    }
    if (fd >= 0) {
        close(fd);
    }
    if (ends_with(file, ".jar")) {
        size_t used = strlen(class_path);
        snprintf(class_path + used, sizeof class_path - used, "%s%s", used == 0 ? "" : ":", file);
    }
}

void look_at_contents(void) {
    static char text[MAX_CONTENTS];
    char file[PATH_MAX + 16];
    snprintf(file, sizeof file, "%s/contents", home);
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (size < 0) {
        broken("%s: %s", file, strerror(errno));
    }
    close(fd);
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        look_at(line);
    }
    if (class_path[0] == '\0') {
        broken("%s is damaged", file);
    }
}

void whole_list(void) {
    if (!cache_listed) {
        broken("%s/contents is cut short", home);
    }
}
