#include "verify/companions/compare.h"

#include "verify/core/findings.h"
#include "json/diff.h"
#include "json/object.h"
#include "json/pointer.h"

bool verify_compare_is_array(const struct verify_compare *compare)
{
    struct json_token root = json_root(compare->lines->text, compare->task);
    struct json_token wrong = root;
    struct base_text pointer = BASE_TEXT_EMPTY;
    if (root.kind == JSON_ARRAY_BEGIN) {
        struct json_walk walk;
        size_t index = 0;
        json_walk_begin_inside(&walk, compare->lines->text, root);
        walk.json.task = compare->task;
        bool goes_on = json_walk_element(&walk, &wrong);
        while (goes_on && wrong.kind == JSON_OBJECT_BEGIN) {
            goes_on = json_walk_element(&walk, &wrong);
            index++;
        }
        if (!goes_on) {
            return true;
        }
        json_pointer_add_index(&pointer, index);
    }
    struct base_bytes actual = json_token_bytes(compare->lines->text, wrong);
    base_report(compare->findings, DIAG_COMPANION_SYNTAX,
                &(struct base_details){
                    .place = {.file = compare->path,
                              BASE_AT_BYTE(json_token_start(wrong), actual.size),
                              .lines = compare->lines,
                              .json_pointer = base_text_string(&pointer)},
                    .expected = "an array of objects",
                    .actual_bytes = actual,
                },
                "the companion has another shape");
    base_text_release(&pointer, &compare->findings->out_of_memory);
    return false;
}

static void visit_difference(void *context, const struct json_difference *found)
{
    static const char *const texts[] = {
        [JSON_DIFFERENCE_ELEMENT_MISSING] = "the companion lacks an element that the header has here",
        [JSON_DIFFERENCE_ELEMENT_ADDED] = "the header has no such element",
        [JSON_DIFFERENCE_MEMBER_MISSING] = "the companion lacks a member of the header",
        [JSON_DIFFERENCE_MEMBER_ADDED] = "the header has no such member",
        [JSON_DIFFERENCE_VALUE] = "the companion differs from the header here",
    };
    const struct verify_compare *compare = context;
    struct base_details details = {
        .place = {.file = compare->path,
                  BASE_AT_BYTE(found->at, 0),
                  .lines = compare->lines,
                  .json_pointer = base_text_string(found->pointer),
                  .has_asset_id = found->has_id,
                  .asset_id = found->id},
    };
    if (found->expected.kind != JSON_END) {
        details.expected_bytes = json_token_bytes(compare->header, found->expected);
    }
    if (found->actual.kind != JSON_END) {
        details.actual_bytes = json_token_bytes(compare->lines->text, found->actual);
        details.place.length = details.actual_bytes.size;
    }
    base_report(compare->findings, compare->mismatch, &details, "%s", texts[found->kind]);
    compare->findings->out_of_memory = compare->findings->out_of_memory || base_text_out_of_memory(found->pointer);
}

/* Whether companion-syntax has reported the token: a number of the companion that is not canonical. */
static bool was_reported(void *context, struct json_token token)
{
    const struct verify_compare *compare = context;
    struct base_bytes span = json_span(compare->lines->text, token);
    return token.kind == JSON_NUMBER &&
           (!json_token_is_exact(compare->lines->text, token) || base_bytes_equal(span, base_bytes_make("-0", 2)));
}

void verify_compare_arrays(const struct verify_compare *compare)
{
    struct verify_compare copy = *compare;
    const struct json_diff diff = {
        .task = compare->task,
        .expected_text = compare->header,
        .expected = compare->array,
        .actual_text = compare->lines->text,
        .actual = json_root(compare->lines->text, compare->task),
        .id = "asset_id",
        .ascends_by_id = compare->mismatch == DIAG_TABLE_MISMATCH,
        .ignores = was_reported,
        .visit = visit_difference,
        .context = &copy,
    };
    if (!json_diff_arrays(&diff)) {
        base_report_out_of_memory(compare->findings, compare->path);
    }
}
