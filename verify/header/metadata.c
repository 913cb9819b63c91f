#include "verify/header/metadata.h"

#include "verify/core/findings.h"
#include "verify/core/format.h"
#include "verify/header/glyph.h"
#include "verify/header/sound.h"

static struct verify_spot spot_of(const struct verify_entry_view *view)
{
    return (struct verify_spot){
        .array = "asset_table",
        .index = view->index,
        .member = "metadata",
        .entry = view->known,
    };
}

static void check_number(const struct verify_entry_view *view, const struct json_path *path, struct json_token number)
{
    if (json_token_is_exact(view->header, number)) {
        return;
    }
    struct verify_spot spot = spot_of(view);
    spot.at = number.begin;
    spot.path = path;
    struct base_bytes actual = json_token_bytes(view->header, number);
    if (!number.integral) {
        verify_report_in_header(view->subject, view->sink, DIAG_METADATA_FLOAT, &spot, "an integer", actual,
                                "the number has a fraction or an exponent");
    } else {
        verify_report_in_header(view->subject, view->sink, DIAG_ENTRY_RANGE_EXACT, &spot,
                                "-" VERIFY_EXACT_MAX_TEXT " to " VERIFY_EXACT_MAX_TEXT, actual,
                                "the integer is beyond 2^53-1");
    }
}

/* Every number, at any depth. */
static void check_numbers(const struct verify_entry_view *view)
{
    struct base_bytes header = view->header;
    struct json_token object = view->metadata;
    struct json_path path = {.depth = 0};
    struct json_walk walk;
    json_walk_begin(&walk, header, object.begin, object.end);
    struct json_token token = json_walk_next(&walk);
    while (token.kind != JSON_END && token.kind != JSON_ERROR) {
        json_path_follow(&path, header, token);
        if (token.kind == JSON_NUMBER) {
            check_number(view, &path, token);
        }
        token = json_walk_next(&walk);
    }
}

static void check_pipeline(const struct verify_entry_view *view)
{
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    json_walk_begin_inside(&walk, view->header, view->metadata);
    while (json_walk_member(&walk, &key, &value)) {
        struct base_bytes span = json_span(view->header, key);
        if (json_equals(span, "pipeline")) {
            struct verify_spot spot = spot_of(view);
            spot.at = json_token_start(key);
            spot.key = span;
            verify_report_in_header(view->subject, view->sink, DIAG_METADATA_PIPELINE, &spot, NULL,
                                    json_token_bytes(view->header, key),
                                    "pipeline is of an earlier generation; version 1 forbids it in the header");
        }
    }
}

void verify_check_metadata(const struct verify_entry_view *view)
{
    check_numbers(view);
    check_pipeline(view);
    if ((view->known->flags & VERIFY_ENTRY_HAS_BANK) == 0) {
        return;
    }
    if (view->known->bank == PP_BANK_GLYPH) {
        verify_check_glyph(view);
    } else if (view->known->bank == PP_BANK_SOUNDS) {
        verify_check_sound(view);
    }
}
