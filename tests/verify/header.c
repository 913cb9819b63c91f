#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

#define ONE SCENE("1", "map", "0", "8")

UNIT_TEST(only_the_first_fault_of_the_text_is_told)
{
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[]^x,1.5,01}", 8, "json-syntax:L ^0");
    CHECK_HEADER("^\xef\xbb\xbf{}", 0, "json-encoding:L ^0");
    CHECK_HEADER("{'asset_table':[],'preload':[],'x':'^\xff'}", 0, "json-encoding:L ^0");
    CHECK_HEADER("{'asset_table':[],'preload':[],'x':'^\\ud800'}", 0, "json-encoding:L ^0");
    /* The first faulty byte decides, whatever comes after it. */
    CHECK_HEADER("{'asset_table':^x,'\xff':1}", 0, "json-syntax:L ^0");
}

UNIT_TEST(a_header_that_is_not_json_is_not_checked_further)
{
    /* Neither the region that starts late nor the bytes at the end. */
    CHECK_PLAN("json-syntax:L ^0", .header = "{'asset_table':[]^", .payload = 8, .gap = 4);
}

UNIT_TEST(depth_ends_at_127)
{
    struct base_text pattern = BASE_TEXT_EMPTY;
    base_text_add_string(&pattern, "{'asset_table':[" ONE "],'preload':[],^'x':");
    for (int i = 0; i < 126; i++) {
        base_text_add_char(&pattern, '[');
    }
    struct base_text deeper = BASE_TEXT_EMPTY;
    base_text_add_string(&deeper, base_text_string(&pattern));
    base_text_add_string(&deeper, "^[]");
    for (int i = 0; i < 126; i++) {
        base_text_add_char(&pattern, ']');
        base_text_add_char(&deeper, ']');
    }
    base_text_add_char(&pattern, '}');
    base_text_add_char(&deeper, '}');
    CHECK_HEADER(base_text_string(&pattern), 8, "header-unknown-member:C ^0 /x");
    CHECK_HEADER(base_text_string(&deeper), 8, "json-depth:L ^1");
    base_text_free(&pattern);
    base_text_free(&deeper);
}

UNIT_TEST(repeated_keys_have_the_class_of_their_place)
{
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[],^'preload':[]}", 8, "json-duplicate-key:L ^0 /preload");
    CHECK_HEADER(HEADER(ENTRY("1,^'asset\\u005fid':5", "'a'", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "json-duplicate-key:L ^0 /asset_table/0/asset_id #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{'a':{'b':[{'x':1,^'x':2}]},^'a':0}", "0", "8"), ""), 8,
                 "json-duplicate-key:C ^0 /asset_table/0/metadata/a/b/0/x #1; json-duplicate-key:C ^1 "
                 "/asset_table/0/metadata/a #1");
    CHECK_HEADER(HEADER(ONE, "{'asset_id':1,'slot':2,^'slot':99}"), 8, "json-duplicate-key:L ^0 /preload/0/slot");
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[],^'z~/\\u0000':{'k':1,^'k':1}}", 8,
                 "json-duplicate-key:L ^1 /z~0~1\xEF\xBF\xBD/k; header-unknown-member:C ^0 /z~0~1\xEF\xBF\xBD");
}

UNIT_TEST(of_a_repeated_member_the_first_counts)
{
    CHECK_HEADER(HEADER(ENTRY("1,^'asset_id':0", "^'',^'asset_name':'a'", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "json-duplicate-key:L ^0 /asset_table/0/asset_id #1; json-duplicate-key:L ^2 "
                 "/asset_table/0/asset_name #1; name-empty:C ^1 /asset_table/0/asset_name #1");
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[],^'asset_table':5}", 8, "json-duplicate-key:L ^0 /asset_table");
}

UNIT_TEST(many_repeated_keys_are_counted_by_class)
{
    struct base_text pattern = BASE_TEXT_EMPTY;
    base_text_add_string(&pattern, "{'asset_table':[" ENTRY("1", "'a'", "'SCENE'", "8", "{'x':0", "0", "8"));
    struct base_text metadata = BASE_TEXT_EMPTY;
    for (int i = 0; i < 300; i++) {
        base_text_add_string(&metadata, ",'x':0");
    }
    base_text_add_char(&metadata, '}');
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_addf(&header,
                   "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE','decoded_size':8,"
                   "'metadata':{'x':0%s,'offset':0,'size':8}],'preload':[]}",
                   base_text_string(&metadata));
    struct pack pack = pack_make(&(const struct plan){.header = base_text_string(&header), .payload = 8});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_options options = {.no_companions = true, .jobs = 1};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    CHECK_U64(report.findings.total[DIAG_JSON_DUPLICATE_KEY], 300);
    CHECK_U64(report.findings.errors[DIAG_CLASS_C], 300);
    CHECK_U64(report.findings.errors[DIAG_CLASS_L], 0);
    CHECK_U64(report.findings.count, BASE_FINDINGS_KEPT);
    CHECK_U64(report.loads, VERIFY_VERDICT_YES);
    CHECK_U64(report.conforms, VERIFY_VERDICT_NO);
    verify_report_free(&report);
    pack_free(&pack);
    base_text_free(&header);
    base_text_free(&metadata);
    base_text_free(&pattern);
}

/* ---- json-not-canonical: 4.2.3 ---- */

UNIT_TEST(the_first_byte_that_differs_is_told_once)
{
    CHECK_HEADER("{^ 'asset_table' : [ " ONE "],'preload':[]}", 8, "json-not-canonical:C ^0");
    CHECK_HEADER("{'^preload':[],'asset_table':[" ONE "]}", 8, "json-not-canonical:C ^0");
    CHECK_HEADER(HEADER(SCENE("1", "^\\u0061", "0", "8"), ""), 8, "json-not-canonical:C ^0");
    CHECK_HEADER("{'asset_table':[],'preload':[]}^\n", 0, "json-not-canonical:C ^0");
}

UNIT_TEST(minus_zero_is_an_integer_that_is_not_canonical)
{
    CHECK_HEADER(HEADER(SCENE("1", "map", "^-0", "8"), ""), 8, "json-not-canonical:C ^0");
    CHECK_HEADER(HEADER(ONE, PRELOAD("1", "^-0")), 8, "json-not-canonical:C ^0");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{'k':[^-0]}", "0", "8"), ""), 8, "json-not-canonical:C ^0");
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[],^'x':^-0}", 8,
                 "json-not-canonical:C ^1; header-unknown-member:C ^0 /x");
}

UNIT_TEST(the_spelling_of_a_number_that_is_reported_already_is_not_checked)
{
    CHECK_HEADER(HEADER(ENTRY("^-0", "'a'", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "entry-range-exact:C ^0 /asset_table/0/asset_id #0");
    CHECK_HEADER(HEADER(ENTRY("^-0", "'a'", "'SCENE'", "8", "{}", "^-0", "8"), ""), 8,
                 "json-not-canonical:C ^1; entry-range-exact:C ^0 /asset_table/0/asset_id #0");
    CHECK_HEADER(HEADER(ENTRY("1", "^-0", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "entry-type:L ^0 /asset_table/0/asset_name #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "^-0", "0", "8"), ""), 8,
                 "entry-type:L ^0 /asset_table/0/metadata #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{}", "^0.0", "8"), ""), 8,
                 "entry-type:L ^0 /asset_table/0/offset #1");
    CHECK_HEADER(HEADER(ONE, PRELOAD("1", "^1e0")), 8, "entry-type:L ^0 /preload/0/slot #1");
    CHECK_HEADER(HEADER(ONE, PRELOAD("1", "^99007199254740993")), 8, "preload-slot-range:L ^0 /preload/0/slot #1");
    CHECK_HEADER("{'asset_table':[" ONE ",^-0,^1.5],'preload':[]}", 8,
                 "header-shape:L ^0 /asset_table/1; header-shape:L ^1 /asset_table/2");
    CHECK_HEADER("{'asset_table':^-0,'preload':[]}", 0, "header-shape:L ^0 /asset_table");
    CHECK_HEADER("^-0", 0, "header-shape:L ^0");
}

UNIT_TEST(numbers_that_no_other_rule_checks_are_checked_here)
{
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[],^'x':[^1.0]}", 8,
                 "json-not-canonical:C ^1; header-unknown-member:C ^0 /x");
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[],^'x':{'metadata':^9007199254740992}}", 8,
                 "json-not-canonical:C ^1; header-unknown-member:C ^0 /x");
    CHECK_HEADER(
        HEADER("{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE','decoded_size':8,'metadata':{},"
               "'offset':0,'size':8,^'x':^1.5}",
               "{'asset_id':1,'slot':1,^'x':^1e9}"),
        8,
        "json-not-canonical:C ^1; header-unknown-member:C ^0 /asset_table/0/x; header-unknown-member:C ^2 "
        "/preload/0/x");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "^[^1.5]", "0", "8"), ""), 8,
                 "entry-type:L ^0 /asset_table/0/metadata #1; json-not-canonical:C ^1");
    CHECK_HEADER("{'asset_table':^{'a':^1.5},'preload':[]}", 0,
                 "header-shape:L ^0 /asset_table; json-not-canonical:C ^1");
    CHECK_HEADER("{'asset_table':[^[^1.5]],'preload':[]}", 0,
                 "header-shape:L ^0 /asset_table/0; json-not-canonical:C ^1");
    CHECK_HEADER("^[^1.5]", 0, "header-shape:L ^0; json-not-canonical:C ^1");
}

UNIT_TEST(with_a_repeated_key_the_form_is_not_checked)
{
    CHECK_HEADER("{ 'asset_table':[" ONE "],'preload':[], ^'preload':[]}", 8, "json-duplicate-key:L ^0 /preload");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{ 'x':1,^'x':2}", "0", "8"), ""), 8,
                 "json-duplicate-key:C ^0 /asset_table/0/metadata/x #1");
}

/* ---- Shape and unknown members ---- */

UNIT_TEST(whatever_else_can_be_checked_is_checked)
{
    CHECK_HEADER("^[]", 0, "header-shape:L ^0");
    CHECK_HEADER("^{^'x':1}", 0, "header-shape:L ^0; header-unknown-member:C ^1 /x; preload-missing:C ^0");
    CHECK_HEADER("{'asset_table':^{},'preload':[^{'slot':^99}]}", 0,
                 "header-shape:L ^0 /asset_table; entry-missing-member:L ^1 /preload/0; preload-slot-range:L ^2 "
                 "/preload/0/slot");
    CHECK_HEADER("{'asset_table':[^5," ENTRY("2", "^''", "'SCENE'", "8", "{}", "0", "8") "],'preload':^{}}", 8,
                 "header-shape:L ^0 /asset_table/0; header-shape:L ^2 /preload; name-empty:C ^1 "
                 "/asset_table/1/asset_name #2");
    CHECK_HEADER(HEADER(ONE, "^null," PRELOAD("1", "^16")), 8,
                 "header-shape:L ^0 /preload/0; preload-slot-range:L ^1 /preload/1/slot #1");
}

UNIT_TEST(unknown_members_are_told_where_they_stand)
{
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[" PRELOAD("1", "1") "],^'version':1}", 8,
                 "header-unknown-member:C ^0 /version");
    CHECK_HEADER(HEADER("{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE',^'crc':{'k':[true,null]},"
                        "'decoded_size':8,'metadata':{},'offset':0,'size':8}",
                        "{'asset_id':1,^'bank':'SCENE','slot':1}"),
                 8, "header-unknown-member:C ^0 /asset_table/0/crc; header-unknown-member:C ^1 /preload/0/bank");
    /* Only by its value is a name known. */
    CHECK_HEADER(
        HEADER("{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE','decoded_size':8,'metadata':{},"
               "'offset':0,'^\\u0073ize':8}",
               ""),
        8, "json-not-canonical:C ^0");
}

UNIT_TEST(a_pair_of_escapes_is_one_character_of_the_pointer)
{
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[" PRELOAD("1", "1") "],^'^\\udbff\\udfff':1}", 8,
                 "json-not-canonical:C ^1; header-unknown-member:C ^0 /\xF4\x8F\xBF\xBF");
    CHECK_HEADER("{'asset_table':[" ONE "],'preload':[" PRELOAD("1", "1") "],^'^\\uD801\\uDC00':1}", 8,
                 "json-not-canonical:C ^1; header-unknown-member:C ^0 /\xF0\x90\x90\x80");
}
