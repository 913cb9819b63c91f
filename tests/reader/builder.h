/* Packs built field by field, for the reader's tests. Nothing here comes from the writer. */
#ifndef PRPACK_TESTS_READER_BUILDER_H
#define PRPACK_TESTS_READER_BUILDER_H

#include "base/bytes.h"

/* JSON as a test writes it: ' stands for ", and each ^ marks the byte behind it and is taken out. */
enum { MARKS_MAX = 32 };

struct marked {
    char *text;
    size_t size;
    size_t marks[MARKS_MAX];
    size_t mark_count;
};

struct marked marked_make(const char *pattern);
void marked_free(struct marked *marked);
struct base_bytes marked_bytes(const struct marked *marked);

/* The fields of a prelude as they stand in the file. */
struct prelude_fields {
    const char *magic; /* four bytes */
    uint32_t schema_version;
    uint32_t header_len;
    uint64_t payload_offset;
    uint32_t flags;
    uint32_t reserved;
    uint32_t header_checksum;
};

enum { PRELUDE_BYTES = 32, LEGACY_BYTES = 24 };

void prelude_write(uint8_t out[PRELUDE_BYTES], const struct prelude_fields *fields);

/* A whole file in memory. */
struct test_pack {
    uint8_t *data;
    size_t size;
    size_t payload_at;
};

/* A valid prelude, the header, `gap` bytes of filler, the payload. */
struct test_pack pack_build(struct base_bytes header, size_t gap, struct base_bytes payload);
/* The same from a pattern, with a payload of PAYLOAD_BYTES bytes that count up from 0. */
enum { PAYLOAD_BYTES = 64 };
struct test_pack pack_build_pattern(const char *pattern);
void pack_free(struct test_pack *pack);
struct base_bytes pack_bytes(const struct test_pack *pack);
/* Writes the pack to unit_path(name) and returns that path. */
const char *pack_write(const struct test_pack *pack, const char *name);

/* Pieces of patterns. Every payload lies inside PAYLOAD_BYTES. */
#define HEADER(entries) "{'asset_table':[" entries "],'preload':[]}"
#define HEADER_PRELOAD(entries, preload) "{'asset_table':[" entries "],'preload':[" preload "]}"
#define ENTRY_BANK(id, name, bank)                                                                                     \
    "{'asset_id':" id ",'asset_name':'" name "','bank_type':'" bank                                                    \
    "','codec':'NONE','decoded_size':0,'metadata':{},'offset':0,'size':0}"
#define ENTRY(id, name) ENTRY_BANK(id, name, "GLYPH")
#define PRELOAD(id, slot) "{'asset_id':" id ",'slot':" slot "}"

#endif
