/*
 * Makes the start-up cache, with the very options that the launcher uses it with:
 *   training sum FILE                       prints the sum of a file
 *   training HOME OPTION... [-- COMMANDS]   runs a machine with more options, and in it each command of a file
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "machine.h"
#include "start.h"

enum { USAGE = 2 };

static void print_sum(const char *file) {
    char text[SUM_SIZE];
    int fd = open(file, O_RDONLY);
    if (fd < 0 || !sum(fd, text)) {
        broken("%s: %s", file, strerror(errno));
    }
    puts(text);
}

static jobject field(JNIEnv *env, jclass type, const char *name, const char *signature) {
    jobject value = (*env)->GetStaticObjectField(env, type, (*env)->GetStaticFieldID(env, type, name, signature));
    check(env);
    return value;
}

/* As the process would run it, but with the streams of System, and without an end. */
static void run_once(JNIEnv *env, int count, char **words) {
    jclass program = main_class(env);
    jmethodID run = (*env)->GetStaticMethodID(
        env, program, "run",
        "([Ljava/lang/String;Ljava/io/InputStream;Ljava/io/OutputStream;Ljava/io/PrintStream;Ljava/util/Map;)I");
    check(env);
    jclass system = (*env)->FindClass(env, "java/lang/System");
    jmethodID getenv = (*env)->GetStaticMethodID(env, system, "getenv", "()Ljava/util/Map;");
    jobject environment = (*env)->CallStaticObjectMethod(env, system, getenv);
    check(env);
    int status = (*env)->CallStaticIntMethod(env, program, run, strings(env, count, words),
                                field(env, system, "in", "Ljava/io/InputStream;"),
                                field(env, system, "out", "Ljava/io/PrintStream;"),
                                field(env, system, "err", "Ljava/io/PrintStream;"), environment);
    check(env);
    if (status == USAGE || status == BUG) {
        tell("error", "a command of the training run ended with %d: %s", status, words[0]);
        _exit(BUG);
    }
}

/* A line is a command, a tabulator is between its words. The last one is run as the process would, and ends it. */
static void run_all(JNIEnv *env, const char *file) {
    enum { MAX_WORDS = 32 };
    FILE *commands = fopen(file, "re");
    if (commands == NULL) {
        broken("%s: %s", file, strerror(errno));
    }
    static char line[PATH_MAX * 4];
    while (fgets(line, sizeof line, commands) != NULL) {
        char *words[MAX_WORDS];
        int count = 0;
        for (char *word = strtok(line, "\t\n"); word != NULL && count < MAX_WORDS; word = strtok(NULL, "\t\n")) {
            words[count++] = word;
        }
        int next = fgetc(commands);
        if (next == EOF) {
            run_main(env, count, words);
        }
        ungetc(next, commands);
        (*env)->PushLocalFrame(env, MAX_WORDS);
        run_once(env, count, words);
        (*env)->PopLocalFrame(env, NULL);
    }
}

int main(int count, char **words) {
    if (count == 3 && strcmp(words[1], "sum") == 0) {
        print_sum(words[2]);
        return 0;
    }
    if (count < 2 || strlen(words[1]) >= sizeof home) {
        broken("training HOME OPTION... [-- COMMANDS]");
    }
    strcpy(home, words[1]);
    prepare_machine();
    int at = 2;
    for (; at < count && strcmp(words[at], "--") != 0; at++) {
        option(words[at], NULL);
    }
    JavaVM *machine = NULL;
    JNIEnv *env = start_machine(&machine);
    if (at + 1 < count) {
        run_all(env, words[at + 1]);
    }
    (*machine)->DestroyJavaVM(machine);
    return 0;
}
