/* The list of findings: what it keeps, what it counts, and that both stay right at the cap and without memory. */
#include "base/findings.h"
#include "tests/base/memory_fault.h"
#include "tests/base/sample.h"

#include <stdio.h>

UNIT_TEST(a_finding_has_what_it_was_given)
{
    struct pp_findings findings;
    pp_findings_init(&findings);
    char file[] = "assets.pa";
    char pointer[] = "/asset_table/0";
    char expected[] = "0";
    struct pp_place place = PP_NOWHERE;
    place.file = file;
    place.byte_offset = 20;
    place.json_pointer = pointer;
    place.has_asset_id = true;
    place.asset_id = -7;
    pp_findings_add(&findings, PP_PRELUDE_RESERVED, &place, expected, "1", "flags is %d", 1);
    /* The list has copies of its own. */
    memset(file, 'x', sizeof file - 1);
    memset(pointer, 'x', sizeof pointer - 1);
    expected[0] = 'x';
    REQUIRE(findings.count == 1);
    const struct pp_finding *finding = &findings.items[0];
    CHECK_U64(finding->diagnostic, PP_PRELUDE_RESERVED);
    CHECK_U64(finding->class_, PP_CLASS_C);
    CHECK_U64(finding->severity, PP_ERROR);
    CHECK_STRING(finding->place.file, "assets.pa");
    CHECK_U64(finding->place.byte_offset, 20);
    CHECK_STRING(finding->place.json_pointer, "/asset_table/0");
    CHECK(finding->place.has_asset_id);
    CHECK(finding->place.asset_id == -7);
    CHECK_STRING(finding->message, "flags is 1");
    CHECK_STRING(finding->expected, "0");
    CHECK_STRING(finding->actual, "1");
    CHECK(finding->help == pp_diagnostic_facts(PP_PRELUDE_RESERVED)->help);
    CHECK(!findings.out_of_memory);
    pp_findings_free(&findings);
    CHECK_U64(findings.count, 0);
    CHECK(findings.items == NULL);
    CHECK_U64(pp_findings_errors(&findings), 0);
}

UNIT_TEST(nowhere_is_nowhere)
{
    struct pp_findings findings;
    pp_findings_init(&findings);
    pp_findings_add(&findings, PP_USAGE, &PP_NOWHERE, NULL, NULL, "%s", "");
    REQUIRE(findings.count == 1);
    const struct pp_finding *finding = &findings.items[0];
    CHECK(finding->place.file == NULL);
    CHECK(finding->place.byte_offset == -1);
    CHECK(finding->place.json_pointer == NULL);
    CHECK(!finding->place.has_asset_id);
    CHECK(finding->expected == NULL);
    CHECK(finding->actual == NULL);
    CHECK_STRING(finding->message, "");
    CHECK_U64(finding->class_, PP_CLASS_U);
    pp_findings_free(&findings);
}

UNIT_TEST(errors_are_counted_by_class)
{
    struct pp_findings findings;
    pp_findings_init(&findings);
    CHECK(!pp_findings_any(&findings, PP_CLASS_L));
    CHECK_U64(pp_findings_errors(&findings), 0);
    pp_findings_add(&findings, PP_SLICE_GAP, &PP_NOWHERE, NULL, NULL, "gap");
    CHECK(!pp_findings_any(&findings, PP_CLASS_L));
    CHECK(pp_findings_any(&findings, PP_CLASS_C));
    pp_findings_add(&findings, PP_SLICE_RANGE, &PP_NOWHERE, NULL, NULL, "range");
    CHECK(pp_findings_any(&findings, PP_CLASS_L));
    pp_findings_add(&findings, PP_ENVIRONMENT_READ, &PP_NOWHERE, NULL, NULL, "read");
    CHECK(pp_findings_any(&findings, PP_CLASS_E));
    CHECK(!pp_findings_any(&findings, PP_CLASS_W));
    CHECK(!pp_findings_any(&findings, PP_CLASS_U));
    CHECK_U64(pp_findings_errors(&findings), 3);
    CHECK_U64(findings.errors[PP_CLASS_C], 1);
    CHECK_U64(findings.total[PP_SLICE_GAP], 1);
    CHECK_U64(findings.total[PP_SLICE_OVERLAP], 0);
    pp_findings_free(&findings);
}

UNIT_TEST(class_and_severity_can_be_chosen)
{
    struct pp_findings findings;
    pp_findings_init(&findings);
    pp_findings_add_as(&findings, PP_JSON_DUPLICATE_KEY, PP_CLASS_C, PP_ERROR, &PP_NOWHERE, NULL, NULL, "in metadata");
    pp_findings_add_as(&findings, PP_SLICE_GAP, PP_CLASS_C, PP_WARNING, &PP_NOWHERE, "a", "b", "only %s", "said");
    REQUIRE(findings.count == 2);
    CHECK_U64(findings.items[0].class_, PP_CLASS_C);
    CHECK_U64(findings.items[0].severity, PP_ERROR);
    CHECK_U64(findings.items[1].severity, PP_WARNING);
    CHECK_STRING(findings.items[1].message, "only said");
    CHECK_STRING(findings.items[1].expected, "a");
    CHECK_STRING(findings.items[1].actual, "b");
    CHECK(!pp_findings_any(&findings, PP_CLASS_L));
    /* A warning is counted as found, not as an error. */
    CHECK_U64(findings.errors[PP_CLASS_C], 1);
    CHECK_U64(findings.total[PP_SLICE_GAP], 1);
    pp_findings_free(&findings);
}

static void add_numbered(struct pp_findings *findings, enum pp_diagnostic diagnostic, unsigned from, unsigned count)
{
    for (unsigned i = from; i < from + count; i++) {
        struct pp_place place = PP_NOWHERE;
        place.byte_offset = i;
        pp_findings_add(findings, diagnostic, &place, NULL, NULL, "number %u", i);
    }
}

UNIT_TEST(of_each_id_a_hundred_are_kept_and_all_are_counted)
{
    struct pp_findings findings;
    pp_findings_init(&findings);
    add_numbered(&findings, PP_SLICE_GAP, 0, 1000);
    add_numbered(&findings, PP_SLICE_OVERLAP, 0, 3);
    CHECK_U64(findings.count, PP_FINDINGS_KEPT + 3);
    CHECK_U64(findings.total[PP_SLICE_GAP], 1000);
    CHECK_U64(findings.total[PP_SLICE_OVERLAP], 3);
    CHECK_U64(findings.errors[PP_CLASS_C], 1003);
    CHECK_U64(findings.items[PP_FINDINGS_KEPT - 1].place.byte_offset, PP_FINDINGS_KEPT - 1);
    CHECK_STRING(findings.items[PP_FINDINGS_KEPT - 1].message, "number 99");
    CHECK_U64(findings.items[PP_FINDINGS_KEPT].diagnostic, PP_SLICE_OVERLAP);
    CHECK(!findings.out_of_memory);
    pp_findings_free(&findings);
}

UNIT_TEST(move_appends_in_order_and_empties_its_source)
{
    struct pp_findings to;
    struct pp_findings from;
    pp_findings_init(&to);
    pp_findings_init(&from);
    add_numbered(&to, PP_SLICE_GAP, 0, 2);
    add_numbered(&from, PP_SLICE_RANGE, 10, 1);
    add_numbered(&from, PP_SLICE_GAP, 20, 2);
    from.out_of_memory = true;
    pp_findings_move(&to, &from);
    REQUIRE(to.count == 5);
    static const unsigned order[] = {0, 1, 10, 20, 21};
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        CHECK_U64(to.items[i].place.byte_offset, order[i]);
    }
    CHECK_U64(to.total[PP_SLICE_GAP], 4);
    CHECK_U64(to.total[PP_SLICE_RANGE], 1);
    CHECK_U64(to.errors[PP_CLASS_C], 4);
    CHECK_U64(to.errors[PP_CLASS_L], 1);
    CHECK(to.out_of_memory);
    CHECK_U64(from.count, 0);
    CHECK(from.items == NULL);
    CHECK(!from.out_of_memory);
    CHECK_U64(pp_findings_errors(&from), 0);
    CHECK_U64(from.total[PP_SLICE_GAP], 0);
    /* The source can be used, moved and freed again. */
    pp_findings_move(&to, &from);
    CHECK_U64(to.count, 5);
    add_numbered(&from, PP_SLICE_GAP, 30, 1);
    pp_findings_move(&to, &from);
    CHECK_U64(to.count, 6);
    pp_findings_free(&from);
    pp_findings_free(&to);
}

UNIT_TEST(move_keeps_the_cap)
{
    struct pp_findings to;
    struct pp_findings from;
    pp_findings_init(&to);
    pp_findings_init(&from);
    add_numbered(&to, PP_SLICE_GAP, 0, 60);
    add_numbered(&from, PP_SLICE_GAP, 60, 300);
    add_numbered(&from, PP_SLICE_OVERLAP, 500, 5);
    pp_findings_move(&to, &from);
    CHECK_U64(to.count, PP_FINDINGS_KEPT + 5);
    CHECK_U64(to.total[PP_SLICE_GAP], 360);
    CHECK_U64(to.errors[PP_CLASS_C], 365);
    CHECK_U64(to.items[PP_FINDINGS_KEPT - 1].place.byte_offset, 99);
    CHECK_U64(to.items[PP_FINDINGS_KEPT].place.byte_offset, 500);
    add_numbered(&to, PP_SLICE_GAP, 600, 1);
    CHECK_U64(to.count, PP_FINDINGS_KEPT + 5);
    CHECK_U64(to.total[PP_SLICE_GAP], 361);
    pp_findings_free(&to);
}

UNIT_TEST(without_memory_every_count_stays_right)
{
    struct pp_place place = {.file = "file", .byte_offset = 1, .json_pointer = "/pointer"};
    bool complete = false;
    unsigned successes = 0;
    for (; !complete && successes < 50; successes++) {
        struct pp_findings findings;
        pp_findings_init(&findings);
        memory_fault_after(successes);
        pp_findings_add(&findings, PP_SLICE_RANGE, &place, "expected", "actual", "%s", "message");
        unsigned asked = memory_fault_off();
        complete = asked <= successes;
        CHECK_U64(findings.out_of_memory, !complete);
        CHECK_U64(findings.count, complete ? 1 : 0);
        CHECK_U64(findings.total[PP_SLICE_RANGE], 1);
        CHECK_U64(findings.errors[PP_CLASS_L], 1);
        CHECK(pp_findings_any(&findings, PP_CLASS_L));
        /* It goes on being usable. */
        pp_findings_add(&findings, PP_SLICE_RANGE, &place, NULL, NULL, "second");
        CHECK_U64(findings.count, complete ? 2 : 1);
        CHECK_U64(findings.total[PP_SLICE_RANGE], 2);
        CHECK_U64(findings.out_of_memory, !complete);
        pp_findings_free(&findings);
    }
    /* message, file, pointer, expected, actual, list */
    CHECK(complete);
    CHECK(successes >= 6);
}

UNIT_TEST(move_without_memory_loses_the_text_and_keeps_the_counts)
{
    struct pp_findings to;
    struct pp_findings from;
    pp_findings_init(&to);
    pp_findings_init(&from);
    add_numbered(&from, PP_SLICE_RANGE, 0, 4);
    memory_fault_after(0);
    pp_findings_move(&to, &from);
    (void)memory_fault_off();
    CHECK(to.out_of_memory);
    CHECK_U64(to.count, 0);
    CHECK_U64(to.total[PP_SLICE_RANGE], 4);
    CHECK_U64(to.errors[PP_CLASS_L], 4);
    CHECK_U64(from.count, 0);
    pp_findings_free(&to);
}
