/* The list of findings: what it keeps, what it counts, and that both stay right at the cap and without memory. */
#include "base/findings.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

#include <stdio.h>

UNIT_TEST(a_finding_has_what_it_was_given)
{
    struct base_findings findings;
    base_findings_init(&findings);
    char file[] = "assets.pa";
    char pointer[] = "/asset_table/0";
    char expected[] = "0";
    struct base_place place = BASE_NOWHERE;
    place.file = file;
    place.has_byte_offset = true;
    place.byte_offset = 20;
    place.json_pointer = pointer;
    place.has_asset_id = true;
    place.asset_id = -7;
    base_report(&findings, DIAG_PRELUDE_RESERVED,
                &(struct base_details){.place = place, .expected = expected, .actual = "1"}, "flags is %d", 1);
    /* The list has copies of its own. */
    memset(file, 'x', sizeof file - 1);
    memset(pointer, 'x', sizeof pointer - 1);
    expected[0] = 'x';
    REQUIRE(findings.count == 1);
    const struct base_finding *finding = &findings.items[0];
    CHECK_U64(finding->diagnostic, DIAG_PRELUDE_RESERVED);
    CHECK_U64(finding->class_, DIAG_CLASS_C);
    CHECK_U64(finding->severity, BASE_ERROR);
    CHECK_STRING(finding->place.file, "assets.pa");
    CHECK_U64(finding->place.byte_offset, 20);
    CHECK_STRING(finding->place.json_pointer, "/asset_table/0");
    CHECK(finding->place.has_asset_id);
    CHECK(finding->place.asset_id == -7);
    CHECK_STRING(finding->message, "flags is 1");
    CHECK_STRING(finding->expected, "0");
    CHECK_STRING(finding->actual, "1");
    CHECK(!findings.out_of_memory);
    base_findings_free(&findings);
    CHECK_U64(findings.count, 0);
    CHECK(findings.items == NULL);
    CHECK_U64(base_findings_errors(&findings), 0);
}

UNIT_TEST(errors_are_counted_by_class)
{
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(!base_findings_any(&findings, DIAG_CLASS_L));
    CHECK_U64(base_findings_errors(&findings), 0);
    base_report(&findings, DIAG_SLICE_GAP, NULL, "gap");
    CHECK(!base_findings_any(&findings, DIAG_CLASS_L));
    CHECK(base_findings_any(&findings, DIAG_CLASS_C));
    base_report(&findings, DIAG_SLICE_RANGE, NULL, "range");
    CHECK(base_findings_any(&findings, DIAG_CLASS_L));
    base_report(&findings, DIAG_ENVIRONMENT_READ, NULL, "read");
    CHECK(base_findings_any(&findings, DIAG_CLASS_E));
    CHECK(!base_findings_any(&findings, DIAG_CLASS_W));
    CHECK(!base_findings_any(&findings, DIAG_CLASS_U));
    CHECK_U64(base_findings_errors(&findings), 3);
    CHECK_U64(findings.errors[DIAG_CLASS_C], 1);
    CHECK_U64(findings.total[DIAG_SLICE_GAP], 1);
    CHECK_U64(findings.total[DIAG_SLICE_OVERLAP], 0);
    base_findings_free(&findings);
}

UNIT_TEST(a_report_has_each_member_that_was_named)
{
    struct base_lines lines = base_lines_of(base_bytes_of_string("one\ntwo\nthree"));
    struct base_findings findings;
    base_findings_init(&findings);
    base_report(&findings, DIAG_PALETTE_INVALID,
                &(struct base_details){
                    .place = {.file = "colours.gpl",
                              BASE_AT_BYTE(10, 3),
                              .lines = &lines,
                              BASE_AT_PIXEL(5, 6),
                              BASE_AT_TILE(11),
                              .pixels = 12,
                              .tiles = 13,
                              BASE_NEAR_PALETTE(14),
                              BASE_AT_FRAME(15),
                              .image = "marked.png",
                              .json_pointer = "/a",
                              .has_asset_id = true,
                              .asset_id = 9,
                              .request_field = 4},
                    .expected = "something",
                    .actual = "another thing",
                },
                "line %d is wrong", 3);
    REQUIRE(findings.count == 1);
    const struct base_finding *finding = &findings.items[0];
    const struct base_place *place = &finding->place;
    CHECK_U64(finding->diagnostic, DIAG_PALETTE_INVALID);
    CHECK_U64(finding->class_, diag_facts(DIAG_PALETTE_INVALID)->class_);
    CHECK_U64(finding->severity, BASE_ERROR);
    CHECK_STRING(finding->message, "line 3 is wrong");
    CHECK_STRING(finding->expected, "something");
    CHECK_STRING(finding->actual, "another thing");
    CHECK_STRING(place->file, "colours.gpl");
    CHECK_STRING(place->json_pointer, "/a");
    CHECK(place->has_byte_offset && place->has_pixel && place->has_asset_id);
    CHECK_U64(place->byte_offset, 10);
    CHECK_U64(place->length, 3);
    CHECK_U64(place->line, 3);
    CHECK_U64(place->column, 3);
    CHECK_U64(place->character_utf16, 2);
    CHECK(place->lines == NULL); /* it was only lent */
    CHECK_U64(place->x, 5);
    CHECK_U64(place->y, 6);
    CHECK(place->has_tile && place->has_palette && place->has_frame);
    CHECK_U64(place->tile, 11);
    CHECK_U64(place->pixels, 12);
    CHECK_U64(place->tiles, 13);
    CHECK_U64(place->palette, 14);
    CHECK_U64(place->frame, 15);
    CHECK_STRING(place->image, "marked.png");
    CHECK(place->asset_id == 9);
    CHECK_U64(place->request_field, 4);
    base_findings_free(&findings);
}

UNIT_TEST(what_is_not_named_is_not_there)
{
    struct base_findings findings;
    base_findings_init(&findings);
    base_report(&findings, DIAG_INTERNAL, &(struct base_details){.place.file = NULL}, "%s", "");
    REQUIRE(findings.count == 1);
    const struct base_finding *finding = &findings.items[0];
    const struct base_place *place = &finding->place;
    CHECK(place->file == NULL && place->json_pointer == NULL);
    CHECK(!place->has_byte_offset && !place->has_pixel && !place->has_asset_id);
    CHECK(!place->has_tile && !place->has_palette && !place->has_frame && place->image == NULL);
    CHECK_U64(place->length, 0);
    CHECK_U64(place->line, 0);
    CHECK_U64(place->column, 0);
    CHECK_U64(place->request_field, 0);
    CHECK(finding->expected == NULL && finding->actual == NULL);
    base_findings_free(&findings);
}

UNIT_TEST(without_a_byte_inside_the_text_there_is_no_line)
{
    struct base_lines lines = base_lines_of(base_bytes_of_string("one\ntwo"));
    const struct base_place places[] = {
        {.lines = &lines},
        {.lines = &lines, BASE_AT_BYTE(8, 0)},
        {BASE_AT_BYTE(5, 0)},
    };
    struct base_findings findings;
    base_findings_init(&findings);
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        base_report(&findings, DIAG_PALETTE_INVALID, &(struct base_details){.place = places[i]}, "wrong");
        REQUIRE(findings.count == i + 1);
        CHECK_U64(findings.items[i].place.line, 0);
        CHECK_U64(findings.items[i].place.column, 0);
    }
    base_report(&findings, DIAG_PALETTE_INVALID, &(struct base_details){.place = {.lines = &lines, BASE_AT_BYTE(7, 0)}},
                "at its end");
    CHECK_U64(findings.items[3].place.line, 2);
    CHECK_U64(findings.items[3].place.column, 4);
    base_findings_free(&findings);
}

UNIT_TEST(bytes_are_made_printable_and_shortened)
{
    char many[200];
    memset(many, 'x', sizeof many);
    struct base_findings findings;
    base_findings_init(&findings);
    base_report(&findings, DIAG_ENTRY_TYPE,
                &(struct base_details){
                    .expected_bytes = base_bytes_make("a\n\0b", 4),
                    .actual_bytes = base_bytes_make(many, sizeof many),
                },
                "wrong");
    base_report(&findings, DIAG_ENTRY_TYPE,
                &(struct base_details){.expected_bytes = base_bytes_make("", 0),
                                       .actual = "a string counts",
                                       .actual_bytes = base_bytes_make("b", 1)},
                "wrong");
    REQUIRE(findings.count == 2);
    CHECK_STRING(findings.items[0].expected, "a\\x0a\\x00b");
    CHECK_U64(strlen(findings.items[0].actual), 96 + strlen("…"));
    CHECK_STRING(findings.items[0].actual + 96, "…");
    CHECK_STRING(findings.items[1].expected, "");
    CHECK_STRING(findings.items[1].actual, "a string counts");
    base_findings_free(&findings);
}

UNIT_TEST(a_report_may_have_another_class_and_severity)
{
    struct base_findings findings;
    base_findings_init(&findings);
    base_report(&findings, DIAG_JSON_DUPLICATE_KEY,
                &(struct base_details){.has_class = true, .class_ = DIAG_CLASS_C, .severity = BASE_WARNING}, "twice");
    base_report(&findings, DIAG_JSON_DUPLICATE_KEY, &(struct base_details){.class_ = DIAG_CLASS_C}, "twice");
    REQUIRE(findings.count == 2);
    CHECK_U64(findings.items[0].class_, DIAG_CLASS_C);
    CHECK_U64(findings.items[0].severity, BASE_WARNING);
    CHECK_U64(findings.items[1].class_, DIAG_CLASS_L);
    CHECK_U64(findings.items[1].severity, BASE_ERROR);
    CHECK_U64(base_findings_errors(&findings), 1);
    base_findings_free(&findings);
}

UNIT_TEST(lines_are_counted_only_for_what_is_kept)
{
    struct base_lines lines = base_lines_of(base_bytes_of_string("one\ntwo\nthree"));
    struct base_findings findings;
    base_findings_init(&findings);
    for (unsigned i = 0; i < 1000; i++) {
        CHECK_U64(base_findings_keeps(&findings, DIAG_PALETTE_INVALID), i < BASE_FINDINGS_KEPT);
        base_report(&findings, DIAG_PALETTE_INVALID,
                    &(struct base_details){.place = {.lines = &lines, BASE_AT_BYTE(i < BASE_FINDINGS_KEPT ? 0 : 9, 1)}},
                    "number %u", i);
    }
    CHECK_U64(findings.count, BASE_FINDINGS_KEPT);
    CHECK_U64(findings.total[DIAG_PALETTE_INVALID], 1000);
    CHECK_U64(lines.at, 0); /* the finding at the later place was only counted */
    base_findings_free(&findings);
}

static void add_numbered(struct base_findings *findings, enum diag diagnostic, unsigned from, unsigned count)
{
    for (unsigned i = from; i < from + count; i++) {
        const struct base_place place = {BASE_AT_BYTE(i, 0)};
        base_report(findings, diagnostic, &(struct base_details){.place = place}, "number %u", i);
    }
}

UNIT_TEST(of_each_id_a_hundred_are_kept_and_all_are_counted)
{
    struct base_findings findings;
    base_findings_init(&findings);
    add_numbered(&findings, DIAG_SLICE_GAP, 0, 1000);
    add_numbered(&findings, DIAG_SLICE_OVERLAP, 0, 3);
    CHECK_U64(findings.count, BASE_FINDINGS_KEPT + 3);
    CHECK_U64(findings.total[DIAG_SLICE_GAP], 1000);
    CHECK_U64(findings.total[DIAG_SLICE_OVERLAP], 3);
    CHECK_U64(findings.errors[DIAG_CLASS_C], 1003);
    CHECK_U64(findings.items[BASE_FINDINGS_KEPT - 1].place.byte_offset, BASE_FINDINGS_KEPT - 1);
    CHECK_STRING(findings.items[BASE_FINDINGS_KEPT - 1].message, "number 99");
    CHECK_U64(findings.items[BASE_FINDINGS_KEPT].diagnostic, DIAG_SLICE_OVERLAP);
    CHECK(!findings.out_of_memory);
    base_findings_free(&findings);
}

UNIT_TEST(move_appends_in_order_and_empties_its_source)
{
    struct base_findings to;
    struct base_findings from;
    base_findings_init(&to);
    base_findings_init(&from);
    add_numbered(&to, DIAG_SLICE_GAP, 0, 2);
    add_numbered(&from, DIAG_SLICE_RANGE, 10, 1);
    add_numbered(&from, DIAG_SLICE_GAP, 20, 2);
    from.out_of_memory = true;
    base_findings_move(&to, &from);
    REQUIRE(to.count == 5);
    static const unsigned order[] = {0, 1, 10, 20, 21};
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        CHECK_U64(to.items[i].place.byte_offset, order[i]);
    }
    CHECK_U64(to.total[DIAG_SLICE_GAP], 4);
    CHECK_U64(to.total[DIAG_SLICE_RANGE], 1);
    CHECK_U64(to.errors[DIAG_CLASS_C], 4);
    CHECK_U64(to.errors[DIAG_CLASS_L], 1);
    CHECK(to.out_of_memory);
    CHECK_U64(from.count, 0);
    CHECK(from.items == NULL);
    CHECK(!from.out_of_memory);
    CHECK_U64(base_findings_errors(&from), 0);
    CHECK_U64(from.total[DIAG_SLICE_GAP], 0);
    /* The source can be used, moved and freed again. */
    base_findings_move(&to, &from);
    CHECK_U64(to.count, 5);
    add_numbered(&from, DIAG_SLICE_GAP, 30, 1);
    base_findings_move(&to, &from);
    CHECK_U64(to.count, 6);
    base_findings_free(&from);
    base_findings_free(&to);
}

UNIT_TEST(a_list_is_handed_over_whole)
{
    struct base_findings from;
    base_findings_init(&from);
    add_numbered(&from, DIAG_SLICE_GAP, 0, 2);
    from.out_of_memory = true;
    struct base_findings taken = base_findings_take(&from);
    CHECK_U64(taken.count, 2);
    CHECK_U64(taken.total[DIAG_SLICE_GAP], 2);
    CHECK_U64(base_findings_errors(&taken), 2);
    CHECK(taken.out_of_memory);
    CHECK(from.count == 0 && from.items == NULL && !from.out_of_memory);
    CHECK_U64(base_findings_errors(&from), 0);
    base_findings_free(&from);
    base_findings_free(&taken);
}

UNIT_TEST(move_keeps_the_cap)
{
    struct base_findings to;
    struct base_findings from;
    base_findings_init(&to);
    base_findings_init(&from);
    add_numbered(&to, DIAG_SLICE_GAP, 0, 60);
    add_numbered(&from, DIAG_SLICE_GAP, 60, 300);
    add_numbered(&from, DIAG_SLICE_OVERLAP, 500, 5);
    base_findings_move(&to, &from);
    CHECK_U64(to.count, BASE_FINDINGS_KEPT + 5);
    CHECK_U64(to.total[DIAG_SLICE_GAP], 360);
    CHECK_U64(to.errors[DIAG_CLASS_C], 365);
    CHECK_U64(to.items[BASE_FINDINGS_KEPT - 1].place.byte_offset, 99);
    CHECK_U64(to.items[BASE_FINDINGS_KEPT].place.byte_offset, 500);
    add_numbered(&to, DIAG_SLICE_GAP, 600, 1);
    CHECK_U64(to.count, BASE_FINDINGS_KEPT + 5);
    CHECK_U64(to.total[DIAG_SLICE_GAP], 361);
    base_findings_free(&to);
}

UNIT_TEST(errors_come_before_warnings_and_each_stay_in_order)
{
    struct base_findings findings;
    base_findings_init(&findings);
    base_findings_order(&findings);
    CHECK_U64(findings.count, 0);
    static const char pattern[] = "wewweew";
    for (size_t i = 0; pattern[i] != '\0'; i++) {
        base_report(&findings, DIAG_SLICE_GAP,
                    &(struct base_details){.severity = pattern[i] == 'w' ? BASE_WARNING : BASE_ERROR}, "%zu", i);
    }
    char order[COUNT_OF(pattern)] = "";
    base_findings_order(&findings);
    REQUIRE(findings.count == COUNT_OF(pattern) - 1);
    for (size_t i = 0; i < findings.count; i++) {
        order[i] = findings.items[i].message[0];
    }
    CHECK_STRING(order, "1450236");
    memory_fault_after(0);
    base_findings_order(&findings);
    (void)memory_fault_off();
    CHECK_U64(findings.count, COUNT_OF(pattern) - 1);
    base_report(&findings, DIAG_SLICE_GAP, NULL, "one more");
    CHECK_STRING(findings.items[7].message, "one more");
    base_findings_free(&findings);
}

UNIT_TEST(without_memory_every_count_stays_right)
{
    struct base_lines lines = base_lines_of(base_bytes_of_string("one\ntwo"));
    const struct base_place place = {.file = "file", BASE_AT_BYTE(4, 1), .lines = &lines, .json_pointer = "/pointer"};
    const struct base_details details = {
        .place = place, .expected_bytes = base_bytes_make("e", 1), .actual_bytes = base_bytes_make("a", 1)};
    bool complete = false;
    unsigned successes = 0;
    for (; !complete && successes < 50; successes++) {
        struct base_findings findings;
        base_findings_init(&findings);
        memory_fault_after(successes);
        base_report(&findings, DIAG_SLICE_RANGE, &details, "%s", "message");
        unsigned asked = memory_fault_off();
        complete = asked <= successes;
        CHECK_U64(findings.out_of_memory, !complete);
        CHECK_U64(findings.count, complete ? 1 : 0);
        CHECK_U64(findings.total[DIAG_SLICE_RANGE], 1);
        CHECK_U64(findings.errors[DIAG_CLASS_L], 1);
        CHECK(base_findings_any(&findings, DIAG_CLASS_L));
        /* It goes on being usable. */
        base_report(&findings, DIAG_SLICE_RANGE, &(struct base_details){.place = place}, "second");
        CHECK_U64(findings.count, complete ? 2 : 1);
        CHECK_U64(findings.total[DIAG_SLICE_RANGE], 2);
        CHECK_U64(findings.out_of_memory, !complete);
        base_findings_free(&findings);
    }
    /* message, file, pointer, expected, actual, list */
    CHECK(complete);
    CHECK(successes >= 6);
}

UNIT_TEST(move_without_memory_loses_the_text_and_keeps_the_counts)
{
    struct base_findings to;
    struct base_findings from;
    base_findings_init(&to);
    base_findings_init(&from);
    add_numbered(&from, DIAG_SLICE_RANGE, 0, 4);
    memory_fault_after(0);
    base_findings_move(&to, &from);
    (void)memory_fault_off();
    CHECK(to.out_of_memory);
    CHECK_U64(to.count, 0);
    CHECK_U64(to.total[DIAG_SLICE_RANGE], 4);
    CHECK_U64(to.errors[DIAG_CLASS_L], 4);
    CHECK_U64(from.count, 0);
    base_findings_free(&to);
}

UNIT_TEST(an_asset_gets_another_id)
{
    const int64_t id = 7;
    struct base_findings findings;
    base_findings_init(&findings);
    for (unsigned i = 0; i < 3; i++) {
        const struct base_place place = {.file = i == 2 ? "b" : "a", .has_asset_id = true, .asset_id = i == 2 ? 3 : 0};
        base_report(&findings, DIAG_INPUT_MISSING, &(struct base_details){.place = place}, "wrong");
    }
    base_findings_set_asset(&findings, 0, &id);
    CHECK(findings.items[0].place.has_asset_id && findings.items[1].place.has_asset_id);
    CHECK_U64(findings.items[1].place.asset_id, 7);
    CHECK_U64(findings.items[2].place.asset_id, 3);
    CHECK(findings.tally.files[0].has_asset);
    CHECK_U64(findings.tally.files[0].asset_id, 7);
    CHECK_U64(findings.tally.files[1].asset_id, 3);
    base_findings_set_asset(&findings, 7, NULL);
    CHECK(!findings.items[0].place.has_asset_id && findings.items[2].place.has_asset_id);
    CHECK(!findings.tally.files[0].has_asset && findings.tally.files[0].mixed);
    CHECK(findings.tally.files[1].has_asset);
    base_findings_free(&findings);
}
