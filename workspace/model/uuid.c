#include "workspace/model/uuid.h"

#include "base/hex.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/random.h>

static bool is_dash(size_t position)
{
    return position == 8 || position == 13 || position == 18 || position == 23;
}

bool workspace_uuid_is_valid(const char *text)
{
    for (size_t i = 0; i < WORKSPACE_UUID_SIZE; i++) {
        if (is_dash(i) ? text[i] != '-' : base_hex_value((uint8_t)text[i]) < 0) {
            return false;
        }
    }
    return text[WORKSPACE_UUID_SIZE] == '\0';
}

int workspace_uuid_draw(char out[WORKSPACE_UUID_SIZE + 1])
{
    uint8_t bytes[16];
    /* Up to 256 bytes come at once or not at all. */
    while (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        if (errno != EINTR) {
            return errno;
        }
    }
    bytes[6] = (uint8_t)((bytes[6] & 0x0fU) | 0x40U); /* version 4 */
    bytes[8] = (uint8_t)((bytes[8] & 0x3fU) | 0x80U); /* variant of RFC 9562 */
    size_t nibble = 0;
    for (size_t i = 0; i < WORKSPACE_UUID_SIZE; i++) {
        if (is_dash(i)) {
            out[i] = '-';
            continue;
        }
        uint8_t byte = bytes[nibble / 2];
        out[i] = base_hex_digit(nibble % 2 == 0 ? byte >> 4U : byte);
        nibble++;
    }
    out[WORKSPACE_UUID_SIZE] = '\0';
    return 0;
}
