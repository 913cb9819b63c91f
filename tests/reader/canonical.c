/* The fast way against the general way: what it accepts is canonical, without fault, and gives the same table. */
#include "base/text.h"
#include "reader/header.h"
#include "tests/lib/unit.h"
#include "tests/reader/builder.h"
#include "tests/reader/faults.h"
#include "tests/reader/generator.h"
#include "json/check.h"

#include <stdlib.h>

/* Runs both ways over a copy of exactly the header's size, so that a step too far is seen by AddressSanitizer. Returns
 * whether the fast way accepts; *disagreements counts the times that it should not have. */
static bool compare_ways(struct base_bytes header, uint64_t payload, unsigned *disagreements)
{
    uint8_t *copy = malloc(header.size > 0 ? header.size : 1);
    REQUIRE(copy != NULL);
    memcpy(copy, header.data, header.size);
    struct base_bytes text = base_bytes_make(copy, header.size);
    struct reader_header_frame frame = frame_after(text, payload);
    struct reader_table fast;
    bool out_of_memory = false;
    bool accepted = reader_header_parse_canonical(text, &frame, &fast, &out_of_memory);
    if (accepted) {
        struct reader_table general;
        struct faults faults = faults_of(text, &frame, &general);
        if (faults.count != 0 || faults.result != READER_HEADER_PARSED || !tables_equal(&fast, &general) ||
            json_first_difference(text, NULL) != text.size) {
            ++*disagreements;
        }
        reader_table_free(&general);
    } else if (fast.rows != NULL || fast.preload != NULL || fast.count != 0 || out_of_memory) {
        ++*disagreements;
    }
    reader_table_free(&fast);
    free(copy);
    return accepted;
}

UNIT_TEST(accepts_every_generated_header)
{
    struct random random = {.state = 0x9E3779B97F4A7C15};
    unsigned disagreements = 0;
    unsigned accepted = 0;
    enum { HEADERS = 1500 };
    for (unsigned i = 0; i < HEADERS; i++) {
        struct base_text header = BASE_TEXT_EMPTY;
        generate_header(&random, (size_t)random_below(&random, 12), &header);
        accepted += compare_ways(base_text_bytes(&header), GENERATED_PAYLOAD, &disagreements) ? 1 : 0;
        base_text_free(&header);
    }
    CHECK_U64(accepted, HEADERS);
    CHECK_U64(disagreements, 0);
}

/* Small, and with one of everything. */
static const char sample[] =
    "{'asset_table':["
    "{'asset_id':1,'asset_name':'h\xC3\xA9ro','bank_type':'GLYPH','codec':'NONE','decoded_size':67584,"
    "'metadata':{'height':256,'tile_size':8},'offset':0,'size':16},"
    "{'asset_id':2,'asset_name':'\\n\xC3\xA9\xF0\x9F\x98\x80','bank_type':'SOUNDS','codec':'NONE','decoded_size':8,"
    "'metadata':{'channels':1,'n':{'a':-5,'b':[true,null,'x']}},'offset':16,'size':8},"
    "{'asset_id':30,'asset_name':'','bank_type':'SCENE','codec':'NONE','decoded_size':0,'metadata':{},'offset':24,"
    "'size':40}],'preload':[{'asset_id':1,'slot':0},{'asset_id':2,'slot':15}]}";

UNIT_TEST(accepts_the_sample)
{
    struct marked header = marked_make(sample);
    unsigned disagreements = 0;
    CHECK(compare_ways(marked_bytes(&header), PAYLOAD_BYTES, &disagreements));
    CHECK_U64(disagreements, 0);
    marked_free(&header);
}

UNIT_TEST(agrees_on_every_single_byte)
{
    struct marked header = marked_make(sample);
    unsigned disagreements = 0;
    unsigned accepted = 0;
    for (size_t at = 0; at < header.size; at++) {
        char kept = header.text[at];
        for (unsigned byte = 0; byte < 256; byte++) {
            header.text[at] = (char)byte;
            accepted += compare_ways(marked_bytes(&header), PAYLOAD_BYTES, &disagreements) ? 1 : 0;
        }
        header.text[at] = kept;
    }
    CHECK_U64(disagreements, 0);
    CHECK(accepted > header.size); /* each position with its own byte, and what else is a valid name or number */
    marked_free(&header);
}

UNIT_TEST(agrees_on_every_cut_and_every_byte_removed)
{
    struct marked header = marked_make(sample);
    unsigned disagreements = 0;
    char *shorter = malloc(header.size);
    REQUIRE(shorter != NULL);
    for (size_t at = 0; at < header.size; at++) {
        CHECK(!compare_ways(base_bytes_make(header.text, at), PAYLOAD_BYTES, &disagreements));
        memcpy(shorter, header.text, at);
        memcpy(shorter + at, header.text + at + 1, header.size - at - 1);
        (void)compare_ways(base_bytes_make(shorter, header.size - 1), PAYLOAD_BYTES, &disagreements);
    }
    CHECK_U64(disagreements, 0);
    free(shorter);
    marked_free(&header);
}

UNIT_TEST(agrees_on_every_byte_inserted)
{
    static const char inserted[] = " \t\n\"\\{}[],:0123456789-+.eEabu/\x7F\x80\xC3\xFF";
    struct marked header = marked_make(sample);
    unsigned disagreements = 0;
    char *longer = malloc(header.size + 1);
    REQUIRE(longer != NULL);
    for (size_t at = 0; at <= header.size; at++) {
        memcpy(longer, header.text, at);
        memcpy(longer + at + 1, header.text + at, header.size - at);
        for (size_t i = 0; i < sizeof inserted; i++) { /* the NUL too */
            longer[at] = inserted[i];
            (void)compare_ways(base_bytes_make(longer, header.size + 1), PAYLOAD_BYTES, &disagreements);
        }
    }
    CHECK_U64(disagreements, 0);
    free(longer);
    marked_free(&header);
}

/* Copies a random stretch of the header over another place, or swaps two bytes: keys that repeat, members out of
 * order. */
static void scramble(struct random *random, uint8_t *text, size_t size)
{
    size_t length = 1 + (size_t)random_below(random, 40);
    if (length > size) {
        length = size;
    }
    size_t from = (size_t)random_below(random, size - length + 1);
    size_t to = (size_t)random_below(random, size - length + 1);
    memmove(text + to, text + from, length);
}

UNIT_TEST(agrees_on_scrambled_headers)
{
    struct random random = {.state = 0xD1B54A32D192ED03};
    unsigned disagreements = 0;
    for (unsigned i = 0; i < 20000; i++) {
        struct base_text header = BASE_TEXT_EMPTY;
        generate_header(&random, 1 + (size_t)random_below(&random, 4), &header);
        size_t size = header.size;
        uint8_t *text = malloc(size);
        REQUIRE(text != NULL && !base_text_out_of_memory(&header));
        memcpy(text, header.data, size);
        scramble(&random, text, size);
        (void)compare_ways(base_bytes_make(text, size), GENERATED_PAYLOAD, &disagreements);
        free(text);
        base_text_free(&header);
    }
    CHECK_U64(disagreements, 0);
}

UNIT_TEST(keys_of_metadata_must_ascend)
{
#define METADATA(value)                                                                                                \
    HEADER("{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,'metadata':" value      \
           ",'offset':0,'size':0}")
    CHECK_LOADS(METADATA("{'b':1,'a':1}"));
    CHECK_LOADS(METADATA("{'a':1,'a':1}"));
    CHECK_LOADS(METADATA("{'ab':1,'a':1}"));
    CHECK_LOADS(METADATA("{'\xC3\xA9':1,'z':1}"));
    CHECK_LOADS(METADATA("{'a':1,'\\n':1}")); /* by value a line feed is below a letter, by spelling it is above "Z" */
    CHECK_LOADS(METADATA("{'Z':1,'\\n':1}"));
    CHECK_LOADS(METADATA("{'a\\n':1,'a\\n':1}"));
    CHECK_LOADS(METADATA("{'x':{'b':1,'a':1}}"));
    CHECK_LOADS_CANONICAL(METADATA("{'':1,'\\n':1,'A':1,'Z':1,'\\\\':1,'a':1,'a\\n':1,'aa':1,'ab':1,'\xC3\xA9':1}"));
}

UNIT_TEST(remembered_keys_are_only_a_shortcut)
{
    /* The second object shares a beginning with the first and then departs from it, in each way that there is. */
#define TWO(first, second)                                                                                             \
    HEADER("{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,'metadata':" first      \
           ",'offset':0,'size':0},{'asset_id':2,'asset_name':'a','bank_type':'GLYPH','codec':'NONE',"                  \
           "'decoded_size':0,'metadata':" second ",'offset':0,'size':0}")
    CHECK_LOADS_CANONICAL(TWO("{'a':1,'b':1,'c':1}", "{'a':1,'c':1}"));
    CHECK_LOADS_CANONICAL(TWO("{'a':1,'b':1,'c':1}", "{'b':1,'c':1}"));
    CHECK_LOADS_CANONICAL(TWO("{'a':1,'c':1}", "{'a':1,'b':1,'c':1}"));
    CHECK_LOADS_CANONICAL(TWO("{'b\\n':1,'c':1}", "{'b\\n':1,'c':1}"));
    CHECK_LOADS_CANONICAL(TWO("{'a':{'a':1},'b':1}", "{'a':[{'a':1}],'b':1}"));
    CHECK_LOADS(TWO("{'a':1,'c':1}", "{'d':1,'c':1}"));
    CHECK_LOADS(TWO("{'a':1,'b':1}", "{'a':1,'a':1}"));
    CHECK_LOADS(TWO("{'a':1,'b':1,'c':1}", "{'a':1,'c':1,'c':1}"));
    CHECK_LOADS(TWO("{'a':1,'b':1,'c':1}", "{'a':1,'d':1,'c':1}"));
    CHECK_LOADS(TWO("{'a':1,'b':1,'c':1}", "{'a':1,'b\\n':1,'b\\n':1}"));
    CHECK_LOADS(TWO("{'a\\n':1,'b':1}", "{'c':1,'b':1}"));
    CHECK_LOADS_CANONICAL(TWO("{'a':1,'b':1,'c':1,'d':1,'e':1,'f':1,'g':1,'h':1,'i':1,'j':1}",
                              "{'a':1,'b':1,'c':1,'d':1,'e':1,'f':1,'g':1,'h':1,'i':1,'j':1}"));
    CHECK_LOADS(TWO("{'a':1,'b':1,'c':1,'d':1,'e':1,'f':1,'g':1,'h':1,'i':1,'j':1}",
                    "{'a':1,'b':1,'c':1,'d':1,'e':1,'f':1,'g':1,'h':1,'j':1,'i':1}"));
}

UNIT_TEST(nesting_beyond_its_limit_is_left_to_the_general_way)
{
    for (unsigned levels = 1; levels < 40; levels++) {
        char text[512];
        char *at = stpcpy(text, "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE',"
                                "'decoded_size':0,'metadata':{'x':");
        for (unsigned i = 0; i < levels; i++) {
            at = stpcpy(at, "[");
        }
        at = stpcpy(at, "7");
        for (unsigned i = 0; i < levels; i++) {
            at = stpcpy(at, "]");
        }
        (void)stpcpy(at, "},'offset':0,'size':0}]}");
        if (levels < 16) {
            CHECK_LOADS_CANONICAL(text);
        } else {
            CHECK_LOADS(text);
        }
    }
}

UNIT_TEST(canonical_spelling_of_every_control_character)
{
    for (unsigned byte = 0; byte < 0x20; byte++) {
        struct base_text lower = BASE_TEXT_EMPTY;
        struct base_text upper = BASE_TEXT_EMPTY;
        base_text_addf(&lower, HEADER(ENTRY("1", "\\u%04x")), byte);
        base_text_addf(&upper, HEADER(ENTRY("1", "\\u%04X")), byte);
        bool has_short_form = byte == 8 || byte == 9 || byte == 10 || byte == 12 || byte == 13;
        bool same = strcmp(base_text_string(&lower), base_text_string(&upper)) == 0;
        check_loads(__FILE__, __LINE__, base_text_string(&lower), !has_short_form);
        check_loads(__FILE__, __LINE__, base_text_string(&upper), !has_short_form && same);
        base_text_free(&lower);
        base_text_free(&upper);
    }
    CHECK_LOADS(HEADER(ENTRY("1", "\\u0020")));
    CHECK_LOADS(HEADER(ENTRY("1", "\\u007f")));
    CHECK_LOADS(HEADER(ENTRY("1", "\\/")));
    CHECK_LOADS_CANONICAL(HEADER(ENTRY("1", "\\b\\t\\n\\f\\r\\\\\\\"")));
}
