#include "service/watching/watches.h"

#include "base/array.h"
#include "service/watching/own.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

struct service_watch_entry {
    int number; /* the kernel's */
    unsigned reasons;
};

struct service_watch_name {
    int number; /* of the directory */
    char *name; /* owned */
};

/* A directory itself can be moved or removed; the kernel tells it without a name. */
enum {
    ITSELF = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT,
    GONE = IN_DELETE | IN_MOVED_FROM,
    NAMES = IN_CREATE | IN_MOVED_TO | GONE,
    CONTENT = NAMES | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB
};

/* What the kernel is asked for. What was asked before is kept: a directory can have several reasons. */
static uint32_t mask_of(unsigned reasons)
{
    bool content = (reasons & (SERVICE_WATCH_SOURCES | SERVICE_WATCH_REGISTRY)) != 0;
    uint32_t mask = content                                ? CONTENT
                    : (reasons & SERVICE_WATCH_NAMES) != 0 ? NAMES
                    : (reasons & SERVICE_WATCH_PLACE) != 0 ? IN_DONT_FOLLOW
                                                           : GONE;
    return mask | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_MASK_ADD;
}

int service_watches_open(struct service_watches *watches)
{
    *watches = SERVICE_WATCHES_EMPTY;
    watches->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    return watches->fd >= 0 ? 0 : errno;
}

static void forget_names(struct service_watches *watches)
{
    for (size_t i = 0; i < watches->name_count; i++) {
        free(watches->names[i].name);
    }
    watches->name_count = 0;
}

void service_watches_close(struct service_watches *watches)
{
    if (watches->fd >= 0) {
        (void)close(watches->fd);
    }
    forget_names(watches);
    free(watches->names);
    free(watches->items);
    *watches = SERVICE_WATCHES_EMPTY;
}

/* ---- A round ---- */

void service_watches_begin(struct service_watches *watches)
{
    forget_names(watches);
    watches->problem = 0;
    for (size_t i = 0; i < watches->count; i++) {
        watches->items[i].reasons = 0;
    }
}

void service_watches_end(struct service_watches *watches)
{
    size_t kept = 0;
    for (size_t i = 0; i < watches->count; i++) {
        if (watches->items[i].reasons != 0) {
            watches->items[kept++] = watches->items[i];
        } else {
            (void)inotify_rm_watch(watches->fd, watches->items[i].number); /* it may be gone already */
        }
    }
    watches->count = kept;
}

/* The index of the first entry whose number is not below. */
static size_t place_of(const struct service_watches *watches, int number)
{
    size_t low = 0;
    size_t high = watches->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (watches->items[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct service_watch_entry *find(const struct service_watches *watches, int number)
{
    size_t at = place_of(watches, number);
    return at < watches->count && watches->items[at].number == number ? &watches->items[at] : NULL;
}

/* Numbers rise until they have been used up, so a new one is mostly the last. */
static bool note(struct service_watches *watches, int number, unsigned reasons)
{
    size_t at = place_of(watches, number);
    if (at < watches->count && watches->items[at].number == number) {
        watches->items[at].reasons |= reasons;
        return true;
    }
    struct service_watch_entry *grown =
        base_array_grow(watches->items, watches->count, &watches->capacity, sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    watches->items = grown;
    memmove(grown + at + 1, grown + at, (watches->count - at) * sizeof *grown);
    grown[at] = (struct service_watch_entry){.number = number, .reasons = reasons};
    watches->count++;
    return true;
}

/* Returns the number, or -1. */
static int add_path(struct service_watches *watches, const char *path, unsigned reasons)
{
    if (watches->fd < 0) {
        return -1;
    }
    int number = inotify_add_watch(watches->fd, path, mask_of(reasons));
    int problem = number < 0 ? errno : note(watches, number, reasons) ? 0 : ENOMEM;
    bool may_be_absent = (reasons & (SERVICE_WATCH_NAMES | SERVICE_WATCH_PLACE)) != 0;
    bool absent = problem == EACCES || (may_be_absent && (problem == ENOENT || problem == ENOTDIR || problem == ELOOP));
    if (problem != 0 && !absent && watches->problem == 0) {
        watches->problem = problem;
    }
    return problem == 0 ? number : -1;
}

static int add_open(struct service_watches *watches, int directory_fd, unsigned reasons)
{
    char path[32];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", directory_fd);
    return add_path(watches, path, reasons);
}

void service_watches_add(struct service_watches *watches, int directory_fd, unsigned reasons)
{
    (void)add_open(watches, directory_fd, reasons);
}

static void await(struct service_watches *watches, int number, const char *name)
{
    struct service_watch_name *grown =
        number >= 0 ? base_array_grow(watches->names, watches->name_count, &watches->name_capacity, sizeof *grown)
                    : NULL;
    char *copy = grown != NULL ? strdup(name) : NULL;
    watches->names = grown != NULL ? grown : watches->names;
    if (copy != NULL) {
        watches->names[watches->name_count++] = (struct service_watch_name){.number = number, .name = copy};
    } else if (number >= 0 && watches->problem == 0) {
        watches->problem = ENOMEM;
    }
}

void service_watches_await(struct service_watches *watches, const char *path, const char *directory, const char *name)
{
    if (add_path(watches, path, SERVICE_WATCH_PLACE) < 0) {
        await(watches, add_path(watches, directory, SERVICE_WATCH_NAMES), name);
    }
}

void service_watches_await_in(struct service_watches *watches, int directory_fd, const char *name)
{
    await(watches, add_open(watches, directory_fd, SERVICE_WATCH_NAMES), name);
}

/* ---- Events ---- */

static bool is_awaited(const struct service_watches *watches, int number, const char *name)
{
    size_t i = 0;
    while (i < watches->name_count &&
           (watches->names[i].number != number || strcmp(watches->names[i].name, name) != 0)) {
        i++;
    }
    return i < watches->name_count;
}

/* What an event about a name in a directory is. */
static enum service_noticed judge(const struct service_watches *watches, const struct service_watch_entry *entry,
                                  uint32_t mask, const char *name)
{
    if (is_awaited(watches, entry->number, name)) {
        return SERVICE_NOTICED_MOTION;
    }
    if ((entry->reasons & SERVICE_WATCH_OUTPUT) != 0 && service_is_own_output(name)) {
        return (mask & GONE) != 0 ? SERVICE_NOTICED_MOTION : SERVICE_NOTICED_NOTHING;
    }
    if ((entry->reasons & SERVICE_WATCH_SOURCES) != 0 ||
        ((entry->reasons & SERVICE_WATCH_REGISTRY) != 0 && service_is_read_registry(name))) {
        return SERVICE_NOTICED_CHANGE;
    }
    return SERVICE_NOTICED_NOTHING;
}

static enum service_noticed notice(const struct service_watches *watches, const struct inotify_event *event)
{
    const struct service_watch_entry *entry = find(watches, event->wd);
    if ((event->mask & IN_Q_OVERFLOW) != 0) {
        return SERVICE_NOTICED_CHANGE;
    }
    if (entry == NULL || (event->mask & IN_IGNORED) != 0) {
        return SERVICE_NOTICED_NOTHING; /* not watched any more */
    }
    if (event->len > 0) {
        return judge(watches, entry, event->mask, event->name);
    }
    return (event->mask & (ITSELF | IN_ATTRIB)) != 0 ? SERVICE_NOTICED_MOTION : SERVICE_NOTICED_NOTHING;
}

enum service_noticed service_watches_read(struct service_watches *watches)
{
    enum service_noticed noticed = SERVICE_NOTICED_NOTHING;
    _Alignas(struct inotify_event) char events[1 << 16];
    ssize_t size;
    while (watches->fd >= 0 && (size = read(watches->fd, events, sizeof events)) > 0) {
        for (ssize_t at = 0; at < size;) {
            const struct inotify_event *event = (const void *)(events + at);
            enum service_noticed one = notice(watches, event);
            noticed = one > noticed ? one : noticed;
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return noticed;
}
