#include "verify/core/input.h"

#include "base/checked.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct verify_file verify_file_from_file(const struct base_file *file)
{
    return (struct verify_file){.file = file, .size = file->size};
}

struct verify_file verify_file_from_bytes(struct base_bytes bytes)
{
    return (struct verify_file){.bytes = bytes, .size = bytes.size};
}

int verify_file_read(const struct verify_file *input, uint64_t offset, void *out, size_t size)
{
    if (input->file != NULL) {
        return base_file_read_at(input->file, offset, out, size);
    }
    if (!base_range_inside(offset, size, input->bytes.size)) {
        return BASE_FILE_SHRUNK;
    }
    if (size > 0) {
        memcpy(out, input->bytes.data + (size_t)offset, size);
    }
    return 0;
}

int verify_file_read_long(const struct verify_file *input, uint64_t offset, void *out, size_t size,
                          struct base_task *task)
{
    return input->file != NULL ? base_file_read_long(input->file, offset, out, size, task)
                               : verify_file_read(input, offset, out, size);
}

int verify_file_read_all(const struct verify_file *input, struct base_task *task, uint64_t limit, uint8_t **memory,
                         struct base_bytes *bytes)
{
    *memory = NULL;
    size_t size;
    if (input->size > limit || !base_size_from_u64(input->size, &size)) {
        return BASE_FILE_TOO_LARGE;
    }
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL) {
        return ENOMEM;
    }
    int problem = verify_file_read_long(input, 0, data, size, task);
    if (problem != 0) {
        free(data);
        return problem;
    }
    *memory = data;
    *bytes = base_bytes_make(data, size);
    return 0;
}
