#include "base/utf8.h"

/* Length, payload bits of the first byte and smallest character of each class of sequence. */
static size_t sequence_class(uint8_t first, uint32_t *bits, uint32_t *smallest)
{
    if (first < 0x80) {
        *bits = first;
        *smallest = 0;
        return 1;
    }
    if ((first & 0xe0) == 0xc0) {
        *bits = first & 0x1fU;
        *smallest = 0x80;
        return 2;
    }
    if ((first & 0xf0) == 0xe0) {
        *bits = first & 0x0fU;
        *smallest = 0x800;
        return 3;
    }
    if ((first & 0xf8) == 0xf0) {
        *bits = first & 0x07U;
        *smallest = 0x10000;
        return 4;
    }
    return 0;
}

size_t base_utf8_decode(struct base_bytes bytes, uint32_t *character)
{
    uint32_t value = 0;
    uint32_t smallest = 0;
    size_t length = bytes.size == 0 ? 0 : sequence_class(bytes.data[0], &value, &smallest);
    if (length == 0 || length > bytes.size) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((bytes.data[i] & 0xc0) != 0x80) {
            return 0;
        }
        value = value << 6 | (bytes.data[i] & 0x3fU);
    }
    if (value < smallest || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
        return 0;
    }
    *character = value;
    return length;
}
