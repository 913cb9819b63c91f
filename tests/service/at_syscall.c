/* Runs a program and does something to it at one of its system calls:
 *
 *     at_syscall list FILE COMMAND…              writes the name of each call into FILE, a line each
 *     at_syscall kill N COMMAND…                 kills it when it enters its Nth call, which is not carried out
 *     at_syscall pause N TELL HEAR COMMAND…      writes a byte to the descriptor TELL when it enters its Nth call, and
 *                                                lets it go on when HEAR has a byte or has ended
 *     at_syscall fail NAME N ERRNO COMMAND…      its Nth call of that name fails and is not carried out
 *     at_syscall short NAME N COMMAND…           its Nth call of that name (read, write and their kin) moves half as
 *                                                many bytes
 *
 * N counts from 1, of all threads together and from the program's entry point on: what the loader did before is not the
 * program's doing. With the word `served` before the verb, N counts from the program's second read of standard input,
 * which is the first that counts: what a server does before its second message is left out. A read or write has another
 * name then where it is one of a pipe (pipe_read, pipe_write) or of an eventfd (eventfd).
 *
 * Ends with the program's exit code, with 128 + the signal that killed it, or with 125 when the program ended before
 * its Nth call. */
#include "tests/service/syscall_names.h"
#include "tests/service/tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_REACHED = 125, TROUBLE = 124 };

static int fail(const char *what)
{
    (void)fprintf(stderr, "at_syscall: %s\n", what);
    return TROUBLE;
}

static int ending_of(const struct tracer *tracer)
{
    return WIFSIGNALED(tracer->status) ? 128 + WTERMSIG(tracer->status) : WEXITSTATUS(tracer->status);
}

/* ---- A server ---- */

/* What a read or write of a pipe or an eventfd is called; else NULL. */
static const char *stream_name(const struct tracer_stop *stop)
{
    char path[64];
    char target[16];
    if (stop->number != SYS_read && stop->number != SYS_write) {
        return NULL;
    }
    (void)snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)stop->thread, (int)stop->arguments[0]);
    ssize_t size = readlink(path, target, sizeof target - 1);
    target[size > 0 ? size : 0] = '\0';
    if (strncmp(target, "pipe:", 5) == 0) {
        return stop->number == SYS_read ? "pipe_read" : "pipe_write";
    }
    return strncmp(target, "anon_inode:[eve", sizeof target - 1) == 0 ? "eventfd" : NULL;
}

static const char *name_of(const struct tracer_stop *stop, bool served)
{
    const char *name = served ? stream_name(stop) : NULL;
    return name != NULL ? name : syscall_name(stop->number);
}

/* Goes on to the next stop that counts; *messages counts the reads of standard input. False when the program ended. */
static bool next(struct tracer *tracer, struct tracer_stop *stop, bool served, unsigned *messages)
{
    while (tracer_next(tracer, stop)) {
        if (served && *messages < 2) {
            *messages += stop->entry && stop->number == SYS_read && stop->arguments[0] == STDIN_FILENO;
        }
        if (!served || *messages == 2) {
            return true;
        }
    }
    return false;
}

/* ---- Verbs ---- */

static bool start(struct tracer *tracer, char *const *command)
{
    return tracer_start(tracer, command) && tracer_pass_loader(tracer);
}

static int list(const char *file, char *const *command, bool served)
{
    FILE *out = fopen(file, "w");
    unsigned messages = 0;
    struct tracer tracer;
    struct tracer_stop stop = {.thread = 0};
    if (out == NULL || !start(&tracer, command)) {
        return fail("cannot begin");
    }
    while (next(&tracer, &stop, served, &messages)) {
        if (stop.entry) {
            (void)fprintf(out, "%s\n", name_of(&stop, served));
        }
    }
    return fclose(out) == 0 ? ending_of(&tracer) : fail("cannot write the list");
}

struct action {
    bool served;
    const char *verb;
    const char *name; /* of the call, or NULL for any */
    unsigned long n;
    int error;
    int tell;
    int hear;
};

/* Goes on to the entry of the Nth call of that name. False when the program ended before. */
static bool go_to(struct tracer *tracer, const struct action *action, struct tracer_stop *stop)
{
    unsigned messages = 0;
    for (unsigned long left = action->n; left > 0;) {
        if (!next(tracer, stop, action->served, &messages)) {
            return false;
        }
        left -= stop->entry && (action->name == NULL || strcmp(action->name, name_of(stop, action->served)) == 0);
    }
    return true;
}

static void fail_call(struct tracer *tracer, const struct tracer_stop *entry, int error)
{
    struct tracer_stop stop = {.thread = 0};
    tracer_skip(entry);
    while (tracer_next(tracer, &stop)) {
        if (stop.thread == entry->thread) {
            tracer_set_result(&stop, -error);
            return;
        }
    }
}

/* The bytes to move are the third argument of all calls that this is for. */
static void shorten_call(const struct tracer_stop *entry)
{
    uint64_t size = entry->arguments[2];
    tracer_set_argument(entry, 2, size > 1 ? size / 2 : size);
}

static bool pause_program(const struct action *action)
{
    char byte = '.';
    ssize_t heard;
    if (write(action->tell, &byte, 1) != 1) {
        return false;
    }
    do {
        heard = read(action->hear, &byte, 1);
    } while (heard < 0 && errno == EINTR);
    return heard >= 0;
}

static int act(const struct action *action, char *const *command)
{
    struct tracer tracer;
    struct tracer_stop stop = {.thread = 0};
    if (!start(&tracer, command)) {
        return fail("cannot begin");
    }
    if (!go_to(&tracer, action, &stop)) {
        return NOT_REACHED;
    }
    if (strcmp(action->verb, "kill") == 0) {
        tracer_kill(&tracer, &stop);
    } else if (strcmp(action->verb, "fail") == 0) {
        fail_call(&tracer, &stop, action->error);
    } else if (strcmp(action->verb, "short") == 0) {
        shorten_call(&stop);
    } else if (!pause_program(action)) {
        return fail("the socket has no reader");
    }
    tracer_finish(&tracer);
    return ending_of(&tracer);
}

static unsigned long number(const char *text)
{
    return strtoul(text, NULL, 10);
}

/* A descriptor that is not the program's. */
static int descriptor(const char *text)
{
    int fd = (int)number(text);
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

static bool is(const char *word, const char *verb, int argc, int needed)
{
    return strcmp(word, verb) == 0 && argc > needed;
}

int main(int argc, char **argv)
{
    bool served = argc > 1 && strcmp(argv[1], "served") == 0;
    argc -= served;
    argv += served;
    const char *verb = argc > 1 ? argv[1] : "";
    struct action action = {.served = served, .verb = verb};
    if (is(verb, "list", argc, 3)) {
        return list(argv[2], argv + 3, served);
    }
    if (is(verb, "kill", argc, 3)) {
        action.n = number(argv[2]);
        return act(&action, argv + 3);
    }
    if (is(verb, "pause", argc, 5)) {
        action.n = number(argv[2]);
        action.tell = descriptor(argv[3]);
        action.hear = descriptor(argv[4]);
        return act(&action, argv + 5);
    }
    if (is(verb, "short", argc, 4) || (is(verb, "fail", argc, 5) && errno_number(argv[4]) > 0)) {
        bool fails = strcmp(verb, "fail") == 0;
        action.name = argv[2];
        action.n = number(argv[3]);
        action.error = fails ? errno_number(argv[4]) : 0;
        return act(&action, argv + (fails ? 5 : 4));
    }
    return fail("see the head of at_syscall.c");
}
