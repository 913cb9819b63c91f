#include "verify/payloads/chunks.h"

static uint64_t begin_of(const struct verify_chunk_walk *walk, size_t entry)
{
    return verify_payload_position(walk->facts, &walk->facts->entries[entry]);
}

/* Moves to the next entry whose payload was not passed yet. False when there is none. */
static bool find_entry(struct verify_chunk_walk *walk)
{
    const struct verify_facts *facts = walk->facts;
    for (; walk->entry < facts->entry_count; walk->entry++) {
        if ((facts->entries[walk->entry].flags & VERIFY_ENTRY_IS_READABLE) == 0) {
            continue;
        }
        if (begin_of(walk, walk->entry) >= walk->position) {
            return true;
        }
        walk->overlaps[walk->entry] = true;
    }
    return false;
}

/* Chunks end at multiples of their size, which suits the page cache. */
static size_t size_within(uint64_t position, uint64_t rest)
{
    uint64_t size = VERIFY_CHUNK_MAX - position % VERIFY_CHUNK_MAX;
    return (size_t)(size < rest ? size : rest);
}

static void take_part(struct verify_chunk_walk *walk, struct verify_chunk *chunk)
{
    uint64_t rest = walk->facts->entries[walk->entry].size - walk->part_at;
    *chunk = (struct verify_chunk){
        .kind = VERIFY_CHUNK_PART,
        .position = walk->position,
        .size = size_within(walk->position, rest),
        .entry = walk->entry,
        .part_at = walk->part_at,
    };
    chunk->part_ends = chunk->size == rest;
    walk->part_at += chunk->size;
    if (chunk->part_ends) {
        walk->part_at = 0;
        walk->entry++;
    }
}

static void take_run(struct verify_chunk_walk *walk, struct verify_chunk *chunk)
{
    const struct verify_facts *facts = walk->facts;
    *chunk = (struct verify_chunk){.kind = VERIFY_CHUNK_RUN, .position = walk->position, .entry = walk->entry};
    for (; walk->entry < facts->entry_count; walk->entry++) {
        const struct verify_entry *known = &facts->entries[walk->entry];
        if ((known->flags & VERIFY_ENTRY_IS_READABLE) == 0 ||
            begin_of(walk, walk->entry) != chunk->position + chunk->size ||
            known->size > VERIFY_CHUNK_MAX - chunk->size) {
            break;
        }
        chunk->size += (size_t)known->size;
        chunk->count++;
    }
}

bool verify_chunk_next(struct verify_chunk_walk *walk, struct verify_chunk *chunk)
{
    if (walk->part_at > 0) {
        take_part(walk, chunk);
        walk->position += chunk->size;
        return true;
    }
    bool ahead = find_entry(walk);
    uint64_t next = ahead ? begin_of(walk, walk->entry) : walk->file_size;
    if (!walk->gaps) {
        walk->position = next;
    }
    if (next > walk->position) {
        *chunk = (struct verify_chunk){.kind = VERIFY_CHUNK_GAP,
                                       .position = walk->position,
                                       .size = size_within(walk->position, next - walk->position)};
    } else if (!ahead) {
        return false;
    } else if (walk->facts->entries[walk->entry].size <= VERIFY_CHUNK_MAX) {
        take_run(walk, chunk);
    } else {
        take_part(walk, chunk);
    }
    walk->position += chunk->size;
    return true;
}
