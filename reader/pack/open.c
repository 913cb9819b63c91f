/* Opens and closes a pack: prelude, then the bytes of the header, then the table. */
#include "reader/pack/error.h"
#include "reader/pack/load.h"
#include "reader/prelude.h"

#include <errno.h>
#include <stdlib.h>

/* ---- The header ---- */

/* Takes the first fault that keeps the console from loading the file. */
static bool take_fault(void *context, const struct reader_fault *fault)
{
    struct pp_error *error = context;
    if (fault->class_ != DIAG_CLASS_L) {
        return true;
    }
    *error = (struct pp_error){.diagnostic = fault->diagnostic,
                               .byte_offset = READER_PRELUDE_SIZE + (uint64_t)fault->at,
                               .entry = fault->entry,
                               .preload = fault->preload,
                               .text = fault->text};
    return false;
}

static bool parse_generally(struct pp_pack *pack, const struct reader_header_frame *frame, struct pp_error *error)
{
    struct pp_error first = READER_NO_ERROR;
    enum reader_header_result result = reader_header_parse(pack->header, frame, take_fault, &first, &pack->table);
    switch (result) {
    case READER_HEADER_PARSED:
        return true;
    case READER_HEADER_NO_MEMORY:
        first = reader_error_memory("no memory for the table");
        break;
    case READER_HEADER_TOO_MANY:
        first = reader_error_memory("asset_table has more entries than the caller allows");
        break;
    case READER_HEADER_UNUSABLE:
        /* Without a fault: the text was valid JSON, and then was not. */
        first = reader_error_environment(EAGAIN, READER_PRELUDE_SIZE);
        break;
    case READER_HEADER_CANCELLED:
        first = reader_error_environment(ECANCELED, READER_PRELUDE_SIZE);
        break;
    case READER_HEADER_STOPPED:
        break;
    }
    reader_error_set(error, first);
    return false;
}

static bool parse_header(struct pp_pack *pack, const struct pp_pack_options *options, struct pp_error *error)
{
    struct reader_header_frame frame = {
        .task = options->task,
        .payload_offset = pack->prelude.payload_offset,
        .file_size = pack->file_size,
        .max_entries = options->max_entries,
    };
    bool out_of_memory = false;
    if (reader_header_parse_canonical(pack->header, &frame, &pack->table, &out_of_memory)) {
        reader_release_header(pack);
        pack->is_canonical = true;
        return true;
    }
    if (out_of_memory) {
        reader_error_set(error, reader_error_memory("no memory for the table"));
        return false;
    }
    if (!parse_generally(pack, &frame, error)) {
        return false;
    }
    /* Only a caller that lists faults needs the rows' positions. */
    free(pack->table.row_at);
    pack->table.row_at = NULL;
    return true;
}

/* ---- Open and close ---- */

/* Everything but the file, which on failure is still the caller's. */
static void destroy(struct pp_pack *pack)
{
    reader_lazy_index_destroy(pack->names);
    reader_table_free(&pack->table);
    base_file_unmap(&pack->header_mapping);
    free(pack->header_copy);
    free(pack);
}

static struct pp_pack *create(enum reader_backing source, uint64_t file_size, struct pp_error *error)
{
    struct pp_pack *pack = calloc(1, sizeof *pack);
    struct reader_lazy_index *names = reader_lazy_index_create();
    if (pack == NULL || names == NULL) {
        reader_lazy_index_destroy(names);
        free(pack);
        reader_error_set(error, reader_error_memory("no memory for the pack"));
        return NULL;
    }
    pack->source = source;
    pack->file = BASE_FILE_CLOSED;
    pack->file_size = file_size;
    pack->names = names;
    return pack;
}

/* Prelude, header, table. start holds the first bytes of the file. */
static bool read_pack(struct pp_pack *pack, struct base_bytes start, const struct pp_pack_options *options,
                      struct pp_error *error)
{
    if (reader_prelude_parse(start, pack->file_size, options->max_header, &pack->prelude, error) != DIAG_NONE) {
        return false;
    }
    int problem = reader_load_header(pack, options->task);
    if (problem != 0) {
        reader_error_set(error, reader_error_environment(problem, READER_PRELUDE_SIZE));
        return false;
    }
    return parse_header(pack, options, error);
}

static const struct pp_pack_options default_options = {.access = PP_ACCESS_MAP};

struct pp_pack *pp_pack_open_file(struct base_file *file, const struct pp_pack_options *options, struct pp_error *error)
{
    options = options != NULL ? options : &default_options;
    reader_error_set(error, READER_NO_ERROR);
    uint8_t start[READER_PRELUDE_SIZE];
    size_t size = file->size < sizeof start ? (size_t)file->size : sizeof start;
    int problem = base_file_read_at(file, 0, start, size);
    if (problem != 0) {
        reader_error_set(error, reader_error_environment(problem, 0));
        return NULL;
    }
    enum reader_backing source = options->access == PP_ACCESS_READ ? READER_BACKING_READ : READER_BACKING_MAP;
    struct pp_pack *pack = create(source, file->size, error);
    if (pack == NULL) {
        return NULL;
    }
    pack->file = *file;
    if (!read_pack(pack, base_bytes_make(start, size), options, error)) {
        destroy(pack);
        return NULL;
    }
    file->fd = -1;
    return pack;
}

struct pp_pack *pp_pack_open(const char *path, const struct pp_pack_options *options, struct pp_error *error)
{
    struct base_file file;
    int problem = base_file_open(&file, path);
    if (problem != 0) {
        reader_error_set(error, reader_error_environment(problem, 0));
        return NULL;
    }
    struct pp_pack *pack = pp_pack_open_file(&file, options, error);
    base_file_close(&file);
    return pack;
}

struct pp_pack *pp_pack_open_bytes(struct base_bytes bytes, const struct pp_pack_options *options,
                                   struct pp_error *error)
{
    options = options != NULL ? options : &default_options;
    reader_error_set(error, READER_NO_ERROR);
    struct pp_pack *pack = create(READER_BACKING_BYTES, bytes.size, error);
    if (pack == NULL) {
        return NULL;
    }
    pack->memory = bytes;
    if (!read_pack(pack, bytes, options, error)) {
        destroy(pack);
        return NULL;
    }
    return pack;
}

void pp_pack_close(struct pp_pack *pack)
{
    if (pack != NULL) {
        base_file_close(&pack->file);
        destroy(pack);
    }
}
