/* An operation that a client has asked for: its request, which owns its strings, and how it is answered.
 *
 * Threads: a job belongs to one thread at a time, but for its task, which any thread may cancel. */
#ifndef PRPACK_SERVE_JOB_H
#define PRPACK_SERVE_JOB_H

#include "base/task.h"
#include "base/text.h"
#include "service/operations.h"

enum {
    SERVE_TOKEN_MOST = 256, /* bytes of the value of a string that is a token */
    SERVE_LIST_MOST = 16384 /* elements of a parameter that is a list */
};

struct serve_job {
    struct serve_job *next; /* in a lane */
    const struct service_operation *operation;
    union service_request request; /* borrows from strings and lists */
    uint64_t number;               /* of the operation, from 1 in each connection */
    struct base_text id;           /* as JSON */
    struct base_text token;        /* as JSON; empty: progress was not asked for */
    bool findings;                 /* notifications of findings were asked for */
    struct base_task task;         /* its `wake`, if there is one, is the job's */
    size_t cost;                   /* bytes of memory, about */

    /* Private. */
    char *strings;
    size_t strings_size;
    size_t strings_capacity;
    void **lists;
    size_t list_count;
    size_t list_capacity;
};

/* A job in which nothing is asked for, with room for the strings of a message of this size. NULL when memory ran out.
 */
struct serve_job *serve_job_create(const struct service_operation *operation, size_t message_size);
/* Accepts NULL. */
void serve_job_destroy(struct serve_job *job);

/* Room for a string of `size` bytes and a NUL, for as long as the job lives. All strings together are not longer than
 * the message, where each has two quotes. */
char *serve_job_string(struct serve_job *job, size_t size);
/* Room for the strings of a list; NULL when memory ran out. */
const char **serve_job_list(struct serve_job *job, size_t count);

#endif
