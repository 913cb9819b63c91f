/* The directories that the kernel tells about (inotify), and what it has told.
 *
 * The kernel names a directory by a number that stays with the directory wherever it is moved. So nothing here knows
 * paths: an event only says that something is to be looked at again. Each look adds all directories anew, between
 * service_watches_begin and service_watches_end; a directory that has its number already keeps it, and the numbers
 * that were not added again are dropped. A directory is added before it is read, so that what is changed after the
 * reading is told.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_WATCHING_WATCHES_H
#define PRPACK_SERVICE_WATCHING_WATCHES_H

#include <stdbool.h>
#include <stddef.h>

/* What the events that came amount to; of several the last in this order. */
enum service_noticed {
    SERVICE_NOTICED_NOTHING,
    SERVICE_NOTICED_MOTION, /* something may be another one now: only a look says what */
    SERVICE_NOTICED_CHANGE  /* something that a build reads has changed, although its stamp may be the same; or events
                               were lost */
};

/* Why a directory is watched; one may be watched for several reasons. */
enum service_watch_reason {
    SERVICE_WATCH_SOURCES = 1,  /* all in it counts as a change */
    SERVICE_WATCH_REGISTRY = 2, /* so do the registry and the list of what is ignored, and nothing else */
    SERVICE_WATCH_OUTPUT = 4,   /* what a build writes into it counts when it goes away, as a motion */
    SERVICE_WATCH_NAMES = 8,    /* names that are awaited count, as a motion: service_watches_await_in */
    SERVICE_WATCH_PLACE = 16    /* that it goes away itself counts, as a motion: for all reasons */
};

struct service_watch_entry; /* a directory */
struct service_watch_name;  /* a name that is awaited in one */

/* Zero-initialise with SERVICE_WATCHES_EMPTY. Only watches.c writes the members. */
struct service_watches {
    int fd;                            /* can be read when something came; -1: nothing is watched */
    int problem;                       /* errno of the first directory that could not be watched; 0: none */
    struct service_watch_entry *items; /* in rising number */
    size_t count;
    size_t capacity;
    struct service_watch_name *names;
    size_t name_count;
    size_t name_capacity;
};

#define SERVICE_WATCHES_EMPTY ((struct service_watches){.fd = -1})

/* Begins to watch, with no directory yet. Returns 0 or an errno value; *watches is then empty. */
int service_watches_open(struct service_watches *watches);
/* Accepts an empty one, and leaves one. */
void service_watches_close(struct service_watches *watches);

/* A round of adding. What is not added again in it is not watched after its end. */
void service_watches_begin(struct service_watches *watches);
void service_watches_end(struct service_watches *watches);

/* Adds an open directory. A directory that may not be read is left out: nothing in it can be read by a build either.
 * All other failures are in watches->problem. Does nothing when nothing is watched. */
void service_watches_add(struct service_watches *watches, int directory_fd, unsigned reasons);

/* Adds an open directory, and awaits a name in it, which is copied. */
void service_watches_await_in(struct service_watches *watches, int directory_fd, const char *name);

/* Awaits that something else takes the place of the absolute `path`, whose last component is `name`: a directory there
 * is watched for that alone. Of what is no directory, a link or nothing, the name is awaited in `directory`. */
void service_watches_await(struct service_watches *watches, const char *path, const char *directory, const char *name);

/* Takes the events that have come, without waiting. */
enum service_noticed service_watches_read(struct service_watches *watches);

#endif
