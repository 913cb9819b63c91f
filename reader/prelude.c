#include "reader/prelude.h"

#include <string.h>

_Static_assert(PP_PRELUDE_CHECKSUM_AT + PP_PRELUDE_CHECKSUM_WIDTH == PP_PRELUDE_SIZE,
               "the prelude ends with its last field");
_Static_assert((int)PP_LEGACY_PRELUDE_SIZE <= (int)PP_PRELUDE_SIZE, "the start of a file holds either prelude");

/* A field of the prelude. The caller has checked that the prelude is there. */
static uint64_t load(struct pp_bytes start, size_t at, size_t width)
{
    return width == 4 ? pp_load_le32(start.data + at) : pp_load_le64(start.data + at);
}

static bool begins_with(struct pp_bytes start, const char *magic)
{
    return memcmp(start.data + PP_PRELUDE_MAGIC_AT, magic, PP_PRELUDE_MAGIC_WIDTH) == 0;
}

static uint32_t header_cap(uint32_t max_header)
{
    return max_header != 0 ? max_header : PP_DEFAULT_MAX_HEADER;
}

static enum pp_diagnostic refuse(struct pp_error *error, enum pp_diagnostic diagnostic, uint64_t at, const char *text)
{
    if (error != NULL) {
        *error =
            (struct pp_error){.diagnostic = diagnostic, .byte_offset = at, .entry = -1, .preload = -1, .text = text};
    }
    return diagnostic;
}

/* Where header and payload region stand in the file: assets-pa-v1.md 4.1, in the order of its table. */
static enum pp_diagnostic judge_extent(const struct pp_prelude *prelude, uint64_t file_size, uint32_t cap,
                                       struct pp_error *error)
{
    uint64_t header_end = PP_PRELUDE_SIZE + (uint64_t)prelude->header_len;
    if (prelude->header_len < 2) {
        return refuse(error, PP_PRELUDE_HEADER_LENGTH, PP_PRELUDE_HEADER_LEN_AT, "header_len is below 2");
    }
    if (prelude->header_len > cap) {
        return refuse(error, PP_PRELUDE_HEADER_LENGTH, PP_PRELUDE_HEADER_LEN_AT,
                      "header_len is above the reader's cap");
    }
    if (header_end > file_size && prelude->payload_offset >= header_end) {
        return refuse(error, PP_FILE_TRUNCATED, file_size,
                      "the file ends before the header that the prelude announces");
    }
    if (header_end > file_size) {
        return refuse(error, PP_PRELUDE_HEADER_LENGTH, PP_PRELUDE_HEADER_LEN_AT,
                      "header_len points past the end of the file");
    }
    if (prelude->payload_offset < header_end) {
        return refuse(error, PP_PRELUDE_PAYLOAD_OFFSET, PP_PRELUDE_PAYLOAD_OFFSET_AT,
                      "payload_offset lies before the end of the header");
    }
    if (prelude->payload_offset > file_size) {
        return refuse(error, PP_PRELUDE_PAYLOAD_OFFSET, PP_PRELUDE_PAYLOAD_OFFSET_AT,
                      "payload_offset lies past the end of the file");
    }
    return PP_FINE;
}

enum pp_diagnostic pp_prelude_parse(struct pp_bytes start, uint64_t file_size, uint32_t max_header,
                                    struct pp_prelude *prelude, struct pp_error *error)
{
    if (file_size < PP_PRELUDE_SIZE || start.size < PP_PRELUDE_SIZE) {
        return refuse(error, PP_FILE_TRUNCATED, file_size, "the file is shorter than a prelude of 32 bytes");
    }
    if (begins_with(start, PP_MAGIC_LEGACY)) {
        return refuse(error, PP_PRELUDE_LEGACY, PP_PRELUDE_MAGIC_AT,
                      "the magic is PPA1, the prelude of an early packer");
    }
    if (!begins_with(start, PP_MAGIC)) {
        return refuse(error, PP_PRELUDE_MAGIC, PP_PRELUDE_MAGIC_AT, "the magic is not ASPA");
    }
    struct pp_prelude found = {
        .schema_version = (uint32_t)load(start, PP_PRELUDE_VERSION_AT, PP_PRELUDE_VERSION_WIDTH),
        .header_len = (uint32_t)load(start, PP_PRELUDE_HEADER_LEN_AT, PP_PRELUDE_HEADER_LEN_WIDTH),
        .payload_offset = load(start, PP_PRELUDE_PAYLOAD_OFFSET_AT, PP_PRELUDE_PAYLOAD_OFFSET_WIDTH),
        .flags = (uint32_t)load(start, PP_PRELUDE_FLAGS_AT, PP_PRELUDE_FLAGS_WIDTH),
        .reserved = (uint32_t)load(start, PP_PRELUDE_RESERVED_AT, PP_PRELUDE_RESERVED_WIDTH),
        .header_checksum = (uint32_t)load(start, PP_PRELUDE_CHECKSUM_AT, PP_PRELUDE_CHECKSUM_WIDTH),
    };
    if (found.schema_version != PP_SCHEMA_VERSION) {
        return refuse(error, PP_PRELUDE_VERSION, PP_PRELUDE_VERSION_AT, "schema_version is not 1");
    }
    enum pp_diagnostic diagnostic = judge_extent(&found, file_size, header_cap(max_header), error);
    if (diagnostic == PP_FINE) {
        *prelude = found;
    }
    return diagnostic;
}

bool pp_prelude_legacy(struct pp_bytes start, uint64_t file_size, uint32_t max_header, uint64_t *header_at,
                       uint32_t *header_len, uint64_t *payload_offset)
{
    if (start.size < PP_LEGACY_PRELUDE_SIZE || file_size < PP_LEGACY_PRELUDE_SIZE ||
        !begins_with(start, PP_MAGIC_LEGACY)) {
        return false;
    }
    uint64_t length = load(start, PP_LEGACY_HEADER_LEN_AT, PP_LEGACY_HEADER_LEN_WIDTH);
    if (length < 2 || length > header_cap(max_header) || length > file_size - PP_LEGACY_PRELUDE_SIZE) {
        return false;
    }
    *header_at = PP_LEGACY_PRELUDE_SIZE;
    *header_len = (uint32_t)length;
    *payload_offset = load(start, PP_LEGACY_PAYLOAD_OFFSET_AT, PP_LEGACY_PAYLOAD_OFFSET_WIDTH);
    return true;
}
