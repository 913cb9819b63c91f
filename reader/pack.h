/* The console's view of an assets.pa: open, resolve, map, decode. This is the header to embed in a runtime.
 *
 * Contract: docs/contracts/assets-pa-v1.md. It answers "would the console accept this file?" (class L) like the
 * console does: it stops at its first error. It does not check class C: verify/ does.
 *
 * Cost: opening depends on the header, never on the payload; nothing of the payload is read until it is asked for.
 * Ownership: a pack owns its file and its table; every view it lends lives until pp_pack_close.
 * Threads: an open pack may be used by many threads at once; open and close belong to one.
 * Units: bytes and file positions, unless a name says otherwise.
 * Not promised: that a file which is changed while it is open gives coherent bytes. With PP_ACCESS_MAP a file that
 * shrinks can raise SIGBUS; PP_ACCESS_READ never does. */
#ifndef PRPACK_READER_PACK_H
#define PRPACK_READER_PACK_H

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "base/file.h"

#include <stdbool.h>
#include <stdint.h>

struct base_task;

enum pp_access {
    PP_ACCESS_MAP, /* header and slices are mapped: fastest; SIGBUS if the file shrinks */
    PP_ACCESS_READ /* header and slices are read by position: never SIGBUS */
};

enum pp_bank { PP_BANK_GLYPH, PP_BANK_SOUNDS, PP_BANK_SCENE, PP_BANK_COUNT };

/* "GLYPH", "SOUNDS" or "SCENE". */
const char *pp_bank_name(enum pp_bank bank);

/* Zero is a good default for every member. */
struct pp_pack_options {
    enum pp_access access;
    uint32_t max_header;  /* bytes; 0: 268,435,456 */
    uint32_t max_entries; /* of asset_table; more is DIAG_ENVIRONMENT_MEMORY; 0: no limit but the header's size */
    struct base_task
        *task; /* cancels the opening (base/task.h): it fails with DIAG_CANCELLED then. NULL: nothing does */
};

/* Why opening or using a pack failed. diagnostic is DIAG_NONE when nothing failed. */
struct pp_error {
    enum diag diagnostic; /* class L, or DIAG_ENVIRONMENT_READ, DIAG_ENVIRONMENT_MEMORY, DIAG_CANCELLED */
    int problem;          /* for DIAG_ENVIRONMENT_READ: see base_file_problem_text; else 0 */
    uint64_t byte_offset; /* file position of the fault */
    int64_t entry;        /* index in asset_table, or -1 */
    int64_t preload;      /* index in preload, or -1 */
    const char *text;     /* static: what was expected here */
};

struct pp_prelude {
    uint32_t schema_version;
    uint32_t header_len;
    uint64_t payload_offset;
    uint32_t flags;
    uint32_t reserved;
    uint32_t header_checksum;
};

/* One row of asset_table. name and metadata are spans of the header: name without its quotes and still escaped (see
 * json_unescape), metadata with its braces. */
struct pp_entry {
    int32_t asset_id;
    enum pp_bank bank;
    uint64_t offset;       /* from payload_offset */
    uint64_t size;         /* bytes stored */
    uint64_t decoded_size; /* bytes once resident */
    struct base_bytes name;
    struct base_bytes metadata;
};

struct pp_preload {
    int32_t asset_id;
    uint32_t entry; /* index in asset_table */
    uint32_t slot;  /* 0 … 15, inside the bank of the asset */
};

struct pp_pack;

/* Opens a pack. options may be NULL, error may be NULL. Returns NULL on failure, with the reason in *error. */
struct pp_pack *pp_pack_open(const char *path, const struct pp_pack_options *options, struct pp_error *error);
/* The same from an open file. On success the pack owns the descriptor and file->fd is -1; on failure *file is as it
 * was. */
struct pp_pack *pp_pack_open_file(struct base_file *file, const struct pp_pack_options *options,
                                  struct pp_error *error);
/* The same from memory, which the caller lends until the pack is closed. options->access is ignored. */
struct pp_pack *pp_pack_open_bytes(struct base_bytes bytes, const struct pp_pack_options *options,
                                   struct pp_error *error);
/* Accepts NULL. What pp_pack_map lent from a file stays valid: its user releases it. */
void pp_pack_close(struct pp_pack *pack);

const struct pp_prelude *pp_pack_prelude(const struct pp_pack *pack);
uint64_t pp_pack_file_size(const struct pp_pack *pack);
/* The JSON header, header_len bytes. */
struct base_bytes pp_pack_header(const struct pp_pack *pack);

/* Whether the header is as the packer writes it: canonical, with the members of 1.2 alone, and with ids that ascend.
 * Such a header is opened in the fast way. */
bool pp_pack_is_canonical(const struct pp_pack *pack);

size_t pp_pack_count(const struct pp_pack *pack);
/* index < pp_pack_count. */
struct pp_entry pp_pack_entry(const struct pp_pack *pack, size_t index);
size_t pp_pack_preload_count(const struct pp_pack *pack);
struct pp_preload pp_pack_preload(const struct pp_pack *pack, size_t index);

/* Lookups return the entry's index, or PP_NO_ENTRY. By id: a search of log n steps at most. By name (the unescaped
 * value; the first holder in table order): an index made at the first call, 22 to 43 bytes per entry, and its names;
 * without memory for it rows are compared. */
#define PP_NO_ENTRY SIZE_MAX
size_t pp_pack_find_id(const struct pp_pack *pack, int32_t asset_id);
size_t pp_pack_find_name(const struct pp_pack *pack, struct base_bytes name);

/* Where the payload of an entry is in the file: at payload_offset + offset. */
struct pp_slice {
    uint64_t position;
    uint64_t size;
};
struct pp_slice pp_pack_resolve(const struct pp_pack *pack, size_t index);

/* Lends the payload of an entry; release it with pp_pack_unmap, before or after the pack is closed. With PP_ACCESS_MAP
 * it is a mapping, with PP_ACCESS_READ a copy in memory of its own; a pack opened from bytes lends those bytes, which
 * live as long as their owner says. On failure *mapping is empty. error may be NULL. */
bool pp_pack_map(const struct pp_pack *pack, size_t index, struct base_mapping *mapping, struct pp_error *error);
/* Accepts an empty mapping, and leaves it empty. */
void pp_pack_unmap(struct base_mapping *mapping);
/* Reads part of the payload of an entry. A range that leaves the payload is refused with DIAG_SLICE_RANGE. On failure
 * the content of out is undefined. error may be NULL. */
bool pp_pack_read(const struct pp_pack *pack, size_t index, uint64_t from, void *out, size_t size,
                  struct pp_error *error);

#endif
