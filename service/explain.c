#include "service/service.h"

#include <string.h>

enum diag service_explain(const char *id)
{
    return diag_from_id(base_bytes_of_string(id));
}

enum { LONGEST_ID = 40 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein distance of two short strings, a row at a time. */
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST_ID + 1];
    size_t width = strlen(b);
    if (width > LONGEST_ID) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t above = row[j + 1];
            row[j + 1] = smallest(above + 1, row[j] + 1, diagonal + (a[i] != b[j]));
            diagonal = above;
        }
    }
    return row[width];
}

const char *service_closest_id(const char *id)
{
    const char *closest = NULL;
    size_t least = 4; /* more edits than that is another word */
    for (unsigned i = DIAG_NONE + 1; strlen(id) <= LONGEST_ID && i < DIAG_COUNT; i++) {
        const char *candidate = diag_facts((enum diag)i)->id;
        size_t edits = distance(id, candidate);
        if (edits < least) {
            least = edits;
            closest = candidate;
        }
    }
    return closest;
}
