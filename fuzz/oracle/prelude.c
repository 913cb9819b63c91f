#include "fuzz/oracle/prelude.h"

#include <string.h>

uint64_t oracle_number_at(struct base_bytes start, size_t at, size_t width)
{
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++) {
        value |= (uint64_t)start.data[at + i] << (8 * i);
    }
    return value;
}

enum diag oracle_check_prelude(struct base_bytes start, uint64_t file_size, uint32_t cap)
{
    if (file_size < 32) {
        return DIAG_FILE_TRUNCATED;
    }
    if (memcmp(start.data, "PPA1", 4) == 0) {
        return DIAG_PRELUDE_LEGACY;
    }
    if (memcmp(start.data, "ASPA", 4) != 0) {
        return DIAG_PRELUDE_MAGIC;
    }
    if (oracle_number_at(start, 4, 4) != 1) {
        return DIAG_PRELUDE_VERSION;
    }
    uint64_t header_len = oracle_number_at(start, 8, 4);
    uint64_t payload_offset = oracle_number_at(start, 12, 8);
    if (header_len < 2 || header_len > (cap != 0 ? cap : 268435456)) {
        return DIAG_PRELUDE_HEADER_LENGTH;
    }
    if (32 + header_len > file_size) {
        return payload_offset >= 32 + header_len ? DIAG_FILE_TRUNCATED : DIAG_PRELUDE_HEADER_LENGTH;
    }
    return payload_offset < 32 + header_len || payload_offset > file_size ? DIAG_PRELUDE_PAYLOAD_OFFSET : DIAG_NONE;
}
