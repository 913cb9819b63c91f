/* The payloads of an open pack. */
#include "base/checked.h"
#include "base/invariant.h"
#include "reader/pack/error.h"
#include "reader/pack/private.h"

#include <stdlib.h>
#include <string.h>

struct pp_slice pp_pack_resolve(const struct pp_pack *pack, size_t index)
{
    if (!BASE_INVARIANT(index < pack->table.count)) {
        return (struct pp_slice){.position = 0};
    }
    const struct reader_row *row = &pack->table.rows[index];
    return (struct pp_slice){.position = pack->prelude.payload_offset + row->offset, .size = row->size};
}

static bool fail(struct pp_error *error, size_t index, struct pp_error value)
{
    value.entry = (int64_t)index;
    reader_error_set(error, value);
    return false;
}

/* A copy in memory. Its length is 0, which no mapping has. */
static bool copy_slice(const struct pp_pack *pack, size_t index, size_t size, struct base_mapping *mapping,
                       struct pp_error *error)
{
    if (size == 0) {
        return true;
    }
    void *copy = malloc(size);
    if (copy == NULL) {
        return fail(error, index, reader_error_memory("no memory for the payload"));
    }
    if (!pp_pack_read(pack, index, 0, copy, size, error)) {
        free(copy);
        return false;
    }
    *mapping = (struct base_mapping){.bytes = base_bytes_make(copy, size), .base = copy};
    return true;
}

bool pp_pack_map(const struct pp_pack *pack, size_t index, struct base_mapping *mapping, struct pp_error *error)
{
    struct pp_slice slice = pp_pack_resolve(pack, index);
    size_t size = 0;
    *mapping = (struct base_mapping){.base = NULL};
    reader_error_set(error, READER_NO_ERROR);
    if (!base_size_from_u64(slice.size, &size)) {
        return fail(error, index, reader_error_memory("the payload is larger than the address space"));
    }
    if (pack->source == READER_BACKING_BYTES) {
        mapping->bytes = base_bytes_make(pack->memory.data + slice.position, size);
        return true;
    }
    if (pack->source == READER_BACKING_READ) {
        return copy_slice(pack, index, size, mapping, error);
    }
    int problem = base_file_map(&pack->file, slice.position, size, mapping);
    if (problem != 0) {
        return fail(error, index, reader_error_environment(problem, slice.position));
    }
    return true;
}

void pp_pack_unmap(struct base_mapping *mapping)
{
    if (mapping->length != 0) {
        base_file_unmap(mapping);
    } else {
        free(mapping->base);
    }
    *mapping = (struct base_mapping){.base = NULL};
}

bool pp_pack_read(const struct pp_pack *pack, size_t index, uint64_t from, void *out, size_t size,
                  struct pp_error *error)
{
    struct pp_slice slice = pp_pack_resolve(pack, index);
    reader_error_set(error, READER_NO_ERROR);
    if (!base_range_inside(from, size, slice.size)) {
        return fail(error, index,
                    (struct pp_error){.diagnostic = DIAG_SLICE_RANGE,
                                      .byte_offset = slice.position,
                                      .preload = -1,
                                      .text = "the range asked for leaves the payload"});
    }
    if (size == 0) {
        return true;
    }
    if (pack->source == READER_BACKING_BYTES) {
        memcpy(out, pack->memory.data + slice.position + from, size);
        return true;
    }
    int problem = base_file_read_at(&pack->file, slice.position + from, out, size);
    if (problem != 0) {
        return fail(error, index, reader_error_environment(problem, slice.position + from));
    }
    return true;
}
