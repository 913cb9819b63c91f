/* The fast way to the document. That it refuses what is wrong, the general way tells; here that it takes what is right,
 * since giving up is only slower and nothing else would notice. */
#include "verify/companions/metadata_scan.h"
#include "tests/lib/unit.h"
#include "tests/verify/builder.h"
#include "verify/companions/metadata_form.h"
#include "verify/core/spelling.h"

#include <stdlib.h>

#define H(digit) "'" digit digit digit digit digit digit digit digit "'"
#define HASH_1 H("1111")
#define HASH_2 H("2222")
#define HASH_3 H("3333")
#define HASH_4 H("a4f0")
#define HASH_5 H("5555")
#define HASH_6 H("6666")
#define UUID "'6f1c2d3e-0000-4000-8000-00000000000a'"
#define INPUT(path, size) "{'path':'" path "','size':" size ",'xxh3_128':" HASH_6 "}"
#define ASSET(id, root, inputs, pipeline)                                                                              \
    "{'asset_id':" id ",'asset_root':'" root "','asset_uuid':" UUID ",'decoded_xxh3_128':" HASH_1 ",'inputs':[" inputs \
    "],'payload_xxh3_128':" HASH_2 pipeline "}"
#define DOCUMENT(assets) DOCUMENT_OF(assets, "1")
#define DOCUMENT_OF(assets, version)                                                                                   \
    "{'assets':[" assets "],'assets_pa':{'header_xxh3_128':" HASH_3 ",'size':1234567,'xxh3_128':" HASH_4               \
    "},'document_xxh3_128':" HASH_5 ",'hash':'xxh3-128','schema_version':" version "}"
#define PIPELINE ",'pipeline':{'gain':-3,'steps':['trim',{'to':null}]}"

/* Scans the document of a pack with these ids, an id of 0 being one that cannot be used. The caller frees
 * record->assets. */
static bool scan(const char *pattern, const int32_t *ids, size_t count, struct verify_record *record,
                 struct marked *marked)
{
    static struct verify_entry entries[4];
    for (size_t i = 0; i < count; i++) {
        entries[i] = (struct verify_entry){.flags = (ids[i] != 0 ? VERIFY_ENTRY_HAS_ID : 0), .asset_id = ids[i]};
    }
    struct verify_facts facts = {.entries = entries, .entry_count = count, .asset_table = {.kind = JSON_ARRAY_BEGIN}};
    *marked = marked_make(pattern);
    /* Without a byte to spare, so that one that is read past the end is noticed. */
    char *exact = marked->size > 0 ? realloc(marked->text, marked->size) : NULL;
    marked->text = exact != NULL ? exact : marked->text;
    *record = (struct verify_record){.text = marked_bytes(marked)};
    return verify_recorded_scan(NULL, &facts, record);
}

static void check_scan(const char *pattern, const int32_t *ids, size_t count, bool taken, unsigned line)
{
    struct verify_record record;
    struct marked marked;
    bool found = scan(pattern, ids, count, &record, &marked);
    (void)unit_check_u64(found, taken, pattern, __FILE__, line);
    (void)unit_check_u64(record.asset_count, found ? count : 0, "asset_count", __FILE__, line);
    (void)unit_check_u64(record.assets != NULL, found, "assets", __FILE__, line);
    free(record.assets);
    marked_free(&marked);
}
#define TAKEN(pattern, count) check_scan(pattern, (const int32_t[]){1, 7, 2147483647}, count, true, __LINE__)
#define REFUSED(pattern, count) check_scan(pattern, (const int32_t[]){1, 7, 2147483647}, count, false, __LINE__)

UNIT_TEST(documents_of_the_packer_are_taken)
{
    TAKEN(DOCUMENT(""), 0);
    TAKEN(DOCUMENT(ASSET("1", "a", "", "")), 1);
    TAKEN(DOCUMENT(ASSET("1", "ui/hero", INPUT("hero.png", "1234"), "")), 1);
    TAKEN(DOCUMENT(
              ASSET("1", "a", INPUT("a", "0") "," INPUT("b/c d", "9007199254740991") "," INPUT("\xC3\xA9", "7"), "")),
          1);
    TAKEN(DOCUMENT(ASSET("1", "a", "", PIPELINE)), 1);
    TAKEN(DOCUMENT(ASSET("1", "a", "", ",'pipeline':{}")), 1);
    TAKEN(DOCUMENT(ASSET("1", "a", "", PIPELINE) "," ASSET("7", "b", INPUT("x", "1"),
                                                           "") "," ASSET("2147483647", "c/d/e", "", PIPELINE)),
          3);
}

#define SPRITE(palettes) "{'columns':4," palettes ",'path':'a b.png','rows':2,'tile':64}"

UNIT_TEST(tiles_are_taken_in_version_2)
{
    TAKEN(DOCUMENT_OF("", "2"), 0);
    TAKEN(DOCUMENT_OF(ASSET("1", "a", "", PIPELINE), "2"), 1);
    TAKEN(DOCUMENT_OF(ASSET("1", "a", "", ",'tiles':[" SPRITE("'palette':3") "]"), "2"), 1);
    TAKEN(DOCUMENT_OF(ASSET("1", "a", "",
                            PIPELINE ",'tiles':[" SPRITE("'palette':3") "," SPRITE(
                                "'palettes':[1,2]") "]") "," ASSET("7", "b", "", ""),
                      "2"),
          2);
    REFUSED(DOCUMENT(ASSET("1", "a", "", ",'tiles':[" SPRITE("'palette':3") "]")), 1);
    REFUSED(DOCUMENT_OF(ASSET("1", "a", "", ",'tiles':[" SPRITE("'palette':3") ",]"), "2"), 1);
    REFUSED(DOCUMENT_OF(ASSET("1", "a", "", ",'tiles':[" SPRITE("'palette':03") "]"), "2"), 1);
    REFUSED(DOCUMENT_OF(ASSET("1", "a", "", ",'tiles':[" SPRITE("'palettes':[1,]") "]"), "2"), 1);
    REFUSED(DOCUMENT_OF(ASSET("1", "a", "", ",'tiles':[" SPRITE("'palettes':[1") "]"), "2"), 1);
    REFUSED(DOCUMENT_OF(ASSET("1", "a", "", ",'tiles':[" SPRITE("'palette':3,'palettes':[1]") "]"), "2"), 1);
    REFUSED(DOCUMENT_OF("", "3"), 0);
    REFUSED(DOCUMENT_OF("", "22"), 0);
}

UNIT_TEST(where_tiles_are_is_remembered)
{
    struct verify_record record;
    struct marked marked;
    REQUIRE(
        scan(DOCUMENT_OF(ASSET("1", "a", "", "") "," ASSET("7", "b", "", ",'tiles':^[" SPRITE("'palette':3") "]"), "2"),
             (const int32_t[]){1, 7}, 2, &record, &marked));
    CHECK_U64(record.version, 2);
    CHECK_U64(record.assets[0].tiles_at, 0);
    CHECK_U64(record.assets[1].tiles_at, marked.marks[0]);
    free(record.assets);
    marked_free(&marked);
}

UNIT_TEST(what_they_record_is_read)
{
    struct verify_record record;
    struct marked marked;
    char hex[BASE_HASH_HEX + 1];
    REQUIRE(scan(DOCUMENT(ASSET("1", "a", INPUT("x", "5"), "") ","
                                                               "^" ASSET("7", "b", "", PIPELINE)),
                 (const int32_t[]){1, 7}, 2, &record, &marked));
    CHECK_U64(record.assets[0].at, strlen("{'assets':["));
    CHECK_U64(record.assets[1].at, marked.marks[0]);
    CHECK_U64(record.pack_size, 1234567);
    CHECK(memcmp(marked.text + record.document_at, "\"5555", 5) == 0);
    base_hash_to_hex(record.assets[1].decoded, hex);
    CHECK_STRING(hex, "11111111111111111111111111111111");
    base_hash_to_hex(record.assets[1].payload, hex);
    CHECK_STRING(hex, "22222222222222222222222222222222");
    base_hash_to_hex(record.header, hex);
    CHECK_STRING(hex, "33333333333333333333333333333333");
    base_hash_to_hex(record.pack, hex);
    CHECK_STRING(hex, "a4f0a4f0a4f0a4f0a4f0a4f0a4f0a4f0");
    base_hash_to_hex(record.document, hex);
    CHECK_STRING(hex, "55555555555555555555555555555555");
    free(record.assets);
    marked_free(&marked);
}

UNIT_TEST(other_documents_are_left_to_the_general_way)
{
    static const char one[] = DOCUMENT(ASSET("1", "ui/hero", INPUT("hero.png", "1234"), PIPELINE));
    REFUSED("", 0);
    REFUSED("{}", 0);
    REFUSED(one, 0);
    REFUSED(one, 2);
    REFUSED(DOCUMENT(""), 1);
    REFUSED(DOCUMENT("") " ", 0);
    REFUSED(DOCUMENT(ASSET("2", "a", "", "")), 1);
    REFUSED(DOCUMENT(ASSET("1", "/a", "", "")), 1);
    REFUSED(DOCUMENT(ASSET("1", "a", INPUT("../a", "1"), "")), 1);
    REFUSED(DOCUMENT(ASSET("1", "a", INPUT("a", "-1"), "")), 1);
    REFUSED(DOCUMENT(ASSET("1", "a", INPUT("a", "1") ",", "")), 1);
    REFUSED(DOCUMENT(ASSET("1", "a", "", "") ","), 1);
    REFUSED(DOCUMENT(ASSET("1", "a", "", ",'pipeline':[]")), 1);
    REFUSED(DOCUMENT(ASSET("1", "a", "", ",'pipeline':{'b':1,'a':2}")), 1);
    check_scan(DOCUMENT(ASSET("0", "a", "", "")), (const int32_t[]){0}, 1, false, __LINE__);
    /* Cut anywhere, or with one byte changed anywhere outside the free texts. */
    for (size_t size = 0; size < sizeof one - 1; size++) {
        char text[sizeof one];
        memcpy(text, one, size);
        text[size] = '\0';
        REFUSED(text, 1);
    }
    for (size_t at = 0; at < sizeof one - 1; at++) {
        char text[sizeof one];
        memcpy(text, one, sizeof one);
        bool in_path = strncmp(one + at, "hero", 4) == 0;
        if (strchr("{}[]:,'", one[at]) != NULL && !in_path) {
            text[at] = '!';
            REFUSED(text, 1);
        }
    }
}

UNIT_TEST(without_a_table_nothing_is_scanned)
{
    struct marked marked = marked_make(DOCUMENT(""));
    struct verify_facts facts = {.asset_table = {.kind = JSON_END}};
    struct verify_record record = {.text = marked_bytes(&marked)};
    CHECK(!verify_recorded_scan(NULL, &facts, &record));
    facts.asset_table.kind = JSON_ARRAY_BEGIN;
    CHECK(verify_recorded_scan(NULL, &facts, &record));
    free(record.assets);
    marked_free(&marked);
}

UNIT_TEST(paths_are_plain_and_relative)
{
    static const char *const plain[] = {"a",      "a/b",   "a.b",      ".a",  "..a", "a..",
                                        "a/.b/c", "a/..b", "\xC3\xA9", "a b", "..."};
    static const char *const others[] = {"",    "/",    "/a",  "a/",   "a//b",  ".",      "..",
                                         "./a", "../a", "a/.", "a/..", "a/./b", "a/../b", "u\\\"/../a"};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        CHECK(verify_recorded_is_path(base_bytes_of_string(plain[i])));
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        CHECK(!verify_recorded_is_path(base_bytes_of_string(others[i])));
    }
}

UNIT_TEST(uuids_are_lower_case)
{
    static const char right[] = "0123abcd-ef45-6789-f0a9-0000fffff999";
    CHECK(verify_is_uuid(base_bytes_of_string(right)));
    CHECK(!verify_is_uuid(base_bytes_make(right, sizeof right - 2)));
    for (size_t i = 0; i < sizeof right - 1; i++) {
        static const char wrong[] = "/:`gG@A -";
        for (size_t j = 0; j < sizeof wrong - 1; j++) {
            char text[sizeof right];
            memcpy(text, right, sizeof right);
            if (text[i] != wrong[j]) {
                text[i] = wrong[j];
            } else {
                text[i] = '0';
            }
            CHECK(!verify_is_uuid(base_bytes_of_string(text)));
        }
    }
}
