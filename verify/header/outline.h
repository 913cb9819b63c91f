/* The outline of a header: where each element of asset_table and preload is, and where its members are.
 *
 * outline_make.c makes it, once per header, and every stage that looks at the header reads it: listing, members,
 * metadata, layout.
 * The outline says where values are and of which kind; it decides nothing. Positions are bytes from the start of the
 * header.
 *
 * Any text has an outline. When the text is not JSON, or does not have the shape of a header, the outline has the
 * elements before the first fault. When a member is repeated, the first one counts (4.2.4).
 * Memory: at most 16 bytes per byte of the header; it grows with what has been read. Threads: an outline that is made
 * is only read, by any number of threads. */
#ifndef PRPACK_VERIFY_HEADER_OUTLINE_H
#define PRPACK_VERIFY_HEADER_OUTLINE_H

#include "base/task.h"
#include "json/object.h"

enum verify_entry_member {
    VERIFY_ENTRY_ASSET_ID,
    VERIFY_ENTRY_ASSET_NAME,
    VERIFY_ENTRY_BANK_TYPE,
    VERIFY_ENTRY_CODEC,
    VERIFY_ENTRY_DECODED_SIZE,
    VERIFY_ENTRY_METADATA,
    VERIFY_ENTRY_OFFSET,
    VERIFY_ENTRY_SIZE,
    VERIFY_ENTRY_MEMBERS
};

enum verify_preload_member { VERIFY_PRELOAD_MEMBER_ASSET_ID, VERIFY_PRELOAD_MEMBER_SLOT, VERIFY_PRELOAD_MEMBERS };

/* The members, in these orders. */
extern const struct json_member verify_entry_members[VERIFY_ENTRY_MEMBERS];
extern const struct json_member verify_preload_members[VERIFY_PRELOAD_MEMBERS];

/* A token in 9 bytes: its kind is an enum json_kind with the flags of outline.c. */
struct verify_outline_members {
    uint32_t begin[VERIFY_ENTRY_MEMBERS];
    uint32_t end[VERIFY_ENTRY_MEMBERS];
    uint8_t kind[VERIFY_ENTRY_MEMBERS];
};

struct verify_outline_element {
    uint32_t begin;
    uint32_t end;
    uint32_t members; /* index in the outline's members; UINT32_MAX: the element has no known member */
    uint32_t kind;    /* enum json_kind */
};

/* A loop over elements looks at the task once per so many of them. */
enum { VERIFY_OUTLINE_LOOK = 4096 };

struct verify_outline_array {
    struct json_token whole; /* the value with its brackets; kind JSON_END when the member is missing */
    struct verify_outline_element *elements;
    size_t count;
    size_t capacity;
};

/* A member that 1.2 does not list. */
struct verify_outline_unknown {
    uint32_t key_begin; /* inside the quotes */
    uint32_t key_end;
    uint32_t index;    /* of the element that has it; 0 for the root */
    uint32_t array_id; /* enum verify_outline_array_id */
};

enum verify_outline_array_id { VERIFY_OUTLINE_ROOT, VERIFY_OUTLINE_ENTRIES, VERIFY_OUTLINE_PRELOAD };

struct verify_outline {
    struct base_bytes header;
    struct base_task *task; /* or NULL */
    /* The text is canonical, has the members of 1.2 alone, and each of them has the kind of value that it must have.
     * False: nothing is known. */
    bool is_canonical;
    struct verify_outline_array entries;
    struct verify_outline_array preload;
    struct verify_outline_members *members;
    size_t member_count;
    size_t member_capacity;
    struct verify_outline_unknown *unknown; /* in order of position */
    size_t unknown_count;
    size_t unknown_capacity;
};

/* ---- Building: outline_scan.c and outline_walk.c ---- */

/* Begins an empty outline of a header, which the caller keeps. */
void verify_outline_begin(struct verify_outline *outline, struct base_bytes header, struct base_task *task);
/* Adds an element with its members, of which there are `count`. False: memory ran out, or the task was cancelled. */
bool verify_outline_add(struct verify_outline *outline, struct verify_outline_array *array, struct json_token element,
                        const struct json_token members[], size_t count);
/* Adds a member that 1.2 does not list. False: memory ran out. */
bool verify_outline_add_unknown(struct verify_outline *outline, enum verify_outline_array_id array_id, size_t index,
                                struct json_token key);
/* Removes everything that was added, and keeps the memory for the next attempt. */
void verify_outline_clear(struct verify_outline *outline);
void verify_outline_free(struct verify_outline *outline);

/* ---- Reading ---- */

/* Whether the task was cancelled; looks once per VERIFY_OUTLINE_LOOK elements. */
static inline bool verify_outline_cancelled(const struct verify_outline *outline, size_t index)
{
    return index % VERIFY_OUTLINE_LOOK == 0 && base_task_cancelled(outline->task);
}

/* The element with this index, whole. Fills the members, of which an element of asset_table has VERIFY_ENTRY_MEMBERS
 * and one of preload VERIFY_PRELOAD_MEMBERS; a member that is not there has kind JSON_END. */
struct json_token verify_outline_entry(const struct verify_outline *outline, size_t index,
                                       struct json_token members[VERIFY_ENTRY_MEMBERS]);
struct json_token verify_outline_preload(const struct verify_outline *outline, size_t index,
                                         struct json_token members[VERIFY_PRELOAD_MEMBERS]);

#endif
