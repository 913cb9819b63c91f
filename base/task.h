/* One run of an operation, as everything below it sees it: whether to go on, how far the work is, what time it is,
 * which threads do it.
 *
 * The caller of an operation makes a task and hands it down; every function that can take long takes it. NULL stands
 * for a task that is never cancelled and tells no progress, with the clock of the system and no workers.
 *
 * Cancelling. A loop over input, entries or files looks at base_task_cancelled, and so does every wait; between two
 * looks there is at most one piece of work of fixed size, or one system call. Once true, it stays true. Work that ends
 * early returns as if it had failed, and what it has found so far may be wrong: the function that began a piece of work
 * looks again when the work returns, drops what the work has found, and returns, too. Where a function returns a
 * problem (base/file_problem.h), ECANCELED is the one for this. Only the operation itself reports the diagnostic
 * `cancelled`.
 *
 * Threads: any number of threads may look, cancel and report at the same time. The members are set before the operation
 * begins and not changed while it runs. */
#ifndef PRPACK_BASE_TASK_H
#define PRPACK_BASE_TASK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an operation is doing. Not every operation has every phase, and a phase may come more than once. */
enum base_phase {
    BASE_PHASE_LOADING,    /* the registry, declarations and what the last build left are read */
    BASE_PHASE_SCANNING,   /* directories are searched */
    BASE_PHASE_PROBING,    /* the sizes of payloads are found out */
    BASE_PHASE_PACKING,    /* payloads are made and written */
    BASE_PHASE_HASHING,    /* what was written is read back and hashed */
    BASE_PHASE_WRITING,    /* companions are written */
    BASE_PHASE_SYNCING,    /* a pack is brought to the disk */
    BASE_PHASE_CHECKING,   /* a long header is read and checked */
    BASE_PHASE_EXAMINING,  /* payloads are read and checked */
    BASE_PHASE_COMPARING,  /* sources are compared */
    BASE_PHASE_PLANNING,   /* an edit of the workspace is planned */
    BASE_PHASE_PUBLISHING, /* the files are moved into place */
    BASE_PHASE_WAITING     /* another process holds a lock */
};

enum base_unit { BASE_UNIT_BYTES, BASE_UNIT_ASSETS, BASE_UNIT_FILES };

/* How far a phase is. done <= total; done never falls while a phase lasts. */
struct base_progress {
    enum base_phase phase;
    enum base_unit unit;
    uint64_t done;
    uint64_t total;
};

/* Called now and then while an operation works, from any thread, but from one at a time. */
typedef void (*base_progress_callback)(void *context, const struct base_progress *progress);

/* Another process holds a lock that the operation waits for. */
struct base_waiting {
    const char *file; /* the locked directory, as messages name it */
    int64_t process;  /* id of a process that holds the lock; 0: the kernel does not say */
    const char *name; /* of that process; NULL when it is not known */
};

/* Called once per lock that an operation has waited for a second for. *waiting lives until the call returns. */
typedef void (*base_waiting_callback)(void *context, const struct base_waiting *waiting);

/* What a wait may end by. */
struct base_awaited {
    int fd;        /* -1: nothing */
    bool input;    /* awaited is something to read; else only that the other end is closed */
    bool happened; /* set by the wait */
};

/* What tells the time, and passes it. */
struct base_clock {
    int64_t (*now)(void *context);                     /* nanoseconds from any beginning; never goes back */
    int64_t (*date)(void *context);                    /* nanoseconds since 1970 */
    void (*sleep)(void *context, int64_t nanoseconds); /* may end early, as when a signal comes */
    /* Waits for the first of these, for that long at most, or without a limit when nanoseconds is below 0; may end
     * early likewise. NULL: as the system does it. */
    void (*wait)(void *context, struct base_awaited *awaited, size_t count, int64_t nanoseconds);
    void *context;
};

struct base_workers;

/* The directory of the process, as a descriptor for the calls that take one: AT_FDCWD. */
enum { BASE_CURRENT_DIRECTORY = -100 };

struct base_task {
    base_progress_callback progress; /* or NULL */
    base_waiting_callback waiting;   /* or NULL */
    void *progress_context;          /* of both */
    const struct base_clock *clock;  /* NULL: that of the system */

    /* Threads and memory that are kept from one piece of work to the next (base/workers.h). NULL: each piece makes its
     * own. */
    struct base_workers *workers;

    int directory; /* at which relative paths begin: an open one, or BASE_CURRENT_DIRECTORY */

    /* Two descriptors, or -1, for work that waits for something to happen (base_task_wait). */
    int wake;     /* can be read from the moment when the task is cancelled by a signal */
    int audience; /* the writing end of a pipe: the task is cancelled when nothing reads it any more */

    /* Called at each look, from any thread, while the task goes on; true cancels it. Or NULL. */
    bool (*ask)(void *context);
    void *ask_context;

    /* Private. */
    atomic_bool cancelled;
    atomic_flag reporting; /* a thread is in `progress` */
};

/* A task with nothing set. */
#define BASE_TASK_INIT                                                                                                 \
    {                                                                                                                  \
        .directory = BASE_CURRENT_DIRECTORY, .wake = -1, .audience = -1, .reporting = ATOMIC_FLAG_INIT                 \
    }

/* Ends the operation as soon as it looks. Safe in a signal handler. */
static inline void base_task_cancel(struct base_task *task)
{
    atomic_store_explicit(&task->cancelled, true, memory_order_relaxed);
}

/* Whether the work is to end. It costs a few instructions when `ask` is NULL. */
static inline bool base_task_cancelled(struct base_task *task)
{
    if (task == NULL) {
        return false;
    }
    if (!atomic_load_explicit(&task->cancelled, memory_order_relaxed) && task->ask != NULL &&
        task->ask(task->ask_context)) {
        base_task_cancel(task);
    }
    return atomic_load_explicit(&task->cancelled, memory_order_relaxed);
}

/* The same for a loop whose rounds are short: looks in every 4096th round only. Rounds count from 0. */
static inline bool base_task_cancelled_in(struct base_task *task, size_t round)
{
    return round % 4096 == 0 && base_task_cancelled(task);
}

/* Where relative paths begin. */
static inline int base_task_directory(const struct base_task *task)
{
    return task != NULL ? task->directory : BASE_CURRENT_DIRECTORY;
}

/* The two clocks, in nanoseconds. */
int64_t base_task_now(const struct base_task *task);
int64_t base_task_date(const struct base_task *task);
/* Sleeps, for less when the task is cancelled before or a signal comes. */
void base_task_sleep(struct base_task *task, int64_t nanoseconds);

/* Waits until fd, which may be -1, can be read, the task is cancelled, or the time has passed; without a limit when
 * nanoseconds is below 0. It may return earlier: the caller looks what has happened. Without `wake`, it returns every
 * second, so that the caller looks at the task. */
void base_task_wait(struct base_task *task, int fd, int64_t nanoseconds);

/* Tells how far the work is, unless another thread is telling just now. */
void base_task_report(struct base_task *task, const struct base_progress *progress);

/* Tells what the operation waits for. */
void base_task_report_waiting(struct base_task *task, const struct base_waiting *waiting);

/* Counts what several threads get done in one phase, and tells it. */
struct base_meter {
    struct base_task *task; /* NULL: nothing is told */
    enum base_phase phase;
    enum base_unit unit;
    uint64_t total;
    atomic_uint_fast64_t done;
};

/* `total` may be less than what is going to be added: what is beyond it is not told. */
void base_meter_begin(struct base_meter *meter, struct base_task *task, enum base_phase phase, enum base_unit unit,
                      uint64_t total);
/* Threads: any number at once. */
void base_meter_add(struct base_meter *meter, uint64_t done);
/* Tells what is done, when no other thread adds any more. */
void base_meter_end(struct base_meter *meter);

#endif
