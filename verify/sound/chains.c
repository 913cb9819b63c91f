/* All chains are followed together: the next chunk to be read is always that of the chain which is the least far, so
 * the file is read from its beginning to its end. Where two chains come to one position, they have all further chunks
 * in common. Then the one with fewer chunks goes on for both; the other one remembers how many it has more. */
#include "verify/sound/chains.h"

#include <errno.h>
#include <stdlib.h>

struct chain {
    uint64_t at;     /* where its next chunk begins */
    unsigned chunks; /* so far */
    bool is_whole;   /* it has come to the end of the file */
    bool has_joined; /* another one goes on for it */
    uint16_t joined; /* which one */
    unsigned more;   /* how many chunks it has more than that one */
};

/* heap: the numbers of the chains that go on; the least far one comes first, and each one before those at twice its
 * place and one or two more. */
struct chains {
    size_t going;
    uint16_t heap[VERIFY_SOUND_CHAINS_MAX];
    struct chain items[VERIFY_SOUND_CHAINS_MAX];
};

static uint64_t position_of(const struct chains *chains, size_t place)
{
    return chains->items[chains->heap[place]].at;
}

/* Restores the order of the heap after its first one has changed. */
static void sink_first(struct chains *chains)
{
    size_t place = 0;
    for (;;) {
        size_t least = place;
        for (size_t below = 2 * place + 1; below <= 2 * place + 2 && below < chains->going; below++) {
            least = position_of(chains, below) < position_of(chains, least) ? below : least;
        }
        if (least == place) {
            return;
        }
        uint16_t number = chains->heap[place];
        chains->heap[place] = chains->heap[least];
        chains->heap[least] = number;
        place = least;
    }
}

static uint16_t take_first(struct chains *chains)
{
    uint16_t first = chains->heap[0];
    chains->going--;
    chains->heap[0] = chains->heap[chains->going];
    sink_first(chains);
    return first;
}

/* Takes every chain that has come to the position of the first one. Returns the one that goes on for all. */
static uint16_t take_joined(struct chains *chains)
{
    uint16_t first = take_first(chains);
    while (chains->going > 0 && position_of(chains, 0) == chains->items[first].at) {
        uint16_t other = take_first(chains);
        bool is_shorter = chains->items[other].chunks < chains->items[first].chunks;
        uint16_t longer = is_shorter ? first : other;
        first = is_shorter ? other : first;
        chains->items[longer].has_joined = true;
        chains->items[longer].joined = first;
        chains->items[longer].more = chains->items[longer].chunks - chains->items[first].chunks;
    }
    return first;
}

static void add(struct chains *chains, uint16_t number)
{
    size_t place = chains->going++;
    chains->heap[place] = number;
    while (place > 0 && position_of(chains, (place - 1) / 2) > position_of(chains, place)) {
        chains->heap[place] = chains->heap[(place - 1) / 2];
        place = (place - 1) / 2;
        chains->heap[place] = number;
    }
}

/* Reads one chunk. False when the chain ends there. */
static bool follow(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                   struct chain *chain)
{
    struct verify_sound_chunk chunk;
    chain->is_whole = chain->at >= bytes->file->size;
    if (chain->is_whole || chain->chunks == VERIFY_SOUND_CHUNKS_MAX ||
        !verify_sound_chunk_read(bytes, container, chain->at, &chunk) || chunk.too_small ||
        !verify_sound_chunk_is_inside(&chunk, bytes->file)) {
        return false;
    }
    chain->at = verify_sound_chunk_next(&chunk, container);
    chain->chunks++;
    return true;
}

static bool is_whole(const struct chains *chains, size_t number)
{
    const struct chain *chain = &chains->items[number];
    unsigned more = 0;
    while (chain->has_joined) {
        more += chain->more;
        chain = &chains->items[chain->joined];
    }
    return chain->is_whole && chain->chunks + more <= VERIFY_SOUND_CHUNKS_MAX;
}

bool verify_sound_find_chain(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                             const uint64_t *places, size_t count, uint64_t *first)
{
    struct chains *chains = calloc(1, sizeof *chains);
    if (chains == NULL) {
        return verify_sound_problem(bytes->fault, ENOMEM);
    }
    for (size_t i = 0; i < count; i++) {
        chains->items[i].at = places[i];
        add(chains, (uint16_t)i);
    }
    while (chains->going > 0 && !bytes->fault->found) {
        uint16_t number = take_joined(chains);
        if (follow(bytes, container, &chains->items[number])) {
            add(chains, number);
        }
    }
    size_t found = 0;
    while (found < count && !is_whole(chains, found)) {
        found++;
    }
    free(chains);
    if (found == count || bytes->fault->found) {
        return false;
    }
    *first = places[found];
    return true;
}
