/* What the stages have found out about one assets.pa, for the stages after them.
 *
 * Each member names the one stage that writes it. A stage reads only what an earlier stage wrote; pack.c has the order.
 * Zero-initialise; what a stage did not find out stays zero. Positions are bytes from the start of the header. */
#ifndef PRPACK_VERIFY_CORE_FACTS_H
#define PRPACK_VERIFY_CORE_FACTS_H

#include "base/hash_value.h"
#include "base/lines.h"
#include "reader/pack.h"
#include "json/object.h"

#include <stdbool.h>
#include <stdint.h>

/* What is known about an entry, once it has been checked. */
enum verify_entry_flag {
    VERIFY_ENTRY_HAS_ID = 1 << 0,      /* asset_id is usable */
    VERIFY_ENTRY_HAS_NAME = 1 << 1,    /* asset_name is a string */
    VERIFY_ENTRY_HAS_BANK = 1 << 2,    /* bank is one of the three */
    VERIFY_ENTRY_HAS_SLICE = 1 << 3,   /* offset and size are usable and exact, and the slice is inside the file */
    VERIFY_ENTRY_IS_INSIDE = 1 << 4,   /* offset and size are usable, and the slice is inside the file */
    VERIFY_ENTRY_HAS_GLYPH = 1 << 5,   /* GLYPH: metadata and size are valid, so the payload can be decoded */
    VERIFY_ENTRY_HAS_SOUND = 1 << 6,   /* SOUNDS: metadata is valid */
    VERIFY_ENTRY_IS_READABLE = 1 << 7, /* the payload is to be read: header/slice_layout.c */
};

struct verify_entry {
    uint64_t offset; /* from payload_offset */
    uint64_t size;
    uint32_t name_at;
    uint32_t name_size;
    int32_t asset_id;
    uint16_t flags; /* enum verify_entry_flag */
    uint8_t bank;   /* enum pp_bank */
    union {
        struct {
            uint8_t tile_size;
            uint8_t palette_authored;
        } glyph; /* with VERIFY_ENTRY_HAS_GLYPH */
    } bank_facts;
};

#define VERIFY_NO_SLOT UINT64_MAX

/* What is known about an element of preload. */
struct verify_preload {
    uint32_t asset_id_at; /* where the value begins */
    bool has_asset_id, has_slot;
    int32_t asset_id;
    uint64_t slot; /* with has_slot; VERIFY_NO_SLOT: it is out of range */
};

/* What asset_table_metadata.json records, once its form has been accepted. */
struct verify_recorded_asset {
    size_t at;       /* where its object begins in the document */
    size_t tiles_at; /* where the array begins that is its `tiles`; 0: it has none */
    bool tiles_fit;  /* `tiles` keeps the rules of 3.1 that need no payload: companions/tiles.c */
    struct base_hash payload;
    struct base_hash decoded;
};

struct verify_record {
    char *path; /* of the document, as findings name it */
    uint8_t *memory;
    struct base_bytes text;
    struct base_lines_marks lines; /* of the text */
    unsigned version;              /* schema_version: 1, which has no `tiles`, or 2 */
    uint64_t pack_size;
    struct base_hash header;
    struct base_hash pack;
    struct base_hash document;
    bool is_spaced;                       /* the text has white space between its tokens, else it is canonical */
    bool is_intact;                       /* the hash of the document is right */
    bool has_header;                      /* the recorded hash of the header is that of the pack's */
    size_t document_at;                   /* where the value of document_xxh3_128 begins: its opening quote */
    struct verify_recorded_asset *assets; /* in table order */
    size_t asset_count;
};

/* What reading a payload gave. */
struct verify_payload {
    struct base_hash hash;
    struct base_hash decoded;
    bool has_hash; /* the payload was read */
    bool has_decoded;
    bool has_stray;          /* a byte of an unused palette is not zero */
    uint16_t stray_at;       /* that byte, from the start of the payload */
    bool has_stray_pixel;    /* a tile that no sprite has, by `tiles`, is not empty */
    uint16_t stray_pixel_at; /* the first such byte, from the start of the payload */
};

/* How far the prelude was checked. */
enum verify_prelude_state { VERIFY_PRELUDE_UNREAD, VERIFY_PRELUDE_FAULTY, VERIFY_PRELUDE_VALID };

struct verify_facts {
    /* header/prelude.c */
    enum verify_prelude_state prelude_state;
    struct pp_prelude prelude; /* with VERIFY_PRELUDE_VALID */
    uint64_t prelude_bytes;    /* read from the file so far */

    /* header/header.c */
    uint8_t *header_memory;
    struct base_bytes header;  /* data NULL: it was not read */
    bool header_is_checked;    /* against every rule of class L */
    bool header_is_ordinary;   /* canonical, with the members of 1.2 alone, and with ids that ascend */
    uint64_t size_without_cut; /* what the file's size would be if it were not cut (4.2.17); 0: it is not cut */
    bool header_is_usable;     /* it is JSON, and entries and preloads are complete */

    /* header/members.c */
    struct json_token asset_table; /* the whole array; kind JSON_END when there is none */
    struct json_token preload;
    struct verify_entry *entries; /* in table order; their VERIFY_ENTRY_IS_READABLE: header/slice_layout.c */
    size_t entry_count;
    struct verify_preload *preloads;
    size_t preload_count;

    /* companions/metadata_record.c */
    struct verify_record *record; /* NULL: no usable asset_table_metadata.json */

    /* payloads/payloads.c */
    struct verify_payload *payloads; /* one per entry; NULL: memory ran out */
};

/* Frees what the stages allocated. */
void verify_facts_free(struct verify_facts *facts);
/* record may be NULL. */
void verify_record_free(struct verify_record *record);

/* Whether every rule of class L was checked. A faulty prelude does not lead to a header (4.2.1). */
static inline bool verify_loading_is_checked(const struct verify_facts *facts)
{
    return facts->prelude_state == VERIFY_PRELUDE_FAULTY || facts->header_is_checked;
}

/* Where a payload begins in the file; its slice is inside. */
static inline uint64_t verify_payload_position(const struct verify_facts *facts, const struct verify_entry *entry)
{
    return facts->prelude.payload_offset + entry->offset;
}

static inline bool verify_entry_is_bank(const struct verify_entry *entry, enum pp_bank bank)
{
    return (entry->flags & VERIFY_ENTRY_HAS_BANK) != 0 && entry->bank == bank;
}

#endif
