#include "export/names.h"

#include "json/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MOST = 64, STEP_MOST = 8 };

static bool is_kept(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* The kept bytes of a name so far, with one '-' between two runs of them. */
struct safe {
    char text[NAME_MOST];
    size_t size;
    bool gap; /* bytes that are not kept follow the last kept one */
};

static void add(struct safe *safe, char byte)
{
    if (safe->size < NAME_MOST) {
        safe->text[safe->size++] = byte;
    }
}

static void take(struct safe *safe, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_kept(bytes[i])) {
            safe->gap = safe->size > 0;
            continue;
        }
        if (safe->gap) {
            add(safe, '-');
        }
        add(safe, (char)bytes[i]);
        safe->gap = false;
    }
}

void export_root_of(int32_t asset_id, struct base_bytes name, char root[EXPORT_ROOT_SIZE])
{
    struct safe safe = {.size = 0};
    for (size_t at = 0; at < name.size && safe.size < NAME_MOST;) {
        uint8_t value[STEP_MOST];
        size_t length = json_step_length(name, at);
        size_t size = json_unescape(base_bytes_make(name.data + at, length), value, sizeof value);
        take(&safe, value, size < sizeof value ? size : sizeof value);
        at += length;
    }
    while (safe.size > 0 && safe.text[safe.size - 1] == '-') {
        safe.size--;
    }
    (void)snprintf(root, EXPORT_ROOT_SIZE, "%04" PRId32 "%s%.*s", asset_id, safe.size > 0 ? "-" : "", (int)safe.size,
                   safe.text);
}

void export_uuid_of(int32_t asset_id, struct base_hash header, char uuid[EXPORT_UUID_SIZE])
{
    uint8_t bytes[16];
    char hex[BASE_HASH_HEX + 1];
    for (unsigned i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)((uint32_t)asset_id >> (24 - 8 * i) & 0xFF);
    }
    memcpy(bytes + 4, header.bytes, sizeof bytes - 4);
    bytes[6] = (uint8_t)(0x80 | (bytes[6] & 0x0F)); /* version 8 */
    bytes[8] = (uint8_t)(0x80 | (bytes[8] & 0x3F)); /* the variant of RFC 9562 */
    struct base_hash all;
    memcpy(all.bytes, bytes, sizeof all.bytes);
    base_hash_to_hex(all, hex);
    (void)snprintf(uuid, EXPORT_UUID_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}
