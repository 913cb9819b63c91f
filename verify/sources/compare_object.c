#include "verify/sources/compare_object.h"

#include "base/report.h"
#include "verify/workspace/tree.h"
#include "json/diff.h"
#include "json/walk.h"

/* The objects are compared by json/diff.h, as the only elements of two arrays. Values are compared token by token, so
 * the keys of nested objects have to be in one order on both sides: the expected text is sorted first. */

struct comparison {
    const struct verify_source_asset *asset;
    const struct verify_object_place *place;
    struct base_bytes expected;
};

/* The text of the set that has the object. */
static struct base_bytes text_of(const struct verify_source_asset *asset, const struct verify_object_place *place)
{
    return place->in_header ? asset->facts->header : asset->facts->record->text;
}

static const char *message_of(const struct verify_object_place *place, enum json_difference_kind kind)
{
    if (kind == JSON_DIFFERENCE_MEMBER_MISSING) {
        return place->missing;
    }
    return kind == JSON_DIFFERENCE_MEMBER_ADDED ? place->added : place->other;
}

static void visit(void *context, const struct json_difference *difference)
{
    const struct comparison *comparison = context;
    const struct verify_object_place *place = comparison->place;
    struct base_text below = BASE_TEXT_EMPTY;
    struct base_text expected = BASE_TEXT_EMPTY;
    struct json_token value = difference->actual;
    base_text_add_string(&below, place->below);
    base_text_add_string(&below, base_text_string(difference->pointer) + 2); /* after "/0" */
    if (difference->expected.kind != JSON_END) {
        base_text_add_printable(&expected, json_token_bytes(comparison->expected, difference->expected), 96);
    }
    if (value.kind == JSON_END) {
        value = (struct json_token){.kind = JSON_END, .begin = difference->at, .end = difference->at};
    }
    value.begin += place->object.begin - 1; /* the array's bracket comes before the object */
    value.end += place->object.begin - 1;
    (place->in_header ? verify_report_entry : verify_report_recorded)(
        comparison->asset, place->diagnostic, value, base_text_string(&below),
        expected.size > 0 ? base_text_string(&expected) : NULL, message_of(place, difference->kind));
    base_text_release(&expected, &comparison->asset->sink->findings.out_of_memory);
    base_text_release(&below, &comparison->asset->sink->findings.out_of_memory);
}

/* "[OBJECT]". */
static void put_into_array(struct base_text *array, struct base_bytes object)
{
    base_text_add_char(array, '[');
    base_text_add(array, object);
    base_text_add_char(array, ']');
}

static bool compare_arrays(const struct comparison *comparison, struct base_bytes expected, struct base_bytes actual)
{
    struct base_task *task = comparison->asset->subject->options->task;
    struct comparison own = *comparison;
    own.expected = expected;
    const struct json_diff diff = {
        .task = task,
        .expected_text = expected,
        .expected = json_root(expected, task),
        .actual_text = actual,
        .actual = json_root(actual, task),
        .id = "",
        .visit = visit,
        .context = &own,
    };
    return json_diff_arrays(&diff);
}

void verify_compare_object(const struct verify_source_asset *asset, const struct verify_object_place *place,
                           struct base_bytes expected)
{
    const struct comparison comparison = {.asset = asset, .place = place};
    struct base_bytes object = json_span(text_of(asset, place), place->object);
    struct base_text sorted = BASE_TEXT_EMPTY;
    struct base_text left = BASE_TEXT_EMPTY;
    struct base_text right = BASE_TEXT_EMPTY;
    bool enough_memory = verify_tree_sort(expected, json_root(expected, NULL), &sorted);
    if (enough_memory && !base_bytes_equal(base_text_bytes(&sorted), object)) {
        put_into_array(&left, base_text_bytes(&sorted));
        put_into_array(&right, object);
        enough_memory = !base_text_out_of_memory(&left) && !base_text_out_of_memory(&right) &&
                        compare_arrays(&comparison, base_text_bytes(&left), base_text_bytes(&right));
    }
    if (!enough_memory) {
        base_report_out_of_memory(&asset->sink->findings, asset->root_path);
    }
    base_text_free(&sorted);
    base_text_free(&left);
    base_text_free(&right);
}
