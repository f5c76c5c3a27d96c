/* See machine.c. */
#ifndef MACHINE_H
#define MACHINE_H

#include <jni.h>
#include <limits.h>

enum { BUG = 70, SUM_SIZE = 17 };

/* The directory that holds runtime, jars, cache and the list of them. */
extern char home[PATH_MAX];

/* One line on standard error. */
__attribute__((format(printf, 2, 3))) void tell(const char *what, const char *format, ...);

/* Ends the process: something of the package is missing or not as it was. */
__attribute__((noreturn, format(printf, 1, 2))) void broken(const char *format, ...);

/* Writes the sum of an open file as text; false if it cannot be read. */
int sum(int fd, char *text);

/* Looks at all that is needed on disk; after this, more options can be given. */
void prepare_machine(void);

void option(const char *text, void *extra);

JNIEnv *start_machine(JavaVM **machine);

/* Ends the process if Java threw something. */
void check(JNIEnv *env);

jobjectArray strings(JNIEnv *env, int count, char **texts);

jclass main_class(JNIEnv *env);

/* The program ends the process by itself, in all but the strangest cases. */
void run_main(JNIEnv *env, int count, char **words);

#endif
