#include "reader/prelude.h"

#include "tests/lib/unit.h"
#include "tests/reader/builder.h"

/* A file of 1,000 bytes whose header takes 100. */
enum { FILE_BYTES = 1000 };

static struct prelude_fields valid_fields(void)
{
    return (struct prelude_fields){.magic = "ASPA", .schema_version = 1, .header_len = 100, .payload_offset = 132};
}

/* Parses the fields as the start of a file and checks the verdict, the position, and that *prelude is left alone. */
static void check_refused(const struct prelude_fields *fields, uint64_t file_size, enum diag expected,
                          uint64_t expected_at)
{
    uint8_t start[PRELUDE_BYTES];
    prelude_write(start, fields);
    size_t size = file_size < sizeof start ? (size_t)file_size : sizeof start;
    struct pp_prelude prelude = {.header_len = 77};
    struct pp_error error = {.diagnostic = DIAG_NONE};
    CHECK_U64(reader_prelude_parse(base_bytes_make(start, size), file_size, 0, &prelude, &error), expected);
    CHECK_U64(error.diagnostic, expected);
    CHECK_U64(error.byte_offset, expected_at);
    CHECK(error.entry == -1 && error.preload == -1 && error.problem == 0 && error.text != NULL);
    CHECK_U64(prelude.header_len, 77);
    CHECK_U64(reader_prelude_parse(base_bytes_make(start, size), file_size, 0, &prelude, NULL), expected);
}

static void check_accepted(const struct prelude_fields *fields, uint64_t file_size, uint32_t max_header)
{
    uint8_t start[PRELUDE_BYTES];
    prelude_write(start, fields);
    struct pp_prelude prelude = {.header_len = 77};
    CHECK_U64(reader_prelude_parse(base_bytes_make(start, sizeof start), file_size, max_header, &prelude, NULL),
              DIAG_NONE);
    CHECK_U64(prelude.schema_version, fields->schema_version);
    CHECK_U64(prelude.header_len, fields->header_len);
    CHECK_U64(prelude.payload_offset, fields->payload_offset);
    CHECK_U64(prelude.flags, fields->flags);
    CHECK_U64(prelude.reserved, fields->reserved);
    CHECK_U64(prelude.header_checksum, fields->header_checksum);
}

UNIT_TEST(pins_the_bytes)
{
    static const uint8_t start[32] = {
        0x41, 0x53, 0x50, 0x41,                         /* magic "ASPA" */
        0x01, 0x00, 0x00, 0x00,                         /* schema_version 1 */
        0x04, 0x03, 0x00, 0x00,                         /* header_len 0x0304 */
        0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01, /* payload_offset 0x0102030405060708 */
        0x0C, 0x0B, 0x0A, 0x09,                         /* flags */
        0x10, 0x0F, 0x0E, 0x0D,                         /* reserved */
        0x14, 0x13, 0x12, 0x11,                         /* header_checksum */
    };
    struct pp_prelude prelude;
    CHECK_U64(reader_prelude_parse(base_bytes_make(start, sizeof start), UINT64_MAX, 0, &prelude, NULL), DIAG_NONE);
    CHECK_U64(prelude.schema_version, 1);
    CHECK_U64(prelude.header_len, 0x0304);
    CHECK_U64(prelude.payload_offset, 0x0102030405060708);
    CHECK_U64(prelude.flags, 0x090A0B0C);
    CHECK_U64(prelude.reserved, 0x0D0E0F10);
    CHECK_U64(prelude.header_checksum, 0x11121314);
}

UNIT_TEST(accepts_a_valid_prelude)
{
    struct prelude_fields fields = valid_fields();
    check_accepted(&fields, FILE_BYTES, 0);
}

UNIT_TEST(accepts_a_payload_region_anywhere_after_the_header)
{
    struct prelude_fields fields = valid_fields();
    fields.payload_offset = 500;
    check_accepted(&fields, FILE_BYTES, 0);
    fields.payload_offset = FILE_BYTES; /* empty, at the end of the file */
    check_accepted(&fields, FILE_BYTES, 0);
}

UNIT_TEST(leaves_reserved_fields_to_others)
{
    struct prelude_fields fields = valid_fields();
    fields.flags = 1;
    fields.reserved = 2;
    fields.header_checksum = 3;
    check_accepted(&fields, FILE_BYTES, 0);
}

UNIT_TEST(refuses_a_file_shorter_than_a_prelude)
{
    struct prelude_fields fields = valid_fields();
    for (uint64_t size = 0; size < PRELUDE_BYTES; size++) {
        check_refused(&fields, size, DIAG_FILE_TRUNCATED, size);
    }
    fields.magic = "PPA1"; /* the file's end is the root, whatever it begins with */
    check_refused(&fields, 31, DIAG_FILE_TRUNCATED, 31);
}

UNIT_TEST(checks_a_file_that_is_a_prelude_and_nothing_else)
{
    struct prelude_fields fields = valid_fields();
    fields.header_len = 1;
    check_refused(&fields, PRELUDE_BYTES, DIAG_PRELUDE_HEADER_LENGTH, 8);
    fields.magic = "XXXX";
    check_refused(&fields, PRELUDE_BYTES, DIAG_PRELUDE_MAGIC, 0);
}

UNIT_TEST(takes_the_shorter_of_what_it_is_given_and_the_file)
{
    uint8_t start[PRELUDE_BYTES];
    struct prelude_fields fields = valid_fields();
    struct pp_prelude prelude;
    fields.header_len = 1; /* what would be told instead */
    prelude_write(start, &fields);
    CHECK_U64(reader_prelude_parse(base_bytes_make(start, 31), FILE_BYTES, 0, &prelude, NULL), DIAG_FILE_TRUNCATED);
    CHECK_U64(reader_prelude_parse(base_bytes_make(start, 32), 31, 0, &prelude, NULL), DIAG_FILE_TRUNCATED);
}

UNIT_TEST(refuses_a_foreign_magic)
{
    struct prelude_fields fields = valid_fields();
    fields.magic = "ASPa";
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_MAGIC, 0);
    fields.magic = "PPA2";
    fields.schema_version = 9; /* not checked: the magic comes first */
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_MAGIC, 0);
}

UNIT_TEST(names_the_legacy_magic)
{
    struct prelude_fields fields = valid_fields();
    fields.magic = "PPA1";
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_LEGACY, 0);
}

UNIT_TEST(refuses_other_versions)
{
    struct prelude_fields fields = valid_fields();
    fields.header_len = 0; /* not checked: the version comes first */
    fields.schema_version = 0;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_VERSION, 4);
    fields.schema_version = 2;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_VERSION, 4);
    fields.schema_version = 0x01000000;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_VERSION, 4);
}

UNIT_TEST(refuses_a_header_too_short)
{
    struct prelude_fields fields = valid_fields();
    fields.header_len = 0;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_HEADER_LENGTH, 8);
    fields.header_len = 1;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_HEADER_LENGTH, 8);
    fields.header_len = 2;
    check_accepted(&fields, FILE_BYTES, 0);
}

UNIT_TEST(holds_header_len_against_the_cap)
{
    struct prelude_fields fields = valid_fields();
    uint64_t large = UINT64_C(1) << 40;
    fields.payload_offset = large - 1;
    fields.header_len = 268435456;
    check_accepted(&fields, large, 0);
    fields.header_len = 268435457;
    check_refused(&fields, large, DIAG_PRELUDE_HEADER_LENGTH, 8);
    check_accepted(&fields, large, 268435457);
    check_accepted(&fields, large, UINT32_MAX);
    fields.header_len = UINT32_MAX;
    check_refused(&fields, large, DIAG_PRELUDE_HEADER_LENGTH, 8);
    check_accepted(&fields, large, UINT32_MAX);
}

UNIT_TEST(blames_header_len_when_payload_offset_is_inside)
{
    struct prelude_fields fields = valid_fields();
    fields.header_len = FILE_BYTES - PRELUDE_BYTES + 1; /* one byte past the end */
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_HEADER_LENGTH, 8);
    fields.payload_offset = FILE_BYTES; /* still before the header's end */
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_HEADER_LENGTH, 8);
    fields.header_len = FILE_BYTES - PRELUDE_BYTES; /* up to the end, no payload */
    check_accepted(&fields, FILE_BYTES, 0);
}

UNIT_TEST(blames_the_file_when_both_lie_beyond_its_end)
{
    struct prelude_fields fields = valid_fields();
    fields.header_len = FILE_BYTES - PRELUDE_BYTES + 1;
    fields.payload_offset = FILE_BYTES + 1; /* the header's end */
    check_refused(&fields, FILE_BYTES, DIAG_FILE_TRUNCATED, FILE_BYTES);
    fields.payload_offset = UINT64_MAX;
    check_refused(&fields, FILE_BYTES, DIAG_FILE_TRUNCATED, FILE_BYTES);
    fields.header_len = UINT32_MAX; /* above the cap: no file of that length would be taken either */
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_HEADER_LENGTH, 8);
}

UNIT_TEST(refuses_a_payload_region_before_the_header_ends)
{
    struct prelude_fields fields = valid_fields();
    fields.payload_offset = 131;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_PAYLOAD_OFFSET, 12);
    fields.payload_offset = 0;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_PAYLOAD_OFFSET, 12);
}

UNIT_TEST(refuses_a_payload_region_past_the_end_of_the_file)
{
    struct prelude_fields fields = valid_fields();
    fields.payload_offset = FILE_BYTES + 1;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_PAYLOAD_OFFSET, 12);
    fields.payload_offset = UINT64_MAX;
    check_refused(&fields, FILE_BYTES, DIAG_PRELUDE_PAYLOAD_OFFSET, 12);
}

/* ---- PPA1 ---- */

static const uint8_t legacy[LEGACY_BYTES] = {
    0x50, 0x50, 0x41, 0x31, /* magic "PPA1" */
    0x01, 0x00, 0x00, 0x00, /* schema_version */
    0x64, 0x00, 0x00, 0x00, /* header_len 100 */
    0x80, 0x00, 0x00, 0x00, /* payload_offset 128 */
    0x00, 0x00, 0x00, 0x00, /* flags */
    0x00, 0x00, 0x00, 0x00, /* reserved */
};

static bool legacy_at(const uint8_t *start, size_t size, uint64_t file_size, uint32_t max_header)
{
    uint64_t header_at = 1;
    uint32_t header_len = 1;
    uint64_t payload_offset = 1;
    bool found = reader_prelude_legacy(base_bytes_make(start, size), file_size, max_header, &header_at, &header_len,
                                       &payload_offset);
    CHECK_U64(header_at, found ? 24 : 1);
    CHECK_U64(header_len, found ? 100 : 1);
    CHECK_U64(payload_offset, found ? 128 : 1);
    return found;
}

UNIT_TEST(finds_the_header_of_a_legacy_pack)
{
    CHECK(legacy_at(legacy, sizeof legacy, FILE_BYTES, 0));
    CHECK(legacy_at(legacy, sizeof legacy, 124, 100)); /* the header ends with the file; payload_offset is beyond */
}

UNIT_TEST(finds_no_legacy_header_outside_the_file)
{
    CHECK(!legacy_at(legacy, sizeof legacy, 123, 0));
    CHECK(!legacy_at(legacy, sizeof legacy, FILE_BYTES, 99)); /* above the cap */
    CHECK(!legacy_at(legacy, 23, 23, 0));
    CHECK(!legacy_at(legacy, 23, FILE_BYTES, 0));
    CHECK(!legacy_at(legacy, sizeof legacy, 23, 0));
    CHECK(!legacy_at(legacy, sizeof legacy, 24, 0));
    uint8_t short_header[LEGACY_BYTES];
    memcpy(short_header, legacy, sizeof legacy);
    short_header[8] = 1;
    CHECK(!legacy_at(short_header, sizeof short_header, FILE_BYTES, 0));
}

UNIT_TEST(finds_the_shortest_legacy_header)
{
    uint8_t start[LEGACY_BYTES];
    uint64_t at = 0;
    uint32_t length = 0;
    uint64_t payload_offset = 0;
    memcpy(start, legacy, sizeof start);
    start[8] = 2;
    CHECK(reader_prelude_legacy(base_bytes_make(start, sizeof start), 26, 0, &at, &length, &payload_offset));
    CHECK_U64(length, 2);
    CHECK(!reader_prelude_legacy(base_bytes_make(start, sizeof start), 25, 0, &at, &length, &payload_offset));
}

UNIT_TEST(finds_no_legacy_header_under_another_magic)
{
    uint8_t start[PRELUDE_BYTES];
    struct prelude_fields fields = valid_fields();
    prelude_write(start, &fields);
    CHECK(!legacy_at(start, sizeof start, FILE_BYTES, 0));
}
