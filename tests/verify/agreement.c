/* How far the two parsers of the header are compared. That a difference is found, tests/wrong_parser shows. */
#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

enum { CAP = 64 << 20 };

static const char once[] = "header by a second parser: it is longer than 64 MiB";

/* A pack of one scene of 4 bytes, whose header has `size` bytes: the name fills it. before begins the header. */
static struct pack pack_of_header(size_t size, const char *before, const char *slice_size)
{
    struct base_text header = BASE_TEXT_EMPTY;
    struct base_text after = BASE_TEXT_EMPTY;
    static const uint8_t payload[] = {1, 2, 3, 4};
    add_pattern(&header, before);
    add_pattern(&header, "'asset_table':[{'asset_id':1,'asset_name':'");
    add_pattern(&after, "','bank_type':'SCENE','codec':'NONE','decoded_size':4,'metadata':{},'offset':0,'size':");
    base_text_add_string(&after, slice_size);
    add_pattern(&after, "}],'preload':[]}");
    while (header.size < size - after.size) {
        static const char letters[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl";
        size_t rest = size - after.size - header.size;
        base_text_add(&header, base_bytes_make(letters, rest < sizeof letters - 1 ? rest : sizeof letters - 1));
    }
    base_text_add(&header, base_text_bytes(&after));
    struct pack pack = pack_build(base_text_bytes(&header), 0, base_bytes_make(payload, sizeof payload));
    CHECK_U64(pack.header_size, size);
    base_text_free(&header);
    base_text_free(&after);
    return pack;
}

/* Checks what is found, and whether the header was read by one parser only. */
static void check_read_once(struct pack pack, const char *expected, bool read_once)
{
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true, .jobs = 1}, &report);
    bool said = false;
    for (size_t i = 0; i < report.not_checked_count; i++) {
        said = said || strcmp(report.not_checked[i], once) == 0;
    }
    CHECK_REPORT(&report, expected);
    CHECK(said == read_once);
    CHECK_U64(report.asset_count, 1);
    verify_report_free(&report);
    pack_free(&pack);
}

UNIT_TEST(a_header_of_64_mib_is_read_twice)
{
    check_read_once(pack_of_header(CAP, "{", "4"), "entry-too-long:C @48 /asset_table/0 #1", false);
}

UNIT_TEST(a_longer_one_is_read_once_and_the_report_says_so)
{
    check_read_once(pack_of_header(CAP + 1, "{", "4"), "entry-too-long:C @48 /asset_table/0 #1", true);
}

UNIT_TEST(a_longer_one_that_is_not_canonical_is_read_by_the_general_parser)
{
    check_read_once(pack_of_header(CAP + 1, "{ ", "4"), "json-not-canonical:C @33", false);
}

UNIT_TEST(a_longer_one_that_does_not_load_is_read_by_the_general_parser)
{
    struct pack pack = pack_of_header(CAP + 1, "{", "5");
    char expected[120];
    (void)snprintf(expected, sizeof expected,
                   "slice-range:L @%zu /asset_table/0/size #1; entry-too-long:C @48 /asset_table/0 #1",
                   pack.payload_at - strlen("5}],'preload':[]}"));
    check_read_once(pack, expected, false);
}
