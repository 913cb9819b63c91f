/* Which faults of class L a derived reader may not see. */
#include "verify/header/derived_reader.h"

#include "tests/lib/sample.h"
#include "tests/lib/unit.h"

#include <stdlib.h>

enum { FILE_SIZE = 1 << 20 };

/* What is said about the faults of a header: '+' for each one that a derived reader may accept, else '-'. */
struct said {
    struct verify_derived derived;
    char marks[16];
    size_t count;
};

static bool note(void *context, const struct reader_fault *fault)
{
    struct said *said = context;
    said->marks[said->count++] = verify_derived_may_accept(&said->derived, fault) ? '+' : '-';
    return said->count < sizeof said->marks - 1;
}

/* The header is copied, so that its end is the end of the memory. */
static void check_said(const char *header, const char *expected)
{
    const struct reader_header_frame frame = {.payload_offset = 0, .file_size = FILE_SIZE};
    struct base_bytes text = sample_copy(base_bytes_of_string(header));
    struct said said = {.count = 0};
    struct reader_table table;
    verify_derived_begin(&said.derived, text, NULL);
    (void)reader_header_parse(text, &frame, note, &said, &table);
    CHECK_STRING(said.marks, expected);
    reader_table_free(&table);
    sample_free(text);
}

#define ENTRY_OF(bank, codec, metadata, more)                                                                          \
    "{\"asset_table\":[{\"asset_id\":1,\"asset_name\":\"n\",\"bank_type\":" bank ",\"codec\":" codec                   \
    ",\"decoded_size\":0,\"metadata\":" metadata ",\"offset\":0,\"size\":0" more "}]}"
#define ENTRY(metadata) ENTRY_OF("\"SCENE\"", "\"NONE\"", metadata, "")
#define MORE(more) ENTRY_OF("\"SCENE\"", "\"NONE\"", "{}", more)

#define TIMES_4(text) text text text text
#define TIMES_128(text) TIMES_4(TIMES_4(TIMES_4(text text)))

UNIT_TEST(sequences_may_stand_for_objects)
{
    check_said("[[],[]]", "+");
    check_said("{\"asset_table\":[[1]],\"preload\":[]}", "+");
    check_said("{\"asset_table\":[],\"preload\":[[1,0],null]}", "+-");
    check_said("{\"asset_table\":{},\"preload\":{}}", "--");
    check_said("{}", "-");
    check_said("1", "-");
}

UNIT_TEST(a_map_may_stand_for_an_enum)
{
    check_said(ENTRY_OF("{\"GLYPH\":null}", "{ \"NONE\" : null }", "{}", ""), "++");
    check_said(ENTRY_OF("{\"TILES\":null}", "{\"RAW\":null}", "{}", ""), "--");
    check_said(ENTRY_OF("{\"GLYPH\":1}", "{\"NONE\":null,\"x\":1}", "{}", ""), "--");
    check_said(ENTRY_OF("{}", "[\"NONE\"]", "{}", ""), "--");
    check_said(ENTRY("[{\"GLYPH\":null}]"), "-");
}

UNIT_TEST(depth_counts_only_where_values_are_built)
{
    check_said("{\"asset_table\":[],\"x\":" TIMES_128("[") "]", "+");
    check_said(MORE(",\"x\":" TIMES_128("[")), "+");
    check_said("{\"asset_table\":[],\"preload\":[{\"x\":" TIMES_128("["), "+");
    check_said(ENTRY(TIMES_128("{\"x\":")), "-");
    check_said("{\"asset_table\":" TIMES_128("["), "-");
    check_said(TIMES_128("["), "-");
    check_said("{\"x\":[],\"asset_table\":" TIMES_128("["), "-");
}

UNIT_TEST(text_counts_only_where_strings_are_built)
{
    check_said("{\"asset_table\":[],\"x\":\"\xFF\"}", "+");
    check_said("{\"asset_table\":[],\"x\":\"\\ud800\"}", "+");
    check_said("{\"asset_table\":[],\"x\":{\"a\":1,\"\xED\xA0\x80\":1}}", "+");
    check_said(MORE(",\"x\":[\"\\udc00\"]"), "+");
    check_said("{\"asset_table\":[],\"x\":\xFF}", "-");
    check_said("{\"asset_table\":[],\"x\":1,\"\xFF\":1}", "-");
    check_said("{\"asset_table\":[],\"\xFF\":1}", "-");
    check_said("\xEF\xBB\xBF{\"asset_table\":[]}", "-");
    check_said(ENTRY("{\"x\":\"\\ud800\"}"), "-");
    check_said(MORE(",\"x\":1}],\"preload\":\"\xFF\""), "-");
}

UNIT_TEST(keys_count_only_where_members_are_known)
{
    check_said("{\"asset_table\":[],\"x\":1,\"x\":2}", "+");
    check_said("{\"asset_table\":[],\"x\":{\"a\":1,\"a\":2},\"preload\":[],\"preload\":[]}", "+-");
    check_said(MORE(",\"x\":[{\"a\":1,\"a\":2}],\"size\":0"), "+-");
    check_said("{\"asset_table\":[],\"preload\":[],\"asset_table\":[]}", "-");
    check_said(ENTRY("{\"a\":1,\"a\":2}"), "-");
    check_said(MORE(",\"x\":0,\"x\":0"), "+");
}

UNIT_TEST(a_point_may_end_a_long_integer)
{
    check_said(ENTRY("{\"x\":18446744073709551616.}"), "+");
    check_said(ENTRY("{\"x\":[ -99999999999999999999.]}"), "+");
    check_said(ENTRY("{\"x\":100000000000000000000.,\"y\":1}"), "+");
    check_said(ENTRY("{\"x\":18446744073709551615.}"), "-");
    check_said(ENTRY("{\"x\":9999999999999999999.}"), "-");
    check_said(ENTRY("{\"x\":18446744073709551616e}"), "-");
    check_said(ENTRY("{\"x\":18446744073709551616}.}"), "-");
    check_said(ENTRY("{\"x\":18446744073709551616.0.}"), "-");
    check_said(MORE(",\"x\":18446744073709551616."), "-");
}
