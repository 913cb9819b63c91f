/* Runs a program and stops at each of its system calls: Linux on x86-64.
 *
 * Threads are followed, child processes are not. When the tracer dies, so does the program; it dies of SIGALRM a minute
 * after it started. */
#ifndef PRPACK_TESTS_SERVICE_TRACER_H
#define PRPACK_TESTS_SERVICE_TRACER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct tracer {
    pid_t leader;
    pid_t stopped; /* the thread that is stopped, or 0 */
    int signal;    /* to deliver when it goes on */
    int status;    /* as waitpid tells it, once the program has ended */
};

/* A thread at the entry or the exit of a system call. */
struct tracer_stop {
    pid_t thread;
    bool entry;
    long number;           /* of the call; at the entry only */
    uint64_t arguments[6]; /* at the entry only */
    int64_t result;        /* at the exit only; -errno for a failure */
};

/* Starts argv[0], looked up in PATH, up to the end of its execve. False when that failed. */
bool tracer_start(struct tracer *tracer, char *const *argv);

/* Right after the start: lets the loader do its work, up to the program's own entry point. False when it does not get
 * there. */
bool tracer_pass_loader(struct tracer *tracer);

/* Lets the program go on to its next stop. False when it has ended. */
bool tracer_next(struct tracer *tracer, struct tracer_stop *stop);

/* Lets the program go on to its end without stopping it any more. */
void tracer_finish(struct tracer *tracer);

/* Kills the program at the entry of a call, which is not carried out. */
void tracer_kill(struct tracer *tracer, const struct tracer_stop *stop);

/* At an entry: the call is not carried out. Its exit has to be given a result. */
void tracer_skip(const struct tracer_stop *stop);
/* At an exit: what the call returns. */
void tracer_set_result(const struct tracer_stop *stop, int64_t result);
/* At an entry: another value for an argument. */
void tracer_set_argument(const struct tracer_stop *stop, unsigned index, uint64_t value);

/* Reads a string from the program's memory, cut to size - 1 bytes. */
void tracer_read_string(const struct tracer_stop *stop, uint64_t address, char *out, size_t size);
bool tracer_read_memory(const struct tracer_stop *stop, uint64_t address, void *out, size_t size);

#endif
