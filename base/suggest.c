#include "base/suggest.h"

#include "base/ascii.h"

enum { LONGEST = 63 };

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, three rows of the usual table. */
static unsigned alignment(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size)
{
    unsigned rows[3][LONGEST + 1] = {0};
    for (unsigned j = 0; j <= b_size; j++) {
        rows[0][j] = j;
    }
    for (unsigned i = 1; i <= a_size; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i + 2) % 3];
        const unsigned *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (unsigned j = 1; j <= b_size; j++) {
            unsigned cost = base_ascii_lower(a[i - 1]) == base_ascii_lower(b[j - 1]) ? 0 : 1;
            row[j] = smaller(smaller(above[j], row[j - 1]) + 1, above[j - 1] + cost);
            if (i > 1 && j > 1 && base_ascii_lower(a[i - 1]) == base_ascii_lower(b[j - 2]) &&
                base_ascii_lower(a[i - 2]) == base_ascii_lower(b[j - 1])) {
                row[j] = smaller(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return rows[a_size % 3][b_size];
}

unsigned base_edit_distance(struct base_bytes word, const char *name)
{
    struct base_bytes other = base_bytes_of_string(name);
    size_t most = other.size / 3;
    /* A distance is never less than the difference of the lengths. */
    if (word.size > LONGEST || other.size > LONGEST || word.size > other.size + most || other.size > word.size + most) {
        return BASE_DISTANCE_FAR;
    }
    unsigned distance = alignment(word.data, word.size, other.data, other.size);
    return distance <= most ? distance : (unsigned)BASE_DISTANCE_FAR;
}

const char *base_suggest(struct base_bytes word, const char *const *names, size_t count)
{
    const char *found = NULL;
    unsigned best = BASE_DISTANCE_FAR;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = base_edit_distance(word, names[i]);
        if (distance < best) {
            best = distance;
            found = names[i];
        }
    }
    return found;
}
