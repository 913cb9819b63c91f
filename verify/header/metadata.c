#include "verify/header/bank.h"

/* One metadata object while it is judged. */
struct metadata {
    struct verify_examination *examination;
    const struct verify_entry_view *view;
};

static struct verify_spot spot_of(const struct metadata *metadata)
{
    return (struct verify_spot){
        .array = "asset_table",
        .index = metadata->view->index,
        .member = "metadata",
        .entry = metadata->view->known,
    };
}

static void judge_number(const struct metadata *metadata, const struct json_path *path, struct json_token number)
{
    struct verify_examination *examination = metadata->examination;
    if (json_token_is_exact(examination->header, number)) {
        return;
    }
    struct verify_spot spot = spot_of(metadata);
    spot.at = number.begin;
    spot.path = path;
    struct base_bytes actual = json_token_bytes(examination->header, number);
    if (!number.integral) {
        verify_report_in_header(examination, DIAG_METADATA_FLOAT, &spot, "an integer", actual,
                                "a number with a fraction or an exponent");
    } else {
        verify_report_in_header(examination, DIAG_ENTRY_RANGE_EXACT, &spot, "-9007199254740991 to 9007199254740991",
                                actual, "the integer is beyond 2^53-1");
    }
}

/* Every number, at any depth. */
static void judge_numbers(const struct metadata *metadata)
{
    struct base_bytes header = metadata->examination->header;
    struct json_token object = metadata->view->metadata;
    struct json_path path = {.depth = 0};
    struct json_walk walk;
    json_walk_begin(&walk, header, object.begin, object.end);
    struct json_token token = json_walk_next(&walk);
    while (token.kind != JSON_END && token.kind != JSON_ERROR) {
        json_path_follow(&path, header, token);
        if (token.kind == JSON_NUMBER) {
            judge_number(metadata, &path, token);
        }
        token = json_walk_next(&walk);
    }
}

static void judge_member(void *context, struct json_token key, struct json_token value)
{
    const struct metadata *metadata = context;
    struct base_bytes span = json_span(metadata->examination->header, key);
    (void)value;
    if (json_equals(span, "pipeline")) {
        struct verify_spot spot = spot_of(metadata);
        spot.at = json_token_start(key);
        spot.key = span;
        verify_report_in_header(metadata->examination, DIAG_METADATA_PIPELINE, &spot, NULL,
                                json_token_bytes(metadata->examination->header, key),
                                "pipeline is of an earlier generation; version 1 forbids it in the header");
    }
}

void verify_check_metadata(struct verify_examination *examination, const struct verify_entry_view *view)
{
    struct metadata metadata = {.examination = examination, .view = view};
    judge_numbers(&metadata);
    json_walk_object(examination->header, view->metadata, NULL, 0, NULL, judge_member, &metadata);
    if ((view->known->flags & VERIFY_ENTRY_HAS_BANK) == 0) {
        return;
    }
    if (view->known->bank == PP_BANK_GLYPH) {
        verify_check_glyph(examination, view);
    } else if (view->known->bank == PP_BANK_SOUNDS) {
        verify_check_sound(examination, view);
    }
}
