/* Packs built field by field in memory. Nothing here comes from the product: the writer, the reader's loads and the
 * verifier are what these packs test.
 *
 * Allocation failure aborts the test program. */
#ifndef PRPACK_TESTS_LIB_PACK_H
#define PRPACK_TESTS_LIB_PACK_H

#include "base/bytes.h"

/* ---- Patterns: JSON as a test writes it ---- */

/* In a pattern ' means ", and ^ marks the byte that follows it; the ^ itself is removed. */
enum { MARKS_MAX = 32 };

struct marked {
    char *text; /* not NUL-terminated; owned, free with marked_free */
    size_t size;
    size_t marks[MARKS_MAX]; /* positions in the text, in rising order */
    size_t mark_count;
};

struct marked marked_make(const char *pattern);
void marked_free(struct marked *marked);
struct base_bytes marked_bytes(const struct marked *marked);

/* An element of the array `preload`, as a pattern. */
#define PRELOAD(id, slot) "{'asset_id':" id ",'slot':" slot "}"

/* ---- Packs ---- */

/* The fields of a prelude in the order of the file. */
struct prelude_fields {
    const char *magic; /* four bytes */
    uint32_t schema_version;
    uint32_t header_len;
    uint64_t payload_offset;
    uint32_t flags;
    uint32_t reserved;
    uint32_t header_checksum;
};

enum { PRELUDE_BYTES = 32 };

void prelude_write(uint8_t out[PRELUDE_BYTES], const struct prelude_fields *fields);

/* A whole file. */
struct pack {
    uint8_t *data; /* owned, free with pack_free */
    size_t size;
    size_t header_size; /* the header begins at PRELUDE_BYTES */
    size_t payload_at;
    size_t marks[MARKS_MAX]; /* positions in the file, in rising order */
    size_t mark_count;
};

/* A valid prelude, the header, `gap` bytes of filler, the payload; without marks. */
struct pack pack_build(struct base_bytes header, size_t gap, struct base_bytes payload);
/* The same; the marks of the header become marks of the pack. */
struct pack pack_build_marked(const struct marked *header, size_t gap, struct base_bytes payload);
void pack_free(struct pack *pack);
struct base_bytes pack_bytes(const struct pack *pack);
/* Writes the pack to unit_path(name) and returns that path. */
const char *pack_write(const struct pack *pack, const char *name);

#endif
