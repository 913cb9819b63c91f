#include "reader/pack/load.h"

#include "reader/layout.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Brings a mapped header into memory in one call instead of a fault every few pages. A file that shrank shows here,
 * before the parser reads the mapping. */
static int populate(const struct base_mapping *mapping)
{
#if defined(MADV_POPULATE_READ)
    if (mapping->base != NULL && madvise(mapping->base, mapping->length, MADV_POPULATE_READ) != 0 && errno == EFAULT) {
        return BASE_FILE_SHRUNK;
    }
#else
    (void)mapping;
#endif
    return 0;
}

static int map_header(struct pp_pack *pack, size_t size)
{
    int problem = base_file_map(&pack->file, READER_PRELUDE_SIZE, size, &pack->header_mapping);
    if (problem == 0) {
        problem = populate(&pack->header_mapping);
    }
    pack->header = pack->header_mapping.bytes;
    return problem;
}

static int copy_header(struct pp_pack *pack, size_t size, struct base_task *task)
{
    pack->header_copy = malloc(size);
    if (pack->header_copy == NULL) {
        return ENOMEM;
    }
    pack->header = base_bytes_make(pack->header_copy, size);
    return base_file_read_long(&pack->file, READER_PRELUDE_SIZE, pack->header_copy, size, task);
}

int reader_load_header(struct pp_pack *pack, struct base_task *task)
{
    size_t size = pack->prelude.header_len;
    switch (pack->source) {
    case READER_BACKING_MAP:
        return map_header(pack, size);
    case READER_BACKING_READ:
        return copy_header(pack, size, task);
    case READER_BACKING_BYTES:
        break;
    }
    pack->header = base_bytes_make(pack->memory.data + READER_PRELUDE_SIZE, size);
    return 0;
}

void reader_release_header(const struct pp_pack *pack)
{
    if (pack->header_mapping.base != NULL) {
        (void)madvise(pack->header_mapping.base, pack->header_mapping.length, MADV_DONTNEED);
    }
}
