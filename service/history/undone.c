#include "service/history/undone.h"

#include <errno.h>
#include <stdlib.h>

/* Where an operation is in the file. */
struct place {
    uint64_t operation;
    size_t at;
};

static int by_operation(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;
    if (a->operation != b->operation) {
        return a->operation < b->operation ? -1 : 1;
    }
    return (a->at > b->at) - (a->at < b->at);
}

/* The last operation of that number before `end`; NULL: there is none. */
static const struct place *find_before(const struct place *places, size_t count, uint64_t operation, size_t end)
{
    const struct place wanted = {.operation = operation, .at = end};
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_operation(&places[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 && places[low - 1].operation == operation ? &places[low - 1] : NULL;
}

/* From the last operation to the first one: whether an undo is in force is known before what it takes back is. */
int service_history_note_undone(struct service_history_link *links, size_t count)
{
    struct place *places = calloc(count + 1, sizeof *places);
    if (places == NULL) {
        return ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        links[i].by = 0;
        places[i] = (struct place){.operation = links[i].operation, .at = i};
    }
    qsort(places, count, sizeof *places, by_operation);
    for (size_t i = count; i > 0; i--) {
        const struct service_history_link *link = &links[i - 1];
        const struct place *undone =
            link->undoes != 0 && link->by == 0 ? find_before(places, count, link->undoes, i - 1) : NULL;
        if (undone != NULL && links[undone->at].by == 0) {
            links[undone->at].by = link->operation;
        }
    }
    free(places);
    return 0;
}
