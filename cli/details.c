#include "cli/details.h"

#include "base/json.h"
#include "cli/quantity.h"

#include <inttypes.h>
#include <string.h>

/* An integer member of a metadata object; false when it is not there or no such number. */
static bool member(struct pp_bytes metadata, const char *name, uint64_t *value)
{
    struct pp_json json;
    pp_json_begin(&json, metadata);
    if (pp_json_next(&json).kind != PP_JSON_OBJECT_BEGIN) {
        return false;
    }
    for (;;) {
        struct pp_json_token key = pp_json_next(&json);
        if (key.kind != PP_JSON_KEY) {
            return false;
        }
        struct pp_json_token token = pp_json_next(&json);
        if (!pp_json_is(pp_json_span(metadata, key), name)) {
            (void)pp_json_skip(&json, token);
            continue;
        }
        if (token.kind != PP_JSON_NUMBER || !token.integral) {
            return false;
        }
        struct pp_json_integer integer = pp_json_integer(metadata, token);
        *value = integer.magnitude;
        return !integer.negative && !integer.huge;
    }
}

static void add_glyph(struct pp_text *text, struct pp_bytes metadata)
{
    uint64_t tile_size;
    uint64_t palettes;
    char words[48];
    if (member(metadata, "tile_size", &tile_size) && member(metadata, "palette_authored", &palettes)) {
        pp_text_addf(text, "tiles of %" PRIu64 ", %s", tile_size,
                     pp_quantity_of(palettes, "palette", "palettes", words, sizeof words));
    }
}

static void add_sound(struct pp_text *text, struct pp_bytes metadata)
{
    uint64_t rate;
    uint64_t channels;
    uint64_t frames;
    char words[PP_QUANTITY_SIZE];
    if (member(metadata, "sample_rate", &rate) && member(metadata, "channels", &channels) &&
        member(metadata, "frames", &frames) && rate > 0) {
        pp_text_addf(text, "%s Hz, ", pp_quantity(rate, words));
        if (channels == 1 || channels == 2) {
            pp_text_add_string(text, channels == 1 ? "mono" : "stereo");
        } else {
            pp_text_addf(text, "%" PRIu64 " channels", channels);
        }
        pp_text_addf(text, ", %.2f s", (double)frames / (double)rate);
    }
}

void pp_details_add(struct pp_text *text, const struct pp_asset_report *asset)
{
    if (asset->metadata == NULL || asset->bank == NULL) {
        return;
    }
    if (strcmp(asset->bank, "GLYPH") == 0) {
        add_glyph(text, pp_bytes_of_string(asset->metadata));
    } else if (strcmp(asset->bank, "SOUNDS") == 0) {
        add_sound(text, pp_bytes_of_string(asset->metadata));
    }
}
