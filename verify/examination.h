/* One examination of one assets.pa and what stands beside it. Private to verify/.
 *
 * The stages run in the order of this file; each judges what it can and leaves what the next ones need. Every finding of
 * the pack and its companions goes into `findings`, so that a cartridge can ask about the pack alone. */
#ifndef PRPACK_VERIFY_EXAMINATION_H
#define PRPACK_VERIFY_EXAMINATION_H

#include "verify/input.h"
#include "verify/pointer.h"
#include "verify/tokens.h"
#include "verify/verify.h"

/* What is known about an entry, once it has been judged. */
enum pp_known_flag {
    PP_KNOWN_OBJECT = 1 << 0,   /* the element is an object */
    PP_KNOWN_ID = 1 << 1,       /* asset_id is usable */
    PP_KNOWN_NAME = 1 << 2,     /* asset_name is a string */
    PP_KNOWN_BANK = 1 << 3,     /* bank is one of the three */
    PP_KNOWN_SLICE = 1 << 4,    /* offset and size are usable and exact, and the slice is inside the file */
    PP_KNOWN_READABLE = 1 << 5, /* the slice is inside the file and the payload is to be read */
    PP_KNOWN_GLYPH = 1 << 6,    /* GLYPH: metadata and size are valid, so the payload can be decoded */
    PP_KNOWN_SOUND = 1 << 7     /* SOUNDS: metadata is valid */
};

struct pp_known {
    uint64_t offset; /* from payload_offset */
    uint64_t size;
    uint32_t at; /* where the element begins in the header */
    uint32_t name_at;
    uint32_t name_size;
    int32_t asset_id;
    uint16_t flags; /* enum pp_known_flag */
    uint8_t bank;   /* enum pp_bank */
    union {
        struct {
            uint8_t tile_size;
            uint8_t palette_authored;
        } glyph; /* with PP_KNOWN_GLYPH */
        struct {
            uint16_t sample_rate;
            uint8_t channels;
        } sound; /* with PP_KNOWN_SOUND */
    } bank_facts;
};

/* What is known about an element of preload. */
struct pp_known_preload {
    uint32_t asset_id_at; /* where the value begins in the header */
    bool has_asset_id, has_slot;
    int32_t asset_id;
    uint64_t slot; /* any integer, in or out of range, modulo 2^64: only compared with other slots */
};

/* What asset_table_metadata.json records: verify/recorded.h. */
struct pp_recorded;

struct pp_examination {
    const struct pp_verify_options *options; /* never NULL */
    struct pp_report *report;
    struct pp_findings findings;
    const char *path; /* of assets.pa, as the user knows it */
    struct pp_input input;

    uint64_t bytes_read; /* of the pack, before its payloads */
    bool prelude_stands; /* read, and without a finding of class L */
    struct pp_prelude prelude;
    bool header_stands; /* read, and accepted as JSON */
    uint8_t *header_memory;
    struct pp_bytes header;
    bool loading_judged;     /* every rule of class L has been asked */
    struct pp_error opening; /* what the reader says when it opens the same bytes; PP_FINE: it opens them */

    struct pp_json_token asset_table; /* the whole array; kind PP_JSON_END when there is none */
    struct pp_json_token preload;
    struct pp_known *entries;
    size_t entry_count;
    size_t entry_capacity;
    struct pp_known_preload *preloads;
    size_t preload_count;
    size_t preload_capacity;

    struct pp_recorded *record; /* NULL: no usable asset_table_metadata.json */
};

/* ---- Findings ---- */

/* Where in the header a finding is. Zero-initialise. */
struct pp_spot {
    size_t at;                    /* from the start of the header */
    const char *array;            /* "asset_table" or "preload"; NULL: the root */
    size_t index;                 /* in that array */
    const char *member;           /* or NULL */
    struct pp_bytes key;          /* span of a KEY below that, or empty with NULL data */
    const struct pp_path *path;   /* of a value below that, or NULL */
    const struct pp_known *entry; /* whose asset_id is named, or NULL */
};

/* Adds a finding in the header. `actual` are bytes of the header, or NULL data for none; they are shortened and made
 * printable. */
__attribute__((format(printf, 6, 7))) void pp_tell(struct pp_examination *examination, enum pp_diagnostic diagnostic,
                                                   const struct pp_spot *spot, const char *expected,
                                                   struct pp_bytes actual, const char *format, ...);

/* The same at a place in any text. */
__attribute__((format(printf, 6, 7))) void pp_tell_at(struct pp_findings *findings, enum pp_diagnostic diagnostic,
                                                      const struct pp_place *place, const char *expected,
                                                      struct pp_bytes actual, const char *format, ...);

/* Appends bytes of a text, quotes and all, to a message: printable, shortened. */
void pp_tell_bytes(struct pp_text *text, struct pp_bytes bytes);

/* Adds environment-memory. */
void pp_tell_no_memory(struct pp_findings *findings, const char *path);
/* Adds environment-read, or environment-memory for ENOMEM. */
void pp_tell_problem(struct pp_findings *findings, const char *path, uint64_t at, int problem);

/* "DIRECTORY/name", or the name alone when directory is NULL or empty; the caller frees it. NULL when memory runs out. */
char *pp_place_path(const char *directory, const char *name);

/* Adds a static reason to not_checked, once. */
void pp_report_not_checked(struct pp_report *report, const char *reason);

/* ---- Stages ---- */

/* 1.1: judges the prelude, fills prelude and report->prelude; lists a legacy pack. */
void pp_examine_prelude(struct pp_examination *examination);

/* Reads the header and judges everything that its text alone can tell. Needs prelude_stands. */
void pp_examine_header(struct pp_examination *examination);

/* The stages below up to pp_examine_members, and pp_examine_names, in one pass over a header as the packer writes it: canonical, without
 * a fault of class L. False: the header is another one, or memory ran out, and nothing has been judged. */
bool pp_examine_ordinary(struct pp_examination *examination);

/* Class L, and json-duplicate-key: what the reader finds in the header. Returns whether the text is JSON; *keys_repeat
 * tells whether json-duplicate-key was among it. */
bool pp_examine_loading(struct pp_examination *examination, bool *keys_repeat);
/* json-not-canonical: 1.3, 4.2.3. Needs a header that is JSON. */
void pp_examine_canonical(struct pp_examination *examination);
/* Lists assets and preload of the report from a header's text as far as it is JSON. */
void pp_list_header(struct pp_examination *examination, struct pp_bytes header);
/* The same from the table of a canonical header without a fault of class L. False when memory runs out and nothing is listed. */
struct pp_table;
bool pp_list_table(struct pp_examination *examination, const struct pp_table *table);
/* Everything of class C in the members; fills entries and preloads. Needs a header that is JSON. */
void pp_examine_members(struct pp_examination *examination);
/* One entry, whose row is known->at alone so far: an object whose members are the whole values of pp_entry_names. */
void pp_examine_entry(struct pp_examination *examination, struct pp_known *known, size_t index,
                      const struct pp_json_token members[]);

/* name-duplicate: 4.2.6. */
void pp_examine_names(struct pp_examination *examination);
/* slice-gap, slice-overlap, payload-trailing: 1.4, 4.2.5. Marks the payloads that are to be read. */
void pp_examine_layout(struct pp_examination *examination);
/* preload-duplicate: 4.2.10. */
void pp_examine_preload(struct pp_examination *examination);

/* Metadata and bank rules of one entry, whose row is filled: 2, 4.2.7 to 4.2.9. metadata is the whole object. */
struct pp_entry_view {
    struct pp_known *known;
    size_t index;
    struct pp_json_token metadata; /* kind PP_JSON_END when unusable */
    struct pp_json_token size;     /* the tokens, for positions; the numbers below count */
    struct pp_json_token decoded_size;
    bool has_size, has_decoded_size; /* usable and exact */
    uint64_t size_value;
    uint64_t decoded_size_value;
};
void pp_examine_metadata(struct pp_examination *examination, const struct pp_entry_view *view);

/* Asks the reader to open the same bytes. It must succeed exactly when no finding of class L is made: pp_examine_agreement
 * compares, when all of class L has been asked. */
void pp_examine_opening(struct pp_examination *examination);
void pp_examine_agreement(struct pp_examination *examination);

/* Hashes payloads, decoded forms and, with a record, the whole file; glyph-palette-unused, hash-mismatch. */
void pp_examine_payloads(struct pp_examination *examination);

/* The whole examination of one pack. companions is NULL when there are none to be looked at. */
struct pp_companions;
void pp_examine_pack(struct pp_examination *examination, const struct pp_companions *companions);

struct pp_examination pp_examination_of(struct pp_report *report, const struct pp_verify_options *options,
                                        const char *path, struct pp_input input);
/* Frees what the stages have taken. */
void pp_examination_free(struct pp_examination *examination);

#endif
