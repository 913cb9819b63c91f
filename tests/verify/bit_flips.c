#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

#include <stdio.h>

/* A build of raw payloads with something of everything that a document can hold. */
static struct build sample(void)
{
    static const struct recorded assets[] = {
        {.asset_id = "3",
         .root = "maps/one",
         .inputs = "[{'path':'one.bin','size':40,'xxh3_128':'0123456789abcdef0123456789abcdef'}]",
         .size = 40},
        {.asset_id = "7",
         .root = "beep",
         .inputs = "[{'path':'a/b.raw','size':16,'xxh3_128':'fedcba98765432100123456789abcdef'}]",
         .pipeline = "{'gain':-3,'steps':['trim',{'to':null}],'strict':true}",
         .offset = 40,
         .size = 16},
        {.asset_id = "8", .root = "maps/two", .offset = 56, .size = 0},
    };
    static const struct plan plan = {
        .header =
            HEADER(ENTRY("3", "'map \xC3\xA9\\\\'", "'SCENE'", "80", "{'layers':[1,2],'note':'a\\\\b'}", "0",
                         "40") "," SOUND("7", "beep", TONE("1", "8"), "40", "16") "," SCENE("8", "none", "56", "0"),
                   PRELOAD("7", "0") "," PRELOAD("3", "15")),
        .payload = 56,
    };
    return build_make(&plan, assets, sizeof assets / sizeof assets[0]);
}

static void print_histogram(const char *name, const uint64_t counts[DIAG_COUNT], uint64_t found, uint64_t total)
{
    (void)printf("%s: %llu of %llu flips found\n", name, (unsigned long long)found, (unsigned long long)total);
    for (unsigned i = 0; i < DIAG_COUNT; i++) {
        if (counts[i] > 0) {
            (void)printf("    %-24s %llu\n", diag_facts((enum diag)i)->id, (unsigned long long)counts[i]);
        }
    }
}

/* Whether the report says that something is wrong with the artifacts, and nothing else. Counts each id once. */
static bool is_found(const struct verify_report *report, uint64_t counts[DIAG_COUNT])
{
    for (unsigned i = 0; i < DIAG_COUNT; i++) {
        counts[i] += report->findings.total[i] > 0 ? 1 : 0;
    }
    return report->conforms == VERIFY_VERDICT_NO && !base_findings_any(&report->findings, DIAG_CLASS_E);
}

static void flip(struct base_text *text, size_t bit)
{
    uint8_t *byte = (uint8_t *)text->data + bit / 8;
    *byte = (uint8_t)(*byte ^ 1U << (bit % 8));
}

static void flip_all(enum build_file file)
{
    static const struct verify_options options = {.jobs = 1};
    struct build build = sample();
    struct verify_build_bytes bytes = build_bytes(&build);
    uint64_t counts[DIAG_COUNT] = {0};
    uint64_t found = 0;
    uint64_t total = 0;
    CHECK_BUILD(&build, "");
    for (size_t bit = 0; bit < build.files[file].size * 8; bit++) {
        struct verify_report report;
        flip(&build.files[file], bit);
        verify_bytes(&bytes, &options, &report);
        flip(&build.files[file], bit);
        total++;
        if (is_found(&report, counts)) {
            found++;
        } else {
            (void)printf("%s: bit %zu of byte %zu is not found\n", build_names[file], bit % 8, bit / 8);
        }
        verify_report_free(&report);
    }
    print_histogram(build_names[file], counts, found, total);
    CHECK_U64(found, total);
    CHECK(total >= 400);
    build_free(&build);
}

UNIT_TEST(every_bit_of_the_pack_counts)
{
    flip_all(ASSETS_PA);
}

UNIT_TEST(every_bit_of_the_table_counts)
{
    flip_all(ASSET_TABLE);
}

UNIT_TEST(every_bit_of_the_preload_counts)
{
    flip_all(PRELOAD_JSON);
}

UNIT_TEST(every_bit_of_the_metadata_counts)
{
    flip_all(METADATA);
}

/* Each artifact cut at every length, and each with a byte more. */
UNIT_TEST(every_length_counts)
{
    static const struct verify_options options = {.jobs = 1};
    struct build build = sample();
    for (int file = 0; file < BUILD_FILES; file++) {
        size_t size = build.files[file].size;
        uint64_t counts[DIAG_COUNT] = {0};
        uint64_t found = 0;
        base_text_add_char(&build.files[file], '\n');
        for (size_t length = 0; length <= size + 1; length++) {
            struct verify_report report;
            build.files[file].size = length;
            struct verify_build_bytes bytes = build_bytes(&build);
            verify_bytes(&bytes, &options, &report);
            found += is_found(&report, counts) ? 1 : 0;
            verify_report_free(&report);
        }
        print_histogram(build_names[file], counts, found, size + 1);
        CHECK_U64(found, size + 1); /* all but the right one */
        build.files[file].size = size;
    }
    build_free(&build);
}
