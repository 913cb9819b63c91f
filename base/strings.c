#include "base/strings.h"

#include "base/checked.h"

#include <stdlib.h>
#include <string.h>

struct base_strings_block {
    struct base_strings_block *before;
    size_t used;
    size_t capacity;
    char bytes[];
};

/* The first block is small, for the many packs of few assets; each next one is larger, up to a bound. */
enum { FIRST_BLOCK = 1 << 10, LARGEST_BLOCK = 1 << 20 };

static struct base_strings_block *add_block(struct base_strings *strings, size_t needed)
{
    size_t capacity = FIRST_BLOCK;
    size_t size;
    if (strings->last != NULL) {
        capacity = strings->last->capacity < LARGEST_BLOCK / 2 ? strings->last->capacity * 2 : LARGEST_BLOCK;
    }
    if (capacity < needed) {
        capacity = needed;
    }
    struct base_strings_block *block =
        base_add_size(sizeof *block, capacity, &size) ? (struct base_strings_block *)malloc(size) : NULL;
    if (block != NULL) {
        *block = (struct base_strings_block){.before = strings->last, .capacity = capacity};
        strings->last = block;
    }
    return block;
}

char *base_strings_room(struct base_strings *strings, size_t size)
{
    struct base_strings_block *block = strings->last;
    size_t needed;
    if (!base_add_size(size, 1, &needed)) {
        return NULL;
    }
    if (block == NULL || needed > block->capacity - block->used) {
        block = add_block(strings, needed);
    }
    if (block == NULL) {
        return NULL;
    }
    char *string = block->bytes + block->used;
    block->used += needed;
    return string;
}

void base_strings_cut(struct base_strings *strings, size_t unused)
{
    strings->last->used -= unused;
}

const char *base_strings_copy(struct base_strings *strings, struct base_bytes bytes)
{
    char *string = base_strings_room(strings, bytes.size);
    if (string != NULL) {
        if (bytes.size > 0) {
            memcpy(string, bytes.data, bytes.size);
        }
        string[bytes.size] = '\0';
    }
    return string;
}

void base_strings_free(struct base_strings *strings)
{
    while (strings->last != NULL) {
        struct base_strings_block *block = strings->last;
        strings->last = block->before;
        free(block);
    }
}
