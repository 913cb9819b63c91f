#include "reader/names/index.h"

#include "base/checked.h"
#include "reader/names/siphash.h"
#include "json/value.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* A free slot has row 0; others have the row's index plus one, and the value of its name in the pool. The tag saves
 * most looks at the pool. */
struct slot {
    uint32_t tag;
    uint32_t row;
    uint32_t at;
    uint32_t size;
};

/* Open addressing, linear probing, at most three quarters full. Rows are added in table order and one with the name of
 * an earlier row is left out, so a lookup finds the first holder, and equal names take one slot.
 *
 * The pool has the names unescaped and side by side: a lookup touches a slot and a name there, which stay in the
 * processor's cache, and neither the table nor the header. */
struct reader_names {
    struct reader_siphash_key key;
    size_t mask; /* number of slots, a power of two, less one */
    uint8_t *pool;
    struct slot slots[];
};

/* Without the kernel's randomness the key is only hard to guess; names are then still found. */
static struct reader_siphash_key make_key(const void *somewhere)
{
    struct reader_siphash_key key;
    if (getrandom(&key, sizeof key, GRND_NONBLOCK) != (ssize_t)sizeof key) {
        struct timespec now = {.tv_sec = 0};
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        key.low = (uint64_t)(uintptr_t)somewhere;
        key.high = (uint64_t)now.tv_nsec;
    }
    return key;
}

/* The least power of two that leaves a quarter of the slots free. rows < 2^32. */
static size_t slot_count(size_t rows)
{
    size_t slots = 4;
    while (slots / 4 * 3 < rows) {
        slots *= 2;
    }
    return slots;
}

/* The slot that has the name, or the free one where it belongs. */
static size_t probe(const struct reader_names *names, struct base_bytes name, uint32_t *tag)
{
    uint64_t hash = reader_siphash(names->key, name);
    *tag = (uint32_t)(hash >> 32);
    size_t at = (size_t)hash & names->mask;
    for (; names->slots[at].row != 0; at = (at + 1) & names->mask) {
        const struct slot *slot = &names->slots[at];
        if (slot->tag == *tag && slot->size == name.size &&
            (name.size == 0 || memcmp(names->pool + slot->at, name.data, name.size) == 0)) {
            break;
        }
    }
    return at;
}

/* pool_size bytes of the pool are taken; the span still fits. Returns how many are taken afterwards. */
static uint32_t add(struct reader_names *names, struct base_bytes span, uint32_t row, uint32_t pool_size)
{
    uint8_t *value = names->pool + pool_size;
    size_t size = json_unescape(span, value, span.size);
    if (size > span.size) {
        size = span.size; /* only when a mapped header changed meanwhile */
    }
    uint32_t tag = 0;
    size_t at = probe(names, base_bytes_make(value, size), &tag);
    if (names->slots[at].row != 0) {
        return pool_size;
    }
    names->slots[at] = (struct slot){.tag = tag, .row = row + 1, .at = pool_size, .size = (uint32_t)size};
    return pool_size + (uint32_t)size;
}

/* Bytes that the pool needs at most: names do not overlap, so they are fewer than the header's. */
static size_t pool_bytes(const struct reader_table *table)
{
    size_t bytes = 0;
    for (size_t i = 0; i < table->count; i++) {
        bytes += table->rows[i].name_size;
    }
    return bytes;
}

struct reader_names *reader_names_create(struct base_bytes header, const struct reader_table *table)
{
    size_t slots = slot_count(table->count);
    size_t bytes = 0;
    struct reader_names *names = NULL;
    if (!base_mul_size(slots, sizeof(struct slot), &bytes) || !base_add_size(bytes, sizeof *names, &bytes)) {
        return NULL;
    }
    names = calloc(1, bytes);
    uint8_t *pool = malloc(pool_bytes(table) + 1);
    if (names == NULL || pool == NULL) {
        free(names);
        free(pool);
        return NULL;
    }
    names->key = make_key(names);
    names->mask = slots - 1;
    names->pool = pool;
    uint32_t pool_size = 0;
    for (size_t i = 0; i < table->count; i++) {
        pool_size = add(names, reader_row_name(header, &table->rows[i]), (uint32_t)i, pool_size);
    }
    return names;
}

void reader_names_destroy(struct reader_names *names)
{
    if (names != NULL) {
        free(names->pool);
        free(names);
    }
}

size_t reader_names_find(const struct reader_names *names, struct base_bytes name)
{
    uint32_t tag = 0;
    size_t at = probe(names, name, &tag);
    return names->slots[at].row != 0 ? names->slots[at].row - 1 : PP_NO_ENTRY;
}
