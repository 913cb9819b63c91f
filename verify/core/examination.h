/* One examination of one assets.pa and what stands beside it. Private to verify/.
 *
 * The stages run in the order of this file; each judges what it can and leaves what the next ones need. Every finding
 * of the pack and its companions goes into `findings`, so that a cartridge can ask about the pack alone. */
#ifndef PRPACK_VERIFY_CORE_EXAMINATION_H
#define PRPACK_VERIFY_CORE_EXAMINATION_H

#include "base/path.h"
#include "base/report.h"
#include "verify/core/input.h"
#include "verify/verify.h"
#include "json/object.h"
#include "json/pointer.h"

/* What is known about an entry, once it has been judged. */
enum verify_entry_flag {
    VERIFY_ENTRY_IS_OBJECT = 1 << 0,   /* the element is an object */
    VERIFY_ENTRY_HAS_ID = 1 << 1,      /* asset_id is usable */
    VERIFY_ENTRY_HAS_NAME = 1 << 2,    /* asset_name is a string */
    VERIFY_ENTRY_HAS_BANK = 1 << 3,    /* bank is one of the three */
    VERIFY_ENTRY_HAS_SLICE = 1 << 4,   /* offset and size are usable and exact, and the slice is inside the file */
    VERIFY_ENTRY_IS_READABLE = 1 << 5, /* the slice is inside the file and the payload is to be read */
    VERIFY_ENTRY_HAS_GLYPH = 1 << 6,   /* GLYPH: metadata and size are valid, so the payload can be decoded */
    VERIFY_ENTRY_HAS_SOUND = 1 << 7    /* SOUNDS: metadata is valid */
};

struct verify_entry {
    uint64_t offset; /* from payload_offset */
    uint64_t size;
    uint32_t at; /* where the element begins in the header */
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
        struct {
            uint16_t sample_rate;
            uint8_t channels;
        } sound; /* with VERIFY_ENTRY_HAS_SOUND */
    } bank_facts;
};

/* What is known about an element of preload. */
struct verify_preload {
    uint32_t asset_id_at; /* where the value begins in the header */
    bool has_asset_id, has_slot;
    int32_t asset_id;
    uint64_t slot; /* any integer, in or out of range, modulo 2^64: only compared with other slots */
};

/* What asset_table_metadata.json records: verify/recorded.h. */
struct verify_recorded;

struct verify_examination {
    const struct verify_options *options; /* never NULL */
    struct verify_report *report;
    struct base_findings findings;
    const char *path; /* of assets.pa, as the user knows it */
    struct verify_file input;

    uint64_t bytes_read; /* of the pack, before its payloads */
    bool prelude_stands; /* read, and without a finding of class L */
    struct pp_prelude prelude;
    bool header_stands; /* read, and accepted as JSON */
    uint8_t *header_memory;
    struct base_bytes header;
    bool loading_judged;     /* every rule of class L has been asked */
    struct pp_error opening; /* what the reader says when it opens the same bytes; DIAG_NONE: it opens them */

    struct json_token asset_table; /* the whole array; kind JSON_END when there is none */
    struct json_token preload;
    struct verify_entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    struct verify_preload *preloads;
    size_t preload_count;
    size_t preload_capacity;

    struct verify_recorded *record; /* NULL: no usable asset_table_metadata.json */
};

/* ---- Findings ---- */

/* Where in the header a finding is. Zero-initialise. */
struct verify_spot {
    size_t at;                        /* from the start of the header */
    const char *array;                /* "asset_table" or "preload"; NULL: the root */
    size_t index;                     /* in that array */
    const char *member;               /* or NULL */
    struct base_bytes key;            /* span of a KEY below that, or empty with NULL data */
    const struct json_path *path;     /* of a value below that, or NULL */
    const struct verify_entry *entry; /* whose asset_id is named, or NULL */
};

/* Adds a finding in the header. `actual` are bytes of the header, or NULL data for none; they are shortened and made
 * printable. */
__attribute__((format(printf, 6, 7))) void verify_report_in_header(struct verify_examination *examination,
                                                                   enum diag diagnostic, const struct verify_spot *spot,
                                                                   const char *expected, struct base_bytes actual,
                                                                   const char *format, ...);

/* The same at a place in any text. */
__attribute__((format(printf, 6, 7))) void verify_report_at(struct base_findings *findings, enum diag diagnostic,
                                                            const struct base_place *place, const char *expected,
                                                            struct base_bytes actual, const char *format, ...);

/* Appends bytes of a text, quotes and all, to a message: printable, shortened. */
void verify_quote(struct base_text *text, struct base_bytes bytes);

/* base_report_read_failure at a byte of a file. */
void verify_report_read_failure(struct base_findings *findings, const char *path, uint64_t at, int problem);

/* Adds a static reason to not_checked, once. */
void verify_report_not_checked(struct verify_report *report, const char *reason);

/* ---- Stages ---- */

/* 1.1: judges the prelude, fills prelude and report->prelude; lists a legacy pack. */
void verify_check_prelude(struct verify_examination *examination);

/* Reads the header and judges everything that its text alone can tell. Needs prelude_stands. */
void verify_check_header(struct verify_examination *examination);

/* The stages below up to verify_check_members, and verify_check_names, in one pass over a header as the packer writes
 * it: canonical, without a fault of class L. False: the header is another one, or memory ran out, and nothing has been
 * judged. */
bool verify_check_ordinary(struct verify_examination *examination);

/* Class L, and json-duplicate-key: what the reader finds in the header. Returns whether the text is JSON; *keys_repeat
 * tells whether json-duplicate-key was among it. */
bool verify_check_loading(struct verify_examination *examination, bool *keys_repeat);
/* json-not-canonical: 1.3, 4.2.3. Needs a header that is JSON. */
void verify_check_canonical(struct verify_examination *examination);
/* Lists assets and preload of the report from a header's text as far as it is JSON. */
void verify_list_header(struct verify_examination *examination, struct base_bytes header);
/* The same from the table of a canonical header without a fault of class L. False when memory runs out and nothing is
 * listed. */
struct reader_table;
bool verify_list_table(struct verify_examination *examination, const struct reader_table *table);
/* Everything of class C in the members; fills entries and preloads. Needs a header that is JSON. */
void verify_check_members(struct verify_examination *examination);
/* One entry, whose row is known->at alone so far: an object whose members are the whole values of
 * verify_entry_names. */
void verify_check_entry(struct verify_examination *examination, struct verify_entry *known, size_t index,
                        const struct json_token members[]);

/* name-duplicate: 4.2.6. */
void verify_check_names(struct verify_examination *examination);
/* slice-gap, slice-overlap, payload-trailing: 1.4, 4.2.5. Marks the payloads that are to be read. */
void verify_check_layout(struct verify_examination *examination);
/* preload-duplicate: 4.2.10. */
void verify_check_preload(struct verify_examination *examination);

/* Metadata and bank rules of one entry, whose row is filled: 2, 4.2.7 to 4.2.9. metadata is the whole object. */
struct verify_entry_view {
    struct verify_entry *known;
    size_t index;
    struct json_token metadata; /* kind JSON_END when unusable */
    struct json_token size;     /* the tokens, for positions; the numbers below count */
    struct json_token decoded_size;
    bool has_size, has_decoded_size; /* usable and exact */
    uint64_t size_value;
    uint64_t decoded_size_value;
};
void verify_check_metadata(struct verify_examination *examination, const struct verify_entry_view *view);

/* Asks the reader to open the same bytes. It must succeed exactly when no finding of class L is made:
 * verify_check_agreement compares, when all of class L has been asked. */
void verify_open_with_reader(struct verify_examination *examination);
void verify_check_agreement(struct verify_examination *examination);

/* Hashes payloads, decoded forms and, with a record, the whole file; glyph-palette-unused, hash-mismatch. */
void verify_check_payloads(struct verify_examination *examination);

/* The whole examination of one pack. companions is NULL when there are none to be looked at. */
struct verify_companions;
void verify_check_pack(struct verify_examination *examination, const struct verify_companions *companions);

struct verify_examination verify_examination_of(struct verify_report *report, const struct verify_options *options,
                                                const char *path, struct verify_file input);
/* Frees what the stages have taken. */
void verify_examination_free(struct verify_examination *examination);

#endif
