#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

UNIT_TEST(integers_beyond_2_53_are_told_where_the_console_takes_them)
{
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "^9007199254740992", "{}", "0", "8"), ""), 8,
                 "entry-range-exact:C ^0 /asset_table/0/decoded_size #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "9007199254740991", "{}", "0", "8"), ""), 8, "");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "^18446744073709551615", "{}", "0", "8"), ""), 8,
                 "entry-range-exact:C ^0 /asset_table/0/decoded_size #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "^18446744073709551616", "{}", "0", "8"), ""), 8,
                 "entry-range:L ^0 /asset_table/0/decoded_size #1");
    CHECK_HEADER(
        HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{'a':^9007199254740992,'b':-9007199254740991}", "0", "8"), ""), 8,
        "entry-range-exact:C ^0 /asset_table/0/metadata/a #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{'a':[^-9007199254740992]}", "0", "8"), ""), 8,
                 "entry-range-exact:C ^0 /asset_table/0/metadata/a/0 #1");
}

UNIT_TEST(an_inexact_offset_or_size_is_asked_for_its_slice_alone)
{
    /* 4.2.9 */
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{}", "^9007199254740992", "8"), ""), 8,
                 "slice-range:L ^0 /asset_table/0/offset #1; entry-range-exact:C ^0 /asset_table/0/offset #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SOUNDS'", "8", TONE("1", "4"), "0", "^9007199254740992"), ""), 8,
                 "slice-range:L ^0 /asset_table/0/size #1; entry-range-exact:C ^0 /asset_table/0/size #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SOUNDS'", "^9007199254740992", TONE("1", "4"), "0", "8"), ""), 8,
                 "entry-range-exact:C ^0 /asset_table/0/decoded_size #1");
}

UNIT_TEST(ids_below_one_load_and_do_not_conform)
{
    CHECK_HEADER(HEADER(SCENE("^0", "a", "0", "8"), ""), 8, "entry-range-exact:C ^0 /asset_table/0/asset_id #0");
    CHECK_HEADER(HEADER(SCENE("^-2147483648", "a", "0", "8"), ""), 8,
                 "entry-range-exact:C ^0 /asset_table/0/asset_id #-2147483648");
    CHECK_HEADER(HEADER(SCENE("2147483647", "a", "0", "8"), ""), 8, "");
    CHECK_HEADER(HEADER(SCENE("^2147483648", "a", "0", "8"), ""), 8, "entry-range:L ^0 /asset_table/0/asset_id");
    CHECK_HEADER(HEADER(SCENE("^9007199254740992", "a", "0", "8"), ""), 8, "entry-range:L ^0 /asset_table/0/asset_id");
}

UNIT_TEST(an_id_is_compared_with_the_one_before_it)
{
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SCENE("5", "b", "8", "8") "," SCENE(
                            "^3", "c", "16", "8") "," SCENE("4", "d", "24", "8"),
                        ""),
                 32, "id-order:C ^0 /asset_table/2/asset_id #3");
    /* 4.2.6: equal neighbours are id-duplicate. */
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SCENE("^1", "b", "8", "8"), ""), 16,
                 "id-duplicate:L ^0 /asset_table/1/asset_id #1");
    CHECK_HEADER(HEADER(SCENE("2", "a", "0", "8") "," SCENE("^1", "b", "8", "8") "," SCENE("^2", "c", "16", "8"), ""),
                 24, "id-duplicate:L ^1 /asset_table/2/asset_id #2; id-order:C ^0 /asset_table/1/asset_id #1");
    /* An id that cannot be used is compared with nothing. */
    CHECK_HEADER(HEADER(SCENE("5", "a", "0", "8") "," SCENE("^'4'", "b", "8", "8") "," SCENE("3", "c", "16", "8"), ""),
                 24, "entry-type:L ^0 /asset_table/1/asset_id");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SCENE("^^0", "b", "8", "8"), ""), 16,
                 "entry-range-exact:C ^0 /asset_table/1/asset_id #0; id-order:C ^0 /asset_table/1/asset_id #0");
}

UNIT_TEST(names_are_compared_by_value)
{
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," ENTRY("2", "^'a'", "'SCENE'", "8", "{}", "8", "8") "," SCENE(
                            "3", "b", "16", "8") "," ENTRY("4", "^'a'", "'SCENE'", "8", "{}", "24", "8"),
                        ""),
                 32,
                 "name-duplicate:C ^0 /asset_table/1/asset_name #2; name-duplicate:C ^1 /asset_table/3/asset_name #4");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," ENTRY("2", "^'^\\u0061'", "'SCENE'", "8", "{}", "8", "8"), ""),
                 16, "json-not-canonical:C ^1; name-duplicate:C ^0 /asset_table/1/asset_name #2");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SCENE("2", "A", "8", "8") "," SCENE("3", "a ", "16", "8"), ""),
                 24, "");
}

UNIT_TEST(empty_and_unprintable_names)
{
    CHECK_HEADER(HEADER(ENTRY("1", "^''", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "name-empty:C ^0 /asset_table/0/asset_name #1");
    CHECK_HEADER(
        HEADER(ENTRY("1", "^''", "'SCENE'", "8", "{}", "0", "8") "," ENTRY("2", "^''", "'SCENE'", "8", "{}", "8", "8"),
               ""),
        16,
        "name-empty:C ^0 /asset_table/0/asset_name #1; name-empty:C ^1 /asset_table/1/asset_name #2; "
        "name-duplicate:C ^1 /asset_table/1/asset_name #2");
    CHECK_HEADER(HEADER(ENTRY("1", "^'\\u0000'", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "name-control:C ^0 /asset_table/0/asset_name #1");
    CHECK_HEADER(HEADER(ENTRY("1", "^'a\\tb'", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "name-control:C ^0 /asset_table/0/asset_name #1");
    CHECK_HEADER(HEADER(ENTRY("1", "^'a\\u001f'", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "name-control:C ^0 /asset_table/0/asset_name #1");
    CHECK_HEADER(HEADER(ENTRY("1", "^'\x7f'", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "name-control:C ^0 /asset_table/0/asset_name #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'^\\u0080 \\\\ \\ud83d\\ude00'", "'SCENE'", "8", "{}", "0", "8"), ""), 8,
                 "json-not-canonical:C ^0");
    CHECK_HEADER(HEADER(SCENE("1", " \xC2\x80", "0", "8"), ""), 8, "");
}

UNIT_TEST(what_is_missing_or_of_another_type_is_asked_nothing)
{
    /* 4.2.5 */
    CHECK_HEADER(HEADER("^{'asset_id':1}", ""), 0,
                 "entry-missing-member:L ^0 /asset_table/0 #1; entry-missing-member:L ^0 /asset_table/0 #1; "
                 "entry-missing-member:L ^0 /asset_table/0 #1; entry-missing-member:L ^0 /asset_table/0 #1; "
                 "entry-missing-member:L ^0 /asset_table/0 #1; entry-missing-member:L ^0 /asset_table/0 #1; "
                 "entry-missing-member:L ^0 /asset_table/0 #1");
    CHECK_HEADER(HEADER(ENTRY("1", "^5", "^5", "^'8'", "^[]", "^null", "^true"), ""), 0,
                 "entry-type:L ^0 /asset_table/0/asset_name #1; entry-type:L ^1 /asset_table/0/bank_type #1; "
                 "entry-type:L ^2 /asset_table/0/decoded_size #1; entry-type:L ^3 /asset_table/0/metadata #1; "
                 "entry-type:L ^4 /asset_table/0/offset #1; entry-type:L ^5 /asset_table/0/size #1");
}
