#include "tests/reader/builder.h"

struct pack pack_build_pattern(const char *pattern)
{
    uint8_t payload[PAYLOAD_BYTES];
    for (size_t i = 0; i < sizeof payload; i++) {
        payload[i] = (uint8_t)i;
    }
    struct marked header = marked_make(pattern);
    struct pack pack = pack_build(marked_bytes(&header), 0, base_bytes_make(payload, sizeof payload));
    marked_free(&header);
    return pack;
}
