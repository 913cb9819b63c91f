#include "service/history/undone.h"

#include "base/array.h"

#include <errno.h>
#include <stdlib.h>

/* One operation of the file. */
struct known {
    struct service_history_line line;
    uint64_t by; /* which has undone it; 0: none */
};

struct all {
    struct known *items;
    size_t count;
    size_t capacity;
};

/* The last one of that number; NULL: there is none. */
static struct known *find(const struct all *all, uint64_t operation)
{
    for (size_t i = all->count; i > 0; i--) {
        if (all->items[i - 1].line.operation == operation) {
            return &all->items[i - 1];
        }
    }
    return NULL;
}

/* An operation that undoes an undo does again what that one took back. */
static void note_undo(const struct all *all, const struct service_history_line *line)
{
    struct known *undone = line->undoes != 0 ? find(all, line->undoes) : NULL;
    if (undone == NULL) {
        return;
    }
    undone->by = line->operation;
    struct known *again = undone->line.undoes != 0 ? find(all, undone->line.undoes) : NULL;
    if (again != NULL) {
        again->by = 0;
    }
}

static int read_all(const struct service_history_file *file, struct all *all)
{
    struct base_bytes text;
    for (size_t at = 0; service_history_next(file->text, &at, &text);) {
        struct service_history_line line;
        if (!service_history_line_read(&line, text)) {
            continue;
        }
        struct known *items = base_array_grow(all->items, all->count, &all->capacity, sizeof *items);
        if (items == NULL) {
            return ENOMEM;
        }
        all->items = items;
        note_undo(all, &line);
        items[all->count++] = (struct known){.line = line};
    }
    return 0;
}

static const struct known *find_last(const struct all *all)
{
    for (size_t i = all->count; i > 0; i--) {
        if (all->items[i - 1].by == 0 && all->items[i - 1].line.undoes == 0) {
            return &all->items[i - 1];
        }
    }
    return NULL;
}

int service_history_find(const struct service_history_file *file, uint64_t operation, struct service_history_line *line,
                         uint64_t *by)
{
    struct all all = {.items = NULL};
    int problem = read_all(file, &all);
    const struct known *found = problem != 0 ? NULL : operation != 0 ? find(&all, operation) : find_last(&all);
    if (problem == 0 && found == NULL) {
        problem = ENOENT;
    }
    if (problem == 0) {
        *line = found->line;
        *by = found->by;
    }
    free(all.items);
    return problem;
}
