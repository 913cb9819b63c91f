/* The header as JSON and as a shape: json-*, header-shape. */
#include "reader/header.h"

#include "tests/lib/unit.h"
#include "tests/reader/builder.h"
#include "tests/reader/faults.h"

#include <stdlib.h>

#define ONE ENTRY("1", "a")

/* ---- json-syntax, json-encoding, json-depth ---- */

UNIT_TEST(reports_the_first_fault_of_syntax_only)
{
    CHECK_FAULT(DIAG_JSON_SYNTAX, "{^x}");
    CHECK_FAULT(DIAG_JSON_SYNTAX, "{'asset_table':[^,],'preload':[}}");
    CHECK_FAULT(DIAG_JSON_SYNTAX, "{'asset_table':[]}^x");
    CHECK_FAULT(DIAG_JSON_SYNTAX, "{'asset_table':[]^");
    CHECK_FAULT(DIAG_JSON_SYNTAX, "{'asset_table':5,'preload':0^1}"); /* its shape is not checked any more */
    CHECK_FAULT(DIAG_JSON_SYNTAX, "{'asset_table':[],^}");
}

UNIT_TEST(reports_what_is_not_utf8)
{
    CHECK_FAULT(DIAG_JSON_ENCODING, "{'asset_table':[" ENTRY("1", "a^\xFF") "]}");
    CHECK_FAULT(DIAG_JSON_ENCODING, "{'asset_table':[" ENTRY("1", "a^\xC0\x80") "]}");
    CHECK_FAULT(DIAG_JSON_ENCODING, "{'asset_table':[" ENTRY("1", "a^\xED\xA0\x80") "]}");
    CHECK_FAULT(DIAG_JSON_ENCODING, "{'asset_table':[" ENTRY("1", "^\\ud800") "]}");
    CHECK_FAULT(DIAG_JSON_ENCODING, "^\xEF\xBB\xBF{'asset_table':[]}");
}

UNIT_TEST(reports_nesting_beyond_127_levels)
{
    enum { LEVELS = 128 };
    char text[64 + LEVELS + 2 * LEVELS];
    char *at = stpcpy(text, "{'asset_table':[],'x':");
    for (int level = 2; level <= LEVELS; level++) {
        at = stpcpy(at, level == LEVELS ? "^[" : "[");
    }
    for (int level = 2; level <= LEVELS; level++) {
        at = stpcpy(at, "]");
    }
    (void)stpcpy(at, "}");
    CHECK_FAULT(DIAG_JSON_DEPTH, text);
}

UNIT_TEST(accepts_nesting_of_127_levels_in_metadata)
{
    enum { LEVELS = 127 };
    char text[512];
    char *at = stpcpy(text, "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE',"
                            "'decoded_size':0,'metadata':{'x':");
    for (int level = 5; level <= LEVELS; level++) {
        at = stpcpy(at, "[");
    }
    for (int level = 5; level <= LEVELS; level++) {
        at = stpcpy(at, "]");
    }
    (void)stpcpy(at, "},'offset':0,'size':0}]}");
    CHECK_LOADS(text);
}

/* ---- header-shape ---- */

UNIT_TEST(root_must_be_an_object)
{
    CHECK_FAULT(DIAG_HEADER_SHAPE, "^[]");
    CHECK_FAULT(DIAG_HEADER_SHAPE, "^'asset_table'");
    CHECK_FAULT(DIAG_HEADER_SHAPE, " ^17 ");
    CHECK_FAULT(DIAG_HEADER_SHAPE, "^[{'asset_table':[]}]");
}

UNIT_TEST(asset_table_must_be_there)
{
    CHECK_FAULT(DIAG_HEADER_SHAPE, "^{}");
    CHECK_FAULT(DIAG_HEADER_SHAPE, "^{'preload':[]}");
    CHECK_FAULT(DIAG_HEADER_SHAPE, " ^{'Asset_table':[],'asset_table ':[]}");
}

UNIT_TEST(arrays_must_be_arrays)
{
    CHECK_FAULT(DIAG_HEADER_SHAPE, "{'asset_table':^{},'preload':[]}");
    CHECK_FAULT(DIAG_HEADER_SHAPE, "{'asset_table':^'x'}");
    CHECK_FAULT(DIAG_HEADER_SHAPE, "{'asset_table':[],'preload':^null}");
    CHECK_FAULT(DIAG_HEADER_SHAPE, "{'preload':^{'a':[1]},'asset_table':[" ONE "]}");
    CHECK_FAULTS("{'asset_table':^{},'preload':^7}", DIAG_HEADER_SHAPE, DIAG_HEADER_SHAPE);
}

UNIT_TEST(elements_must_be_objects)
{
    CHECK_FAULT(DIAG_HEADER_SHAPE, HEADER("^5"));
    CHECK_FAULT(DIAG_HEADER_SHAPE, HEADER(ONE ",^[{'asset_id':[]}]," ENTRY("2", "b")));
    CHECK_FAULT(DIAG_HEADER_SHAPE, HEADER_PRELOAD(ONE, "^'x'"));
    CHECK_FAULTS(HEADER_PRELOAD("^null," ONE ",^true", PRELOAD("1", "0") ",^[]"), DIAG_HEADER_SHAPE, DIAG_HEADER_SHAPE,
                 DIAG_HEADER_SHAPE);
}

UNIT_TEST(with_an_unusable_table_preload_is_still_checked)
{
    CHECK_FAULTS("{'asset_table':^1,'preload':[{'asset_id':1,'slot':^16}]}", DIAG_HEADER_SHAPE,
                 DIAG_PRELOAD_SLOT_RANGE);
    CHECK_FAULTS("^{'preload':[{'asset_id':^'x','slot':0}]}", DIAG_HEADER_SHAPE, DIAG_ENTRY_TYPE);
}

UNIT_TEST(faults_of_shape_name_their_element)
{
    struct marked header = marked_make("{'asset_table':[" ONE ",7],'preload':[{'asset_id':1,'slot':0},8]}");
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct reader_table table;
    struct faults faults = faults_of(marked_bytes(&header), &frame, &table);
    REQUIRE(faults.count == 2);
    CHECK_U64(faults.items[0].entry, 1);
    CHECK(faults.items[0].preload == -1 && !faults.items[0].has_asset_id);
    CHECK(faults.items[0].actual.size == 1 && faults.items[0].actual.data[0] == '7');
    CHECK_U64(faults.items[1].preload, 1);
    CHECK(faults.items[1].entry == -1);
    /* Every element has its row, so that an index means the same in both. */
    CHECK_U64(faults.result, READER_HEADER_PARSED);
    REQUIRE(table.count == 2);
    CHECK_U64(table.rows[0].valid, READER_MEMBERS_ALL);
    CHECK_U64(table.rows[1].valid, 0);
    REQUIRE(table.preload_count == 2);
    CHECK_U64(table.preload[0].valid, READER_PRELOAD_ALL);
    CHECK_U64(table.preload[1].valid, 0);
    reader_table_free(&table);
    marked_free(&header);
}

UNIT_TEST(a_header_without_table_is_unusable)
{
    static const char *const patterns[] = {"[]", "{}", "{'asset_table':7}", "{", "{'asset_table':[[]"};
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        struct marked header = marked_make(patterns[i]);
        struct reader_header_frame frame = frame_after(marked_bytes(&header), 0);
        struct reader_table table;
        memset(&table, 0xAA, sizeof table);
        struct faults faults = faults_of(marked_bytes(&header), &frame, &table);
        CHECK_U64(faults.result, READER_HEADER_UNUSABLE);
        CHECK_U64(faults.count, 1);
        CHECK(table.rows == NULL && table.count == 0 && table.preload == NULL && table.order == NULL);
        marked_free(&header);
    }
}

UNIT_TEST(an_empty_table_loads)
{
    CHECK_LOADS_CANONICAL("{'asset_table':[],'preload':[]}");
    CHECK_LOADS_CANONICAL("{'asset_table':[]}");
    CHECK_LOADS(" { 'asset_table' : [ ] } ");
}

UNIT_TEST(preload_may_be_absent)
{
    struct marked header = marked_make("{'asset_table':[" ONE "]}");
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct reader_table table;
    CHECK_U64(faults_of(marked_bytes(&header), &frame, &table).count, 0);
    CHECK_U64(table.preload_count, 0);
    reader_table_free(&table);
    marked_free(&header);
    CHECK_LOADS_CANONICAL("{'asset_table':[" ONE "]}");
}

UNIT_TEST(preload_may_stand_first)
{
    CHECK_LOADS("{'preload':[" PRELOAD("1", "3") "],'asset_table':[" ONE "]}");
    CHECK_FAULT(DIAG_PRELOAD_UNKNOWN_ASSET, "{'preload':[{'asset_id':^2,'slot':3}],'asset_table':[" ONE "]}");
}

UNIT_TEST(unknown_members_are_not_checked)
{
    CHECK_LOADS("{'asset_table':[],'extra':{'asset_id':'x'},'preload':[]}");
    CHECK_LOADS(
        "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'SOUNDS','codec':'NONE','decoded_size':0,"
        "'metadata':{},'new':[{'offset':-1}],'offset':0,'size':0}],'preload':[{'asset_id':1,'note':1e9,'slot':0}]}");
}

UNIT_TEST(keys_are_compared_unescaped)
{
    CHECK_LOADS("{'asset\\u005ftable':[],'\\u0070reload':[]}");
    CHECK_FAULT(DIAG_HEADER_SHAPE, "{'\\u0061sset_table':^1}");
}

/* ---- Stopping, limits, a text that changes ---- */

static bool stop(void *context, const struct reader_fault *fault)
{
    (void)fault;
    ++*(int *)context;
    return false;
}

UNIT_TEST(stops_when_the_sink_says_so)
{
    static const char *const patterns[] = {
        "{'asset_table':[5,6],'preload':[7]}",                         /* shape */
        "{'asset_table':7,'preload':[7]}",                             /* shape of the array */
        "{'asset_table':[" ONE "," ONE "," ONE "]}",                   /* ids */
        "{'asset_table':[{}],'preload':[]}",                           /* missing members */
        "{'asset_table':[],'preload':[8,9]}",                          /* preload */
        "{'asset_table':[],'a':1,'a':1,'b':1,'b':1}",                  /* duplicates */
        "{'asset_table':[],}",                                         /* text */
        "{'asset_table':[],'preload':[{'asset_id':'','slot':-1},{}]}", /* members of preload */
    };
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        struct marked header = marked_make(patterns[i]);
        struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
        struct reader_table table;
        memset(&table, 0xAA, sizeof table);
        int calls = 0;
        CHECK_U64(reader_header_parse(marked_bytes(&header), &frame, stop, &calls, &table), READER_HEADER_STOPPED);
        CHECK_U64(calls, 1);
        CHECK(table.rows == NULL && table.row_at == NULL && table.order == NULL && table.preload == NULL);
        marked_free(&header);
    }
}

UNIT_TEST(holds_the_table_against_max_entries)
{
    struct marked header = marked_make(HEADER(ENTRY("1", "a") "," ENTRY("2", "b")));
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct reader_table table;
    bool out_of_memory = true;
    frame.max_entries = 2;
    CHECK_U64(faults_of(marked_bytes(&header), &frame, NULL).result, READER_HEADER_PARSED);
    CHECK(reader_header_parse_canonical(marked_bytes(&header), &frame, &table, &out_of_memory));
    reader_table_free(&table);
    frame.max_entries = 1;
    struct faults faults = faults_of(marked_bytes(&header), &frame, &table);
    CHECK_U64(faults.result, READER_HEADER_TOO_MANY);
    CHECK_U64(faults.count, 0);
    CHECK(table.rows == NULL);
    CHECK(!reader_header_parse_canonical(marked_bytes(&header), &frame, &table, &out_of_memory));
    CHECK(table.rows == NULL && !out_of_memory);
    marked_free(&header);
}

struct vandal {
    uint8_t *from;
    size_t size;
    uint8_t byte;
};

/* Writes over the text while it is being parsed, as another process may with a mapped file. */
static bool vandalise(void *context, const struct reader_fault *fault)
{
    (void)fault;
    struct vandal *vandal = context;
    memset(vandal->from, vandal->byte, vandal->size);
    return true;
}

/* Parses the pattern again and again, each time with another tail of it overwritten at the first fault. */
static void vandalise_each_tail(const char *pattern)
{
    static const uint8_t bytes[] = {0, '\\', '"', '{', '[', '}', ']', '9', ',', ' ', 0xFF};
    struct marked header = marked_make(pattern);
    char *copy = malloc(header.size);
    REQUIRE(copy != NULL);
    for (size_t from = 0; from < header.size; from++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            memcpy(copy, header.text, header.size);
            struct vandal vandal = {.from = (uint8_t *)copy + from, .size = header.size - from, .byte = bytes[i]};
            struct base_bytes text = base_bytes_make(copy, header.size);
            struct reader_header_frame frame = frame_after(text, PAYLOAD_BYTES);
            struct reader_table table;
            enum reader_header_result result = reader_header_parse(text, &frame, vandalise, &vandal, &table);
            CHECK(result == READER_HEADER_PARSED || (result == READER_HEADER_UNUSABLE && table.rows == NULL));
            reader_table_free(&table);
        }
    }
    free(copy);
    marked_free(&header);
}

UNIT_TEST(survives_a_text_that_changes_under_it)
{
    /* The first fault, and so the change, comes while the table is read, while ids are compared, while preload is
     * read, and while repeated keys are reported. */
    vandalise_each_tail("{'asset_table':[{'asset_id':'x'}," ENTRY("2", "b") "," ENTRY(
        "1", "a\\n\\u00e9") "],"
                            "'preload':[{'asset_id':1,'slot':0},{'asset_id':2,'slot':77}],'z':1,'y':{'a':1,'a':2}}");
    vandalise_each_tail(HEADER(ENTRY("1", "a") "," ENTRY("1", "b") "," ENTRY("1", "c")));
    vandalise_each_tail(HEADER_PRELOAD(ONE, PRELOAD("1", "77") "," PRELOAD("1", "0") ",[7],{}"));
    vandalise_each_tail(HEADER_PRELOAD(ONE, "5,[7],{}," PRELOAD("1", "1")));
    vandalise_each_tail("{'asset_table':[" ONE "],'x':1,'x':{'a':1,'a':2},'w':{'b':1,'b':2}}");
}
