/* Runs a program and does something to it at one of its system calls:
 *
 *     at_syscall list FILE COMMAND…              writes the name of each call into FILE, a line each
 *     at_syscall kill N COMMAND…                 kills it when it enters its Nth call, which is not carried out
 *     at_syscall pause N TELL HEAR COMMAND…      writes a byte to the descriptor TELL when it enters its Nth call, and
 * lets it go on when HEAR has a byte or has ended at_syscall fail NAME N ERRNO COMMAND…      its Nth call of that name
 * fails and is not carried out at_syscall short NAME N COMMAND…           its Nth call of that name (read, write and
 * their kin) moves half as many bytes
 *
 * N counts from 1, of all threads together and from the program's entry point on: what the loader did before is not the
 * program's doing. Ends with the program's exit code, with 128 + the signal that killed it, or with 125 when the
 * program ended before its Nth call. */
#include "tests/service/syscall_names.h"
#include "tests/service/tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static bool start(struct tracer *tracer, char *const *command)
{
    return tracer_start(tracer, command) && tracer_pass_loader(tracer);
}

static int list(const char *file, char *const *command)
{
    FILE *out = fopen(file, "w");
    struct tracer tracer;
    struct tracer_stop stop = {.thread = 0};
    if (out == NULL || !start(&tracer, command)) {
        return fail("cannot begin");
    }
    while (tracer_next(&tracer, &stop)) {
        if (stop.entry) {
            (void)fprintf(out, "%s\n", syscall_name(stop.number));
        }
    }
    return fclose(out) == 0 ? ending_of(&tracer) : fail("cannot write the list");
}

/* Goes on to the entry of the Nth call of that name, or of any name when it is NULL. False when the program ended
 * before. */
static bool go_to(struct tracer *tracer, const char *name, unsigned long n, struct tracer_stop *stop)
{
    while (n > 0) {
        if (!tracer_next(tracer, stop)) {
            return false;
        }
        n -= stop->entry && (name == NULL || strcmp(name, syscall_name(stop->number)) == 0);
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

struct action {
    const char *verb;
    const char *name; /* of the call, or NULL for any */
    unsigned long n;
    int error;
    int tell;
    int hear;
};

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
    if (!go_to(&tracer, action->name, action->n, &stop)) {
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
    const char *verb = argc > 1 ? argv[1] : "";
    if (is(verb, "list", argc, 3)) {
        return list(argv[2], argv + 3);
    }
    if (is(verb, "kill", argc, 3)) {
        return act(&(struct action){.verb = verb, .n = number(argv[2])}, argv + 3);
    }
    if (is(verb, "pause", argc, 5)) {
        return act(
            &(struct action){
                .verb = verb, .n = number(argv[2]), .tell = descriptor(argv[3]), .hear = descriptor(argv[4])},
            argv + 5);
    }
    if (is(verb, "short", argc, 4)) {
        return act(&(struct action){.verb = verb, .name = argv[2], .n = number(argv[3])}, argv + 4);
    }
    if (is(verb, "fail", argc, 5) && errno_number(argv[4]) > 0) {
        return act(
            &(struct action){.verb = verb, .name = argv[2], .n = number(argv[3]), .error = errno_number(argv[4])},
            argv + 5);
    }
    return fail("see the head of at_syscall.c");
}
