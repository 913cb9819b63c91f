#include "verify/bank.h"

/* One metadata object while it is judged. */
struct metadata {
    struct pp_examination *examination;
    const struct pp_entry_view *view;
};

static struct pp_spot spot_of(const struct metadata *metadata)
{
    return (struct pp_spot){
        .array = "asset_table",
        .index = metadata->view->index,
        .member = "metadata",
        .entry = metadata->view->known,
    };
}

static void judge_number(const struct metadata *metadata, const struct pp_path *path, struct pp_json_token number)
{
    struct pp_examination *examination = metadata->examination;
    if (pp_token_is_exact(examination->header, number)) {
        return;
    }
    struct pp_spot spot = spot_of(metadata);
    spot.at = number.begin;
    spot.path = path;
    struct pp_bytes actual = pp_token_bytes(examination->header, number);
    if (!number.integral) {
        pp_tell(examination, PP_METADATA_FLOAT, &spot, "an integer", actual, "a number with a fraction or an exponent");
    } else {
        pp_tell(examination, PP_ENTRY_RANGE_EXACT, &spot, "-9007199254740991 to 9007199254740991", actual,
                "the integer is beyond 2^53-1");
    }
}

/* Every number, at any depth. */
static void judge_numbers(const struct metadata *metadata)
{
    struct pp_bytes header = metadata->examination->header;
    struct pp_json_token object = metadata->view->metadata;
    struct pp_path path = {.depth = 0};
    struct pp_tokens walk;
    pp_tokens_begin(&walk, header, object.begin, object.end);
    struct pp_json_token token = pp_tokens_next(&walk);
    while (token.kind != PP_JSON_END && token.kind != PP_JSON_ERROR) {
        pp_path_follow(&path, header, token);
        if (token.kind == PP_JSON_NUMBER) {
            judge_number(metadata, &path, token);
        }
        token = pp_tokens_next(&walk);
    }
}

static void judge_member(void *context, struct pp_json_token key, struct pp_json_token value)
{
    const struct metadata *metadata = context;
    struct pp_bytes span = pp_json_span(metadata->examination->header, key);
    (void)value;
    if (pp_json_is(span, "pipeline")) {
        struct pp_spot spot = spot_of(metadata);
        spot.at = pp_token_start(key);
        spot.key = span;
        pp_tell(metadata->examination, PP_METADATA_PIPELINE, &spot, NULL,
                pp_token_bytes(metadata->examination->header, key),
                "pipeline is of an earlier generation; version 1 forbids it in the header");
    }
}

void pp_examine_metadata(struct pp_examination *examination, const struct pp_entry_view *view)
{
    struct metadata metadata = {.examination = examination, .view = view};
    judge_numbers(&metadata);
    pp_tokens_object(examination->header, view->metadata, NULL, 0, NULL, judge_member, &metadata);
    if ((view->known->flags & PP_KNOWN_BANK) == 0) {
        return;
    }
    if (view->known->bank == PP_BANK_GLYPH) {
        pp_examine_glyph(examination, view);
    } else if (view->known->bank == PP_BANK_SOUNDS) {
        pp_examine_sound(examination, view);
    }
}
