#include "writer/sound/chain.h"

#include "writer/source.h"

#include <stdlib.h>

/* All walks move on together: the next step is that of the walk that is farthest back. Walks that come to one place are
 * one walk from there on, so no head is read twice. A walk remembers the places that it began at. */

struct place {
    uint64_t at;
    int64_t joined; /* the steps of its walk less the chunks from this place on */
    size_t next;    /* of the same walk; NONE: the last one */
};

struct walk {
    uint64_t at;
    int64_t steps;
    int64_t latest; /* the largest `joined` of its places */
    size_t first;   /* of its places */
};

#define NONE SIZE_MAX

/* walks[0, count) is a heap: a walk is not farther back than the one at half its index. */
struct search {
    struct writer_chunks chunks;
    struct walk *walks;
    size_t count;
    struct place *places;
};

static void push(struct search *search, struct walk walk)
{
    size_t i = search->count++;
    for (; i > 0 && search->walks[(i - 1) / 2].at > walk.at; i = (i - 1) / 2) {
        search->walks[i] = search->walks[(i - 1) / 2];
    }
    search->walks[i] = walk;
}

/* Takes the walk that is farthest back. */
static struct walk pop(struct search *search)
{
    struct walk *walks = search->walks;
    struct walk popped = walks[0];
    struct walk last = walks[--search->count];
    size_t i = 0;
    for (size_t child = 1; child < search->count; child = 2 * i + 1) {
        if (child + 1 < search->count && walks[child + 1].at < walks[child].at) {
            child++;
        }
        if (walks[child].at >= last.at) {
            break;
        }
        walks[i] = walks[child];
        i = child;
    }
    walks[i] = last;
    return popped;
}

/* Joins a walk to one that is at the same place. */
static void join(struct search *search, struct walk *into, const struct walk *walk)
{
    size_t last = walk->first;
    for (size_t i = walk->first; i != NONE; i = search->places[i].next) {
        struct place *place = &search->places[i];
        place->joined += into->steps - walk->steps;
        into->latest = place->joined > into->latest ? place->joined : into->latest;
        last = i;
    }
    search->places[last].next = into->first;
    into->first = walk->first;
}

/* Moves on by one chunk. False when none begins here, or it passes the end of the file, or the chain is too long from
 * each of its places, or the head cannot be read (search->chunks.problem). */
static bool advance(struct search *search, struct walk *walk)
{
    struct writer_chunk chunk;
    search->chunks.at = walk->at;
    if (!writer_chunks_next(&search->chunks, &chunk) || !writer_chunk_fits(&search->chunks, &chunk)) {
        return false;
    }
    writer_chunks_leave(&search->chunks, &chunk, chunk.size);
    walk->at = search->chunks.at;
    walk->steps++;
    return walk->steps - walk->latest <= WRITER_CHUNKS_MAX;
}

/* Moves all walks on until each that is left is at the end of the file. */
static bool walk_all(struct search *search)
{
    uint64_t end = search->chunks.bytes->file->size;
    for (uint64_t i = 0; search->count > 0 && search->walks[0].at < end; i++) {
        if (base_task_cancelled_in(search->chunks.bytes->task, i)) {
            return false;
        }
        struct walk walk = pop(search);
        while (search->count > 0 && search->walks[0].at == walk.at) {
            struct walk other = pop(search);
            join(search, &walk, &other);
        }
        if (advance(search, &walk)) {
            push(search, walk);
        }
        if (search->chunks.problem != 0) {
            return writer_report_read(search->chunks.report, search->chunks.problem);
        }
    }
    return true;
}

/* The walks that are left have come to the end. */
static bool find_first(const struct search *search, uint64_t *first)
{
    bool found = false;
    for (size_t i = 0; i < search->count; i++) {
        const struct walk *walk = &search->walks[i];
        for (size_t k = walk->first; k != NONE; k = search->places[k].next) {
            const struct place *place = &search->places[k];
            if (walk->steps - place->joined <= WRITER_CHUNKS_MAX && (!found || place->at < *first)) {
                *first = place->at;
                found = true;
            }
        }
    }
    return found;
}

bool writer_chain_find(const struct writer_chunks *chunks, const uint64_t *places, size_t count, bool *found,
                       uint64_t *first)
{
    struct search search = {.chunks = *chunks};
    *found = false;
    if (count == 0) {
        return true;
    }
    search.walks = calloc(count, sizeof *search.walks);
    search.places = calloc(count, sizeof *search.places);
    bool done = search.walks != NULL && search.places != NULL;
    for (size_t i = 0; done && i < count; i++) {
        search.places[i] = (struct place){.at = places[i], .next = NONE};
        push(&search, (struct walk){.at = places[i], .first = i});
    }
    done = done ? walk_all(&search) : writer_report_memory(chunks->report->findings);
    *found = done && find_first(&search, first);
    free(search.walks);
    free(search.places);
    return done;
}
