/* The virtual machine in this process: its options, what it is told to run. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <jni.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine.h"
#include "versions.h"

enum { MAX_OPTIONS = 64 };

static const char *const OPTIONS[] = {
    /* Standard output is data. */
    "-XX:+DisplayVMOutputToStderr", "-XX:-PrintWarnings", "-Xlog:disable", "-Xlog:all=error:stderr",
    /* No files where root happens to stand. */
    "-XX:+ErrorFileToStderr", "-XX:-CreateCoredumpOnCrash", "-XX:-UsePerfData",
    /* Short runs. Without a limit the machine's memory would choose the form of pointers, and the cache has one. What
       the largest specs need is asked for as long as the machine or the container has twice that: a container that is
       given less ends a process that takes more, and nobody is told why. */
    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms64m", "-XX:MaxRAMPercentage=50", "-XX:ErgoHeapSizeLimit=1g",
    "-XX:CompressedClassSpaceSize=128m",
    /* No locks of this program need to be tidied up four times a second, as long as watch watches. What a run was like is
       only of use to a compiler that is not used here, and compiled at each start. */
    "-XX:+UnlockDiagnosticVMOptions", "-XX:AsyncDeflationInterval=60000", "-XX:-AOTRecordTraining",
    "-XX:-AOTReplayTraining",
    /* Whatever the locale is called here. */
    "-Dsun.jnu.encoding=UTF-8",
    /* JNA is given its native part, and would run ldconfig without a path. */
    "--enable-native-access=ALL-UNNAMED", "-Djna.nounpack=true", "-Djna.nosys=true", "-Djna.noclasspath=true",
    "-Djna.platform.library.path=/nonexistent",
};

/* They reach every machine, and it tells so on standard output or standard error. */
static const char *const FOREIGN_VARIABLES[] = {
    "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS", "JAVA_OPTIONS", "CLASSPATH",
};

char home[PATH_MAX];
static JavaVMOption options[MAX_OPTIONS];
static int option_count;

static void say(const char *what, const char *format, va_list arguments) {
    char text[2 * PATH_MAX];
    int length = snprintf(text, sizeof text, "%s: ", what);
    length += vsnprintf(text + length, sizeof text - (size_t)length, format, arguments);
    if (length >= (int)sizeof text) {
        length = sizeof text - 1;
    }
    text[length] = '\n';
    if (write(STDERR_FILENO, text, (size_t)length + 1) < 0) {
        return; /* there is nobody to tell */
    }
}

void tell(const char *what, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say(what, format, arguments);
    va_end(arguments);
}

void broken(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say("error: gpu-cdi is not wholly installed", format, arguments);
    va_end(arguments);
    tell("hint", "install it anew");
    _exit(BUG);
}

/* The machine ends here when it cannot start, and when it crashes. Its own status would say "differs". */
static void aborted(void) {
    tell("error", "the Java virtual machine of gpu-cdi failed");
    tell("hint", "the messages above are its own; too little memory?");
    _exit(BUG);
}

void option(const char *text, void *extra) {
    char *copy = strdup(text);
    if (copy == NULL || option_count == MAX_OPTIONS) {
        aborted();
    }
    options[option_count].optionString = copy;
    options[option_count++].extraInfo = extra;
}

void made_option(const char *format, ...) {
    static char text[MAX_CONTENTS + PATH_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    option(text, NULL);
}

JNIEnv *start_machine(JavaVM **machine) {
    char file[PATH_MAX + 32];
    snprintf(file, sizeof file, "%s/runtime/lib/server/libjvm.so", home);
    void *library = dlopen(file, RTLD_NOW | RTLD_GLOBAL);
    if (library == NULL) {
        const char *reason = dlerror();
        if (strstr(reason, "GLIBC_") != NULL) {
            tell("error", "gpu-cdi needs a newer glibc: %s", reason);
            tell("hint", "this host has %s: update it, or run gpu-cdi on a newer one", gnu_get_libc_version());
            _exit(BUG);
        }
        broken("%s", reason);
    }
    jint (*create)(JavaVM **, void **, void *);
    *(void **)&create = dlsym(library, "JNI_CreateJavaVM");
    if (create == NULL) {
        broken("%s", dlerror());
    }
    JavaVMInitArgs arguments = {
        .version = JNI_VERSION_10, .nOptions = option_count, .options = options, .ignoreUnrecognized = JNI_FALSE};
    JNIEnv *env = NULL;
    if (create(machine, (void **)&env, &arguments) != JNI_OK) {
        aborted();
    }
    return env;
}

static jstring string(JNIEnv *env, const char *text) {
    const unsigned char *byte = (const unsigned char *)text;
    while (*byte != '\0' && *byte < 0x80) {
        byte++;
    }
    if (*byte == '\0') {
        return (*env)->NewStringUTF(env, text);
    }
    /* What NewStringUTF reads is not UTF-8 beyond ASCII. */
    jsize length = (jsize)strlen(text);
    jbyteArray bytes = (*env)->NewByteArray(env, length);
    jclass type = (*env)->FindClass(env, "java/lang/String");
    jmethodID make = (*env)->GetMethodID(env, type, "<init>", "([BLjava/lang/String;)V");
    (*env)->SetByteArrayRegion(env, bytes, 0, length, (const jbyte *)text);
    return (*env)->NewObject(env, type, make, bytes, (*env)->NewStringUTF(env, "UTF-8"));
}

jobjectArray strings(JNIEnv *env, int count, char **texts) {
    jobjectArray array = (*env)->NewObjectArray(env, count, (*env)->FindClass(env, "java/lang/String"), NULL);
    for (int i = 0; array != NULL && i < count; i++) {
        jstring text = string(env, texts[i]);
        (*env)->SetObjectArrayElement(env, array, i, text);
        (*env)->DeleteLocalRef(env, text);
    }
    return array;
}

void check(JNIEnv *env) {
    if ((*env)->ExceptionCheck(env)) {
        (*env)->ExceptionDescribe(env);
        aborted();
    }
}

jclass main_class(JNIEnv *env) {
    jclass program = (*env)->FindClass(env, "io/github/gpucdi/command/Main");
    check(env);
    return program;
}

void run_main(JNIEnv *env, int count, char **words) {
    jclass program = main_class(env);
    jmethodID method = (*env)->GetStaticMethodID(env, program, "main", "([Ljava/lang/String;)V");
    check(env);
    jobjectArray arguments = strings(env, count, words);
    check(env);
    (*env)->CallStaticVoidMethod(env, program, method, arguments);
    check(env);
}

void prepare_machine(void) {
    for (size_t i = 0; i < sizeof FOREIGN_VARIABLES / sizeof *FOREIGN_VARIABLES; i++) {
        unsetenv(FOREIGN_VARIABLES[i]);
    }
    setenv("LC_ALL", "C.UTF-8", 1);
    for (size_t i = 0; i < sizeof OPTIONS / sizeof *OPTIONS; i++) {
        option(OPTIONS[i], NULL);
    }
    option("abort", (void *)aborted);
    look_at_contents();
    made_option("-Djna.boot.library.path=%s/native", home);
    made_option("-Djava.class.path=%s", class_path);
}
