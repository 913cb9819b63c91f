/* The JSON header as a flat table: assets-pa-v1.md 1.2, rules of class L.
 *
 * Two ways lead to the same table: a fast one for headers in canonical form, which compares the bytes that it expects,
 * and a general one for everything else. The fast one gives up at the first byte that it does not expect, and the
 * general one decides. */
#ifndef PRPACK_READER_HEADER_H
#define PRPACK_READER_HEADER_H

#include "base/task.h"
#include "reader/pack.h"

/* Members of an entry, as bits: which of them are there with the right type and range. */
enum reader_member {
    READER_MEMBER_ASSET_ID = 1u << 0,
    READER_MEMBER_ASSET_NAME = 1u << 1,
    READER_MEMBER_BANK_TYPE = 1u << 2, /* known bank */
    READER_MEMBER_CODEC = 1u << 3,     /* known codec */
    READER_MEMBER_DECODED_SIZE = 1u << 4,
    READER_MEMBER_METADATA = 1u << 5,
    READER_MEMBER_OFFSET = 1u << 6,
    READER_MEMBER_SIZE = 1u << 7,
    READER_MEMBERS_ALL = (1u << 8) - 1
};

/* A row. Positions are bytes from the start of the header; a header never exceeds 2^32-1 bytes. */
struct reader_row {
    uint64_t offset;
    uint64_t size;
    uint64_t decoded_size;
    int32_t asset_id;
    uint32_t name_at; /* span inside the quotes */
    uint32_t name_size;
    uint32_t metadata_at; /* span with the braces */
    uint32_t metadata_size;
    uint8_t bank;         /* enum pp_bank */
    uint8_t valid;        /* enum reader_member bits */
    uint8_t slice_inside; /* offset and size are valid and the slice is inside the file */
    uint8_t reserved;
};

/* The name of a valid row: inside the quotes, still escaped. */
static inline struct base_bytes reader_row_name(struct base_bytes header, const struct reader_row *row)
{
    return base_bytes_make(header.data + row->name_at, row->name_size);
}

/* One element of preload, in order. */
struct reader_preload_row {
    int32_t asset_id;
    uint32_t entry; /* index of the row, or UINT32_MAX when unknown */
    uint8_t slot;
    uint8_t valid; /* READER_PRELOAD_* bits */
};

enum { READER_PRELOAD_ASSET_ID = 1, READER_PRELOAD_SLOT = 2, READER_PRELOAD_ALL = 3 };

/* Owns rows, positions, order and preload. Zero-initialise. */
struct reader_table {
    struct reader_row *rows;
    uint32_t *row_at; /* position of each row's brace; only after the general way, else NULL */
    size_t count;
    uint32_t *order; /* the rows with a valid asset_id, sorted by it, then by index; NULL when ids_ascend */
    size_t order_count;
    struct reader_preload_row *preload;
    size_t preload_count;
    bool ids_ascend; /* every row has a valid asset_id above the one before it */
};

/* A fault of class L that the general way has found (or json-duplicate-key, which may have class C). Where it is: at
 * the value of the member that is wrong, or at the number in its metadata; at the brace of the object that lacks a
 * member; slice-range at `offset` when that alone is beyond the end of the file, else at `size`. */
struct reader_fault {
    enum diag diagnostic;
    enum diag_class class_;
    size_t at;       /* bytes from the start of the header */
    int64_t entry;   /* index in asset_table, or -1 */
    int64_t preload; /* index in preload, or -1 */
    bool has_asset_id;
    int32_t asset_id;
    const char *member;       /* the member's name, or NULL; static */
    const char *text;         /* static: one line that says what is wrong */
    const char *expected;     /* static, or NULL */
    uint64_t most;            /* slice-range: the largest value that fits into the file; else 0 */
    struct base_bytes actual; /* span of the header, or empty */
};

/* Return false to stop parsing. */
typedef bool (*reader_fault_sink)(void *context, const struct reader_fault *fault);

enum reader_header_result {
    READER_HEADER_PARSED,    /* there is a table; faults may have been reported, see the rows' valid bits */
    READER_HEADER_UNUSABLE,  /* json-* or header-shape left no table; only if the text changed meanwhile without a fault
                              */
    READER_HEADER_STOPPED,   /* the sink said stop */
    READER_HEADER_TOO_MANY,  /* asset_table has more than frame->max_entries elements */
    READER_HEADER_CANCELLED, /* the task was cancelled; faults that were reported may be wrong */
    READER_HEADER_NO_MEMORY
};

/* Where the header belongs to: the numbers that slice-range needs, and the task that parses it. */
struct reader_header_frame {
    struct base_task *task; /* or NULL */
    uint64_t payload_offset;
    uint64_t file_size;
    uint32_t max_entries; /* 0: no limit */
};

/* The general way: reports every fault of class L, each at its root (4.2), and carries on: asset_table first, each
 * entry's in order of position, and after them the numbers in its metadata; then id-duplicate; then preload; then
 * json-duplicate-key. On READER_HEADER_PARSED *table is filled, else it is empty. The table has one row per element,
 * whatever the element is: at most 40 bytes of memory per byte of a hostile header, a quarter byte for an ordinary one.
 */
enum reader_header_result reader_header_parse(struct base_bytes header, const struct reader_header_frame *frame,
                                              reader_fault_sink sink, void *context, struct reader_table *table);

/* The fast way. True: the header is canonical, without any fault of class L, and *table is filled. False: nothing
 * is known; *table is empty; *out_of_memory is true when that is the reason. It is false for a task that was cancelled,
 * too. */
bool reader_header_parse_canonical(struct base_bytes header, const struct reader_header_frame *frame,
                                   struct reader_table *table, bool *out_of_memory);

void reader_table_free(struct reader_table *table);
/* Row index by id, or PP_NO_ENTRY; the first row in table order when an id is there twice. */
size_t reader_table_find_id(const struct reader_table *table, int32_t asset_id);

#endif
