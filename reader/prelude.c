#include "reader/prelude.h"

#include <string.h>

_Static_assert(READER_PRELUDE_CHECKSUM_AT + READER_PRELUDE_CHECKSUM_WIDTH == READER_PRELUDE_SIZE,
               "the prelude ends with its last field");
_Static_assert((int)READER_LEGACY_PRELUDE_SIZE <= (int)READER_PRELUDE_SIZE, "the start of a file holds either prelude");

/* A field of the prelude. The caller has checked that the prelude is there. */
static uint64_t load(struct base_bytes start, size_t at, size_t width)
{
    return width == 4 ? base_load_le32(start.data + at) : base_load_le64(start.data + at);
}

static bool begins_with(struct base_bytes start, const char *magic)
{
    return memcmp(start.data + READER_PRELUDE_MAGIC_AT, magic, READER_PRELUDE_MAGIC_WIDTH) == 0;
}

static uint32_t header_cap(uint32_t max_header)
{
    return max_header != 0 ? max_header : READER_DEFAULT_MAX_HEADER;
}

static enum diag refuse(struct pp_error *error, enum diag diagnostic, uint64_t at, const char *text)
{
    if (error != NULL) {
        *error =
            (struct pp_error){.diagnostic = diagnostic, .byte_offset = at, .entry = -1, .preload = -1, .text = text};
    }
    return diagnostic;
}

/* Where header and payload region are in the file: assets-pa-v1.md 4.1, in the order of its table. */
static enum diag check_extent(const struct pp_prelude *prelude, uint64_t file_size, uint32_t cap,
                              struct pp_error *error)
{
    uint64_t header_end = READER_PRELUDE_SIZE + (uint64_t)prelude->header_len;
    if (prelude->header_len < READER_HEADER_LEN_MIN) {
        return refuse(error, DIAG_PRELUDE_HEADER_LENGTH, READER_PRELUDE_HEADER_LEN_AT, "header_len is below 2");
    }
    if (prelude->header_len > cap) {
        return refuse(error, DIAG_PRELUDE_HEADER_LENGTH, READER_PRELUDE_HEADER_LEN_AT,
                      "header_len is above the reader's cap");
    }
    if (header_end > file_size && prelude->payload_offset >= header_end) {
        return refuse(error, DIAG_FILE_TRUNCATED, file_size,
                      "the file ends before the header that the prelude announces");
    }
    if (header_end > file_size) {
        return refuse(error, DIAG_PRELUDE_HEADER_LENGTH, READER_PRELUDE_HEADER_LEN_AT,
                      "header_len points past the end of the file");
    }
    if (prelude->payload_offset < header_end) {
        return refuse(error, DIAG_PRELUDE_PAYLOAD_OFFSET, READER_PRELUDE_PAYLOAD_OFFSET_AT,
                      "payload_offset lies before the end of the header");
    }
    if (prelude->payload_offset > file_size) {
        return refuse(error, DIAG_PRELUDE_PAYLOAD_OFFSET, READER_PRELUDE_PAYLOAD_OFFSET_AT,
                      "payload_offset lies past the end of the file");
    }
    return DIAG_NONE;
}

enum diag reader_prelude_parse(struct base_bytes start, uint64_t file_size, uint32_t max_header,
                               struct pp_prelude *prelude, struct pp_error *error)
{
    if (file_size < READER_PRELUDE_SIZE || start.size < READER_PRELUDE_SIZE) {
        return refuse(error, DIAG_FILE_TRUNCATED, file_size, "the file is shorter than a prelude of 32 bytes");
    }
    if (begins_with(start, READER_MAGIC_LEGACY)) {
        return refuse(error, DIAG_PRELUDE_LEGACY, READER_PRELUDE_MAGIC_AT,
                      "the magic is PPA1, the prelude of an early packer");
    }
    if (!begins_with(start, READER_MAGIC)) {
        return refuse(error, DIAG_PRELUDE_MAGIC, READER_PRELUDE_MAGIC_AT, "the magic is not ASPA");
    }
    struct pp_prelude found = {
        .schema_version = (uint32_t)load(start, READER_PRELUDE_VERSION_AT, READER_PRELUDE_VERSION_WIDTH),
        .header_len = (uint32_t)load(start, READER_PRELUDE_HEADER_LEN_AT, READER_PRELUDE_HEADER_LEN_WIDTH),
        .payload_offset = load(start, READER_PRELUDE_PAYLOAD_OFFSET_AT, READER_PRELUDE_PAYLOAD_OFFSET_WIDTH),
        .flags = (uint32_t)load(start, READER_PRELUDE_FLAGS_AT, READER_PRELUDE_FLAGS_WIDTH),
        .reserved = (uint32_t)load(start, READER_PRELUDE_RESERVED_AT, READER_PRELUDE_RESERVED_WIDTH),
        .header_checksum = (uint32_t)load(start, READER_PRELUDE_CHECKSUM_AT, READER_PRELUDE_CHECKSUM_WIDTH),
    };
    if (found.schema_version != READER_SCHEMA_VERSION) {
        return refuse(error, DIAG_PRELUDE_VERSION, READER_PRELUDE_VERSION_AT, "schema_version is not 1");
    }
    enum diag diagnostic = check_extent(&found, file_size, header_cap(max_header), error);
    if (diagnostic == DIAG_NONE) {
        *prelude = found;
    }
    return diagnostic;
}

bool reader_prelude_legacy(struct base_bytes start, uint64_t file_size, uint32_t max_header, uint64_t *header_at,
                           uint32_t *header_len, uint64_t *payload_offset)
{
    if (start.size < READER_LEGACY_PRELUDE_SIZE || file_size < READER_LEGACY_PRELUDE_SIZE ||
        !begins_with(start, READER_MAGIC_LEGACY)) {
        return false;
    }
    uint64_t length = load(start, READER_LEGACY_HEADER_LEN_AT, READER_LEGACY_HEADER_LEN_WIDTH);
    if (length < READER_HEADER_LEN_MIN || length > header_cap(max_header) ||
        length > file_size - READER_LEGACY_PRELUDE_SIZE) {
        return false;
    }
    *header_at = READER_LEGACY_PRELUDE_SIZE;
    *header_len = (uint32_t)length;
    *payload_offset = load(start, READER_LEGACY_PAYLOAD_OFFSET_AT, READER_LEGACY_PAYLOAD_OFFSET_WIDTH);
    return true;
}
