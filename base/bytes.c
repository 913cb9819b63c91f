#include "base/bytes.h"

#include <string.h>

struct base_bytes base_bytes_of_string(const char *string)
{
    return base_bytes_make(string, strlen(string));
}

bool base_bytes_equal(struct base_bytes a, struct base_bytes b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int base_bytes_compare(struct base_bytes a, struct base_bytes b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared == 0 ? 0 : memcmp(a.data, b.data, shared);
    if (order != 0) {
        return order;
    }
    return (a.size > b.size) - (a.size < b.size);
}

uint16_t base_load_le16(const uint8_t *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

uint32_t base_load_le32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

uint64_t base_load_le64(const uint8_t *at)
{
    return (uint64_t)base_load_le32(at) | (uint64_t)base_load_le32(at + 4) << 32;
}

void base_store_le16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value & 0xff);
    at[1] = (uint8_t)(value >> 8);
}

void base_store_le32(uint8_t *at, uint32_t value)
{
    base_store_le16(at, (uint16_t)(value & 0xffff));
    base_store_le16(at + 2, (uint16_t)(value >> 16));
}

void base_store_le64(uint8_t *at, uint64_t value)
{
    base_store_le32(at, (uint32_t)(value & 0xffffffff));
    base_store_le32(at + 4, (uint32_t)(value >> 32));
}

struct base_cursor base_cursor_make(struct base_bytes bytes)
{
    return (struct base_cursor){.bytes = bytes};
}

struct base_bytes base_cursor_bytes(struct base_cursor *cursor, size_t size)
{
    if (cursor->failed || size > cursor->bytes.size - cursor->at) {
        cursor->failed = true;
        return (struct base_bytes){.data = NULL};
    }
    struct base_bytes taken = {.data = cursor->bytes.data + cursor->at, .size = size};
    cursor->at += size;
    return taken;
}

uint32_t base_cursor_le32(struct base_cursor *cursor)
{
    struct base_bytes field = base_cursor_bytes(cursor, 4);
    return field.data == NULL ? 0 : base_load_le32(field.data);
}

uint64_t base_cursor_le64(struct base_cursor *cursor)
{
    struct base_bytes field = base_cursor_bytes(cursor, 8);
    return field.data == NULL ? 0 : base_load_le64(field.data);
}

bool base_cursor_failed(const struct base_cursor *cursor)
{
    return cursor->failed;
}

size_t base_cursor_position(const struct base_cursor *cursor)
{
    return cursor->at;
}
