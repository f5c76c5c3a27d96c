/* See machine.c and contents.c. */
#ifndef MACHINE_H
#define MACHINE_H

#include <jni.h>
#include <limits.h>

enum { BUG = 70, SUM_SIZE = 17, MAX_CONTENTS = 64 * 1024 };

/* The directory that holds runtime, jars, cache and the list of them. */
extern char home[PATH_MAX];

/* One line on standard error. */
__attribute__((format(printf, 2, 3))) void tell(const char *what, const char *format, ...);

/* Ends the process: something of the package is missing or not as it was. */
__attribute__((noreturn, format(printf, 1, 2))) void broken(const char *format, ...);

/* The jars, once the contents were looked at. */
extern char class_path[MAX_CONTENTS];

/* Ends the process if a part is missing or not as it was, but for the cache: without one it gives no option for it. */
void look_at_contents(void);

/* Writes the sum of an open file as text; false if it cannot be read. */
int sum(int fd, char *text);

/* Looks at all that is needed on disk; after this, more options can be given. */
void prepare_machine(void);

/* Ends the process if the list of what is installed does not end as it should: with the cache. */
void whole_list(void);

void option(const char *text, void *extra);

__attribute__((format(printf, 1, 2))) void made_option(const char *format, ...);

JNIEnv *start_machine(JavaVM **machine);

/* Ends the process if Java threw something. */
void check(JNIEnv *env);

jobjectArray strings(JNIEnv *env, int count, char **texts);

jclass main_class(JNIEnv *env);

/* The program ends the process by itself, in all but the strangest cases. */
void run_main(JNIEnv *env, int count, char **words);

#endif
