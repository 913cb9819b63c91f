#include "verify/input.h"

#include "base/checked.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct pp_input pp_input_from_file(const struct pp_file *file)
{
    return (struct pp_input){.file = file, .size = file->size};
}

struct pp_input pp_input_from_bytes(struct pp_bytes bytes)
{
    return (struct pp_input){.bytes = bytes, .size = bytes.size};
}

int pp_input_read(const struct pp_input *input, uint64_t offset, void *out, size_t size)
{
    if (input->file != NULL) {
        return pp_file_read_at(input->file, offset, out, size);
    }
    if (!pp_range_inside(offset, size, input->bytes.size)) {
        return PP_FILE_SHRUNK;
    }
    if (size > 0) {
        memcpy(out, input->bytes.data + (size_t)offset, size);
    }
    return 0;
}

int pp_input_read_all(const struct pp_input *input, uint64_t limit, uint8_t **memory, struct pp_bytes *bytes)
{
    *memory = NULL;
    size_t size;
    if (input->size > limit || !pp_size_from_u64(input->size, &size)) {
        return PP_FILE_TOO_LARGE;
    }
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL) {
        return ENOMEM;
    }
    int problem = pp_input_read(input, 0, data, size);
    if (problem != 0) {
        free(data);
        return problem;
    }
    *memory = data;
    *bytes = pp_bytes_make(data, size);
    return 0;
}
