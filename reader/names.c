#include "reader/names.h"

#include "base/checked.h"
#include "base/json.h"
#include "reader/siphash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* A free slot has row 0; others have the row's index plus one. The tag saves most looks at a row. */
struct slot {
    uint32_t tag;
    uint32_t row;
};

/* Open addressing, linear probing, at most half full. Rows are added in table order and one with the name of an earlier row
 * is left out, so a lookup meets the first holder, and equal names do not pile up. */
struct pp_names {
    struct pp_siphash_key key;
    size_t mask; /* number of slots, a power of two, less one */
    struct slot slots[];
};

/* ---- Values of names ----
 *
 * A name in the header is escaped, the one that is looked for is not. The bytes of a mapped header can change under our
 * eyes, so nothing here relies on a span being well formed. */

enum { VALUE_MAX = 4, UNIT_ESCAPE = 6 };

/* The length of the escape at the front of the span, a surrogate pair together; at most what is there. span.size > 0. */
static size_t escape_length(struct pp_bytes span)
{
    size_t length = 2;
    if (span.size >= UNIT_ESCAPE && span.data[1] == 'u') {
        bool high = (span.data[2] | 0x20) == 'd' && strchr("89abAB", span.data[3]) != NULL;
        length = high ? 2 * (size_t)UNIT_ESCAPE : UNIT_ESCAPE;
    }
    return length < span.size ? length : span.size;
}

/* Takes the bytes up to the next escape, or one escape, off the span and returns their value. span->size > 0. */
static struct pp_bytes take_piece(struct pp_bytes *span, uint8_t scratch[VALUE_MAX])
{
    const uint8_t *backslash = memchr(span->data, '\\', span->size);
    size_t length = backslash != NULL ? (size_t)(backslash - span->data) : span->size;
    struct pp_bytes value = pp_bytes_make(span->data, length);
    if (length == 0) {
        length = escape_length(*span);
        size_t size = pp_json_unescape(pp_bytes_make(span->data, length), scratch, VALUE_MAX);
        value = pp_bytes_make(scratch, size < VALUE_MAX ? size : VALUE_MAX);
    }
    span->data += length;
    span->size -= length;
    return value;
}

static bool is_named(struct pp_bytes span, struct pp_bytes name)
{
    if (span.size < name.size) {
        return false; /* a value is never longer than its span */
    }
    while (span.size > 0) {
        uint8_t scratch[VALUE_MAX];
        struct pp_bytes piece = take_piece(&span, scratch);
        if (piece.size > name.size || memcmp(piece.data, name.data, piece.size) != 0) {
            return false;
        }
        name.data += piece.size;
        name.size -= piece.size;
    }
    return name.size == 0;
}

static struct pp_bytes name_of(struct pp_bytes header, const struct pp_row *row)
{
    return pp_bytes_make(header.data + row->name_at, row->name_size);
}

static uint64_t hash_span(struct pp_siphash_key key, struct pp_bytes span)
{
    struct pp_siphash hash = pp_siphash_begin(key);
    while (span.size > 0) {
        uint8_t scratch[VALUE_MAX];
        pp_siphash_add(&hash, take_piece(&span, scratch));
    }
    return pp_siphash_end(hash);
}

static uint64_t hash_name(struct pp_siphash_key key, struct pp_bytes name)
{
    struct pp_siphash hash = pp_siphash_begin(key);
    pp_siphash_add(&hash, name);
    return pp_siphash_end(hash);
}

/* ---- The index ---- */

/* Without the kernel's randomness the key is only hard to guess; names are then still found. */
static struct pp_siphash_key make_key(const void *somewhere)
{
    struct pp_siphash_key key;
    if (getrandom(&key, sizeof key, GRND_NONBLOCK) != (ssize_t)sizeof key) {
        struct timespec now = {.tv_sec = 0};
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        key.low = (uint64_t)(uintptr_t)somewhere;
        key.high = (uint64_t)now.tv_nsec;
    }
    return key;
}

/* Twice as many slots as rows at least, and a power of two. */
static bool slot_count(size_t rows, size_t *slots)
{
    *slots = 2;
    while (*slots / 2 < rows) {
        if (!pp_mul_size(*slots, 2, slots)) {
            return false;
        }
    }
    return true;
}

static void add(struct pp_names *names, struct pp_bytes header, const struct pp_table *table, uint32_t row)
{
    struct pp_bytes span = name_of(header, &table->rows[row]);
    uint64_t hash = hash_span(names->key, span);
    uint32_t tag = (uint32_t)(hash >> 32);
    size_t at = (size_t)hash & names->mask;
    for (; names->slots[at].row != 0; at = (at + 1) & names->mask) {
        if (names->slots[at].tag == tag &&
            pp_json_compare(name_of(header, &table->rows[names->slots[at].row - 1]), span) == 0) {
            return;
        }
    }
    names->slots[at] = (struct slot){.tag = tag, .row = row + 1};
}

struct pp_names *pp_names_create(struct pp_bytes header, const struct pp_table *table)
{
    size_t slots = 0;
    size_t bytes = 0;
    struct pp_names *names = NULL;
    if (!slot_count(table->count, &slots) || !pp_mul_size(slots, sizeof(struct slot), &bytes) ||
        !pp_add_size(bytes, sizeof *names, &bytes)) {
        return NULL;
    }
    names = calloc(1, bytes);
    if (names == NULL) {
        return NULL;
    }
    names->key = make_key(names);
    names->mask = slots - 1;
    for (size_t i = 0; i < table->count; i++) {
        add(names, header, table, (uint32_t)i);
    }
    return names;
}

void pp_names_destroy(struct pp_names *names)
{
    free(names);
}

size_t pp_names_find(const struct pp_names *names, struct pp_bytes header, const struct pp_table *table,
                     struct pp_bytes name)
{
    uint64_t hash = hash_name(names->key, name);
    uint32_t tag = (uint32_t)(hash >> 32);
    size_t at = (size_t)hash & names->mask;
    for (; names->slots[at].row != 0; at = (at + 1) & names->mask) {
        size_t row = names->slots[at].row - 1;
        if (names->slots[at].tag == tag && is_named(name_of(header, &table->rows[row]), name)) {
            return row;
        }
    }
    return PP_NO_ENTRY;
}

size_t pp_names_search(struct pp_bytes header, const struct pp_table *table, struct pp_bytes name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (is_named(name_of(header, &table->rows[i]), name)) {
            return i;
        }
    }
    return PP_NO_ENTRY;
}
