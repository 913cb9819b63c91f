#include "writer/sound/bytes.h"

#include <string.h>

int writer_sound_read(const struct writer_sound_bytes *bytes, uint64_t offset, void *out, size_t size)
{
    if (bytes->memory.data == NULL) {
        return base_file_read_at(bytes->file, offset, out, size);
    }
    memcpy(out, bytes->memory.data + offset, size);
    return 0;
}

uint64_t writer_sound_load(const uint8_t *at, unsigned size, bool big_endian)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < size; i++) {
        value = value << 8 | at[big_endian ? i : size - 1 - i];
    }
    return value;
}
