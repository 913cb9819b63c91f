/* The structural diff: pairs of elements, members by name, the first difference of a value; texts that are hostile. */
#include "json/diff.h"
#include "base/text.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"
#include "json/object.h"

/* What was visited, one word per difference: its letter, its pointer, its place, the id of the element. */
struct log {
    struct base_text differences;
    struct base_bytes actual;
    const char *ignored; /* numbers spelt like this are not compared */
    bool fails;          /* allocation number fail_at is refused */
    unsigned fail_at;
    unsigned asked; /* allocations while the arrays were compared */
    bool lacks_memory;
};

static void visit(void *context, const struct json_difference *difference)
{
    static const char letters[] = {[JSON_DIFFERENCE_ELEMENT_MISSING] = '-',
                                   [JSON_DIFFERENCE_ELEMENT_ADDED] = '+',
                                   [JSON_DIFFERENCE_MEMBER_MISSING] = 'm',
                                   [JSON_DIFFERENCE_MEMBER_ADDED] = 'a',
                                   [JSON_DIFFERENCE_VALUE] = 'v'};
    struct log *log = context;
    bool missing =
        difference->kind == JSON_DIFFERENCE_ELEMENT_MISSING || difference->kind == JSON_DIFFERENCE_MEMBER_MISSING;
    bool added = difference->kind == JSON_DIFFERENCE_ELEMENT_ADDED || difference->kind == JSON_DIFFERENCE_MEMBER_ADDED;
    CHECK((difference->actual.kind == JSON_END) == missing);
    CHECK((difference->expected.kind == JSON_END) == added);
    CHECK(difference->at < log->actual.size);
    log->lacks_memory = log->lacks_memory || base_text_out_of_memory(difference->pointer);
    base_text_addf(&log->differences, "%c%s@%zu", letters[difference->kind], base_text_string(difference->pointer),
                   difference->at);
    if (difference->has_id) {
        base_text_addf(&log->differences, "#%lld", (long long)difference->id);
    }
    base_text_add_char(&log->differences, ' ');
}

static bool ignores(void *context, struct json_token actual)
{
    const struct log *log = context;
    return actual.kind == JSON_NUMBER &&
           base_bytes_equal(json_span(log->actual, actual), base_bytes_of_string(log->ignored));
}

static bool diff(const char *expected, const char *actual, bool by_id, struct log *log)
{
    struct base_bytes left = sample_copy(base_bytes_of_string(expected));
    log->actual = sample_copy(base_bytes_of_string(actual));
    const struct json_diff diff = {
        .expected_text = left,
        .expected = left.size > 0 ? json_root(left, NULL) : (struct json_token){.kind = JSON_END},
        .actual_text = log->actual,
        .actual = json_root(log->actual, NULL),
        .id = "id",
        .ascends_by_id = by_id,
        .ignores = log->ignored != NULL ? ignores : NULL,
        .visit = visit,
        .context = log,
    };
    if (log->fails) {
        memory_fault_once(log->fail_at);
    }
    bool enough_memory = json_diff_arrays(&diff);
    log->asked = memory_fault_off();
    sample_free(left);
    sample_free(log->actual);
    return enough_memory;
}

static void check_diff(const char *expected, const char *actual, bool by_id, const char *differences)
{
    struct log log = {.differences = BASE_TEXT_EMPTY};
    CHECK(diff(expected, actual, by_id, &log));
    CHECK_STRING(base_text_string(&log.differences), differences);
    base_text_free(&log.differences);
}

UNIT_TEST(equal_arrays_have_no_difference)
{
    check_diff("[]", "[]", true, "");
    check_diff("", "[]", true, "");
    check_diff("[{\"id\":1,\"a\":[1,{\"b\":\"x\"}]}]", "[{\"id\":1,\"a\":[1,{\"b\":\"x\"}]}]", true, "");
    /* Order of members, white space and escapes make no difference. */
    check_diff("[{\"id\":1,\"a\":\"b\"}]", " [ { \"\\u0061\" : \"\\u0062\" , \"id\" : 1 } ] ", true, "");
}

UNIT_TEST(of_a_value_the_first_difference_is_visited)
{
    check_diff("[{\"a\":1,\"b\":2}]", "[{\"a\":3,\"b\":4}]", false, "v/0/a@6 v/0/b@12 ");
    check_diff("[{},{\"a\":[1,2,3]}]", "[{},{\"a\":[1,0,0]}]", false, "v/1/a/1@12 ");
    check_diff("[{\"a\":{\"b\":{\"c\":\"x\"}}}]", "[{\"a\":{\"b\":{\"c\":\"y\"}}}]", false, "v/0/a/b/c@16 ");
    check_diff("[{\"a\":{\"b\":1}}]", "[{\"a\":{\"c\":1}}]", false, "v/0/a/c@7 ");
    check_diff("[{\"a\":[1]}]", "[{\"a\":[1,2]}]", false, "v/0/a/1@9 ");
    check_diff("[{\"a\":[1,2]}]", "[{\"a\":[1]}]", false, "v/0/a@8 ");
    check_diff("[{\"a\":\"1\"}]", "[{\"a\":1}]", false, "v/0/a@6 ");
    check_diff("[{\"a\":1}]", "[{\"a\":\"1\"}]", false, "v/0/a@6 ");
    check_diff("[{\"a\":1}]", "[{\"a\":1.0}]", false, "v/0/a@6 ");
    check_diff("[{\"a\":true,\"b\":null}]", "[{\"a\":false,\"b\":{}}]", false, "v/0/a@6 v/0/b@16 ");
}

UNIT_TEST(members_are_paired_by_name)
{
    check_diff("[{\"a\":1,\"c\":1}]", "[{\"b\":1,\"c\":2}]", false, "m/0@1 a/0/b@2 v/0/c@12 ");
    check_diff("[{}]", "[{\"x/y\":1}]", false, "a/0/x~1y@2 ");
    /* Of a repeated member the first one counts. */
    check_diff("[{\"a\":1}]", "[{\"a\":1,\"a\":2}]", false, "");
    check_diff("[{\"a\":2,\"a\":1}]", "[{\"a\":1}]", false, "v/0/a@6 ");
}

UNIT_TEST(elements_are_paired_by_position_or_by_id)
{
    const char *expected = "[{\"id\":1},{\"id\":2},{\"id\":4}]";
    const char *actual = "[{\"id\":1},{\"id\":4}]";
    check_diff(expected, actual, false, "v/1/id@16#2 -/2@18#4 ");
    check_diff(expected, actual, true, "-/1@10#2 ");
    check_diff(actual, expected, true, "+/1@10#2 ");
    /* Arrays of one length are paired by position. */
    check_diff("[{\"id\":1}]", "[{\"id\":2}]", true, "v/0/id@7#1 ");
    /* Without an id there is only the position. */
    check_diff("[{\"id\":1},{\"id\":2}]", "[{\"x\":1}]", true, "m/0@1#1 a/0/x@2#1 -/1@8#2 ");
    check_diff("", "[{\"id\":7}]", true, "+/0@1#7 ");
    check_diff("[{\"id\":7}]", "[]", true, "-/0@1#7 ");
}

UNIT_TEST(elements_that_are_not_objects_are_passed_over)
{
    check_diff("[1,{\"a\":1}]", "[{\"a\":1},{\"a\":2}]", false, "v/1/a@14 ");
    check_diff("[[],\"x\",null]", "[{},{},{}]", true, "");
}

UNIT_TEST(some_differences_can_be_ignored)
{
    struct log log = {.differences = BASE_TEXT_EMPTY, .ignored = "-0"};
    CHECK(diff("[{\"a\":0,\"b\":1,\"c\":[0,5]}]", "[{\"a\":-0,\"b\":2,\"c\":[-0,6]}]", false, &log));
    CHECK_STRING(base_text_string(&log.differences), "v/0/b@13 v/0/c/1@23 ");
    base_text_clear(&log.differences);
    CHECK(diff("[{\"a\":\"0\"}]", "[{\"a\":-0}]", false, &log));
    CHECK_STRING(base_text_string(&log.differences), "");
    base_text_free(&log.differences);
}

UNIT_TEST(deep_values_cost_no_stack)
{
    enum { DEEP = JSON_MAX_DEPTH - 2 };
    struct base_text left = BASE_TEXT_EMPTY;
    struct base_text right = BASE_TEXT_EMPTY;
    base_text_add_string(&left, "[{\"a\":");
    base_text_add_string(&right, "[{\"a\":");
    for (unsigned i = 0; i < DEEP; i++) {
        base_text_add_char(&left, '[');
        base_text_add_char(&right, '[');
    }
    base_text_add_char(&right, '1');
    for (unsigned i = 0; i < DEEP; i++) {
        base_text_add_char(&left, ']');
        base_text_add_char(&right, ']');
    }
    base_text_add_string(&left, "}]");
    base_text_add_string(&right, "}]");
    struct log log = {.differences = BASE_TEXT_EMPTY};
    CHECK(diff(base_text_string(&left), base_text_string(&right), false, &log));
    CHECK(strncmp(base_text_string(&log.differences), "v/0/a/0/0/0", 11) == 0);
    base_text_free(&log.differences);
    base_text_free(&left);
    base_text_free(&right);
}

/* Whatever allocation fails: the result says so, or a text lacks memory and says so. */
UNIT_TEST(running_out_of_memory_shows)
{
    bool refused = true;
    unsigned n = 0;
    for (; refused; n++) {
        struct log log = {.differences = BASE_TEXT_EMPTY, .fails = true, .fail_at = n};
        bool enough_memory = diff("[{\"a\":1,\"b\":[1,2]}]", "[{\"a\":2,\"b\":[1,3],\"c\":0}]", false, &log);
        refused = log.asked > n;
        bool shows = !enough_memory || log.lacks_memory || base_text_out_of_memory(&log.differences);
        CHECK_U64(shows, refused);
        base_text_free(&log.differences);
    }
    CHECK(n > 4);
}
