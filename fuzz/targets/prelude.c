/* The prelude against the table of assets-pa-v1.md 1.1, read a second time. The tail of the input says how large the
 * file is and what the reader's cap is. */
#include "reader/prelude.h"
#include "fuzz/lib/harness.h"
#include "fuzz/oracle/prelude.h"

#include <string.h>

/* A number of `width` bytes, least first. */
static uint64_t number_at(struct base_bytes start, size_t at, size_t width)
{
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++) {
        value |= (uint64_t)start.data[at + i] << (8 * i);
    }
    return value;
}

static void check_values(const struct pp_prelude *prelude, struct base_bytes start)
{
    FUZZ_CHECK_U64(prelude->schema_version, number_at(start, 4, 4));
    FUZZ_CHECK_U64(prelude->header_len, number_at(start, 8, 4));
    FUZZ_CHECK_U64(prelude->payload_offset, number_at(start, 12, 8));
    FUZZ_CHECK_U64(prelude->flags, number_at(start, 20, 4));
    FUZZ_CHECK_U64(prelude->reserved, number_at(start, 24, 4));
    FUZZ_CHECK_U64(prelude->header_checksum, number_at(start, 28, 4));
}

static void check_error(const struct pp_error *error, enum diag expected, uint64_t file_size)
{
    FUZZ_CHECK_U64(error->diagnostic, expected);
    FUZZ_CHECK(error->byte_offset <= file_size);
    FUZZ_CHECK(error->byte_offset < 32 || expected == DIAG_FILE_TRUNCATED);
    FUZZ_CHECK(error->entry == -1 && error->preload == -1 && error->problem == 0);
    FUZZ_CHECK(error->text != NULL && error->text[0] != '\0');
    FUZZ_CHECK(diag_facts(expected)->class_ == DIAG_CLASS_L);
}

static void check_prelude(struct base_bytes start, uint64_t file_size, uint32_t max_header)
{
    const struct pp_prelude before = {.schema_version = 7, .payload_offset = 8};
    struct pp_prelude prelude = before;
    struct pp_error error = {.diagnostic = DIAG_NONE};
    enum diag expected = oracle_check_prelude(start, file_size, max_header);
    enum diag actual = reader_prelude_parse(start, file_size, max_header, &prelude, &error);
    FUZZ_CHECK_U64(actual, expected);
    FUZZ_CHECK_U64(reader_prelude_parse(start, file_size, max_header, &prelude, NULL), expected);
    if (actual == DIAG_NONE) {
        check_values(&prelude, start);
    } else {
        FUZZ_CHECK(prelude.schema_version == before.schema_version && prelude.payload_offset == before.payload_offset &&
                   prelude.header_len == 0);
        check_error(&error, expected, file_size);
    }
}

static void check_legacy(struct base_bytes start, uint64_t file_size, uint32_t max_header)
{
    uint64_t cap = max_header != 0 ? max_header : 268435456;
    bool fits = start.size >= 24 && memcmp(start.data, "PPA1", 4) == 0;
    uint64_t length = fits ? number_at(start, 8, 4) : 0;
    fits = fits && length >= 2 && length <= cap && length <= file_size - 24;
    uint64_t header_at = 0;
    uint64_t payload_offset = 0;
    uint32_t header_len = 0;
    FUZZ_CHECK(reader_prelude_legacy(start, file_size, max_header, &header_at, &header_len, &payload_offset) == fits);
    FUZZ_CHECK_U64(header_at, fits ? 24 : 0);
    FUZZ_CHECK_U64(header_len, fits ? length : 0);
    FUZZ_CHECK_U64(payload_offset, fits ? number_at(start, 12, 4) : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint32_t max_header = fuzz_take_u32(&input);
    uint64_t beyond = fuzz_take_u64(&input);
    struct base_bytes start = fuzz_guard(0, fuzz_take_front(&input, 32));
    /* A file whose start is shorter than a prelude is not longer than that. */
    uint64_t file_size = start.size < 32 || beyond < 32 ? start.size : beyond;
    check_prelude(start, file_size, max_header);
    check_legacy(start, file_size, max_header);
    return 0;
}
