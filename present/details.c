#include "present/details.h"

#include "present/quantity.h"
#include "json/value.h"

#include <inttypes.h>
#include <string.h>

/* An integer member of a metadata object; false when it is not there or no such number. */
static bool member(struct base_bytes metadata, const char *name, uint64_t *value)
{
    struct json_tokenizer json;
    json_begin(&json, metadata);
    if (json_next(&json).kind != JSON_OBJECT_BEGIN) {
        return false;
    }
    for (;;) {
        struct json_token key = json_next(&json);
        if (key.kind != JSON_KEY) {
            return false;
        }
        struct json_token token = json_next(&json);
        if (!json_equals(json_span(metadata, key), name)) {
            (void)json_skip(&json, token);
            continue;
        }
        if (token.kind != JSON_NUMBER || !token.integral) {
            return false;
        }
        struct json_integer integer = json_integer(metadata, token);
        *value = integer.magnitude;
        return !integer.negative && !integer.huge;
    }
}

static void add_glyph(struct base_text *text, struct base_bytes metadata)
{
    uint64_t tile_size;
    uint64_t palettes;
    char words[48];
    if (member(metadata, "tile_size", &tile_size) && member(metadata, "palette_authored", &palettes)) {
        base_text_addf(text, "tiles of %" PRIu64 ", %s", tile_size,
                       present_quantity_of(palettes, "palette", "palettes", words, sizeof words));
    }
}

static void add_sound(struct base_text *text, struct base_bytes metadata)
{
    uint64_t rate;
    uint64_t channels;
    uint64_t frames;
    char words[PRESENT_QUANTITY_SIZE];
    if (member(metadata, "sample_rate", &rate) && member(metadata, "channels", &channels) &&
        member(metadata, "frames", &frames) && rate > 0) {
        base_text_addf(text, "%s Hz, ", present_quantity(rate, words));
        if (channels == 1 || channels == 2) {
            base_text_add_string(text, channels == 1 ? "mono" : "stereo");
        } else {
            base_text_addf(text, "%" PRIu64 " channels", channels);
        }
        base_text_addf(text, ", %.2f s", (double)frames / (double)rate);
    }
}

void present_details_add(struct base_text *text, const struct service_report_asset *asset)
{
    if (asset->metadata == NULL || asset->bank == NULL) {
        return;
    }
    if (strcmp(asset->bank, "GLYPH") == 0) {
        add_glyph(text, base_bytes_of_string(asset->metadata));
    } else if (strcmp(asset->bank, "SOUNDS") == 0) {
        add_sound(text, base_bytes_of_string(asset->metadata));
    }
}
