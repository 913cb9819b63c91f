/* Byte views, little-endian loads and stores, and the one cursor that reads binary fields.
 *
 * Bytes of a file are never read through a pointer to a struct: every room reads them with these functions. */
#ifndef PRPACK_BASE_BYTES_H
#define PRPACK_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A borrowed run of bytes. data may be NULL only when size is 0. The function that returns one says how long it is
 * valid. */
struct base_bytes {
    const uint8_t *data;
    size_t size;
};

static inline struct base_bytes base_bytes_make(const void *data, size_t size)
{
    return (struct base_bytes){.data = (const uint8_t *)data, .size = size};
}

/* The bytes of a NUL-terminated string, without the NUL. */
struct base_bytes base_bytes_of_string(const char *string);

bool base_bytes_equal(struct base_bytes a, struct base_bytes b);

/* Compares as unsigned bytes; a prefix comes before what it begins. Negative, 0 or positive as memcmp. For UTF-8 this
 * is the order of code points. */
int base_bytes_compare(struct base_bytes a, struct base_bytes b);

/* Loads and stores at any alignment, on a machine of any endianness. The caller has checked the bounds. */
uint16_t base_load_le16(const uint8_t *at);
uint32_t base_load_le32(const uint8_t *at);
uint64_t base_load_le64(const uint8_t *at);
void base_store_le16(uint8_t *at, uint16_t value);
void base_store_le32(uint8_t *at, uint32_t value);
void base_store_le64(uint8_t *at, uint64_t value);

/* Reads fields one after the other.
 *
 * Invariant: at <= bytes.size; once `failed` is set it stays set and every read returns 0. Only bytes.c
 * touches the members; use the functions. */
struct base_cursor {
    struct base_bytes bytes;
    size_t at;
    bool failed;
};

struct base_cursor base_cursor_make(struct base_bytes bytes);
uint32_t base_cursor_le32(struct base_cursor *cursor);
uint64_t base_cursor_le64(struct base_cursor *cursor);
/* The next `size` bytes, valid as long as the cursor's bytes; an empty view when there are fewer. */
struct base_bytes base_cursor_bytes(struct base_cursor *cursor, size_t size);
bool base_cursor_failed(const struct base_cursor *cursor);
size_t base_cursor_position(const struct base_cursor *cursor);

#endif
