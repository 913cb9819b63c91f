#include "workspace/format.h"

#include "workspace/suggest.h"

#include <string.h>

/* The first of each type is the one that `add` takes. */
const struct pp_format_facts pp_formats[PP_FORMAT_COUNT] = {
    {"GLYPH/indexed_v1", PP_ASSET_GLYPH, PP_FORMAT_GLYPH_INDEXED},
    {"GLYPH/raw_v1", PP_ASSET_GLYPH, PP_FORMAT_RAW},
    {"SOUNDS/pcm16le_v1", PP_ASSET_SOUND, PP_FORMAT_SOUND_PCM16LE},
    {"SOUNDS/raw_v1", PP_ASSET_SOUND, PP_FORMAT_RAW},
    {"SCENE/raw_v1", PP_ASSET_SCENE, PP_FORMAT_RAW},
};

static const struct {
    const char *type;
    const char *bank;
} types[PP_ASSET_TYPE_COUNT] = {
    [PP_ASSET_GLYPH] = {"glyph_bank", "GLYPH"},
    [PP_ASSET_SOUND] = {"sound_bank", "SOUNDS"},
    [PP_ASSET_SCENE] = {"scene_bank", "SCENE"},
};

const struct pp_format_facts *pp_format_find(const char *name)
{
    for (size_t i = 0; i < PP_FORMAT_COUNT; i++) {
        if (strcmp(pp_formats[i].name, name) == 0) {
            return &pp_formats[i];
        }
    }
    return NULL;
}

const char *pp_format_suggest(const char *name)
{
    const char *names[PP_FORMAT_COUNT];
    for (size_t i = 0; i < PP_FORMAT_COUNT; i++) {
        names[i] = pp_formats[i].name;
    }
    return pp_closest(pp_bytes_of_string(name), names, PP_FORMAT_COUNT);
}

bool pp_asset_type_find(const char *name, enum pp_asset_type *type)
{
    for (unsigned i = 0; i < PP_ASSET_TYPE_COUNT; i++) {
        if (strcmp(types[i].type, name) == 0) {
            *type = (enum pp_asset_type)i;
            return true;
        }
    }
    return false;
}

const char *pp_asset_type_suggest(const char *name)
{
    const char *names[PP_ASSET_TYPE_COUNT];
    for (size_t i = 0; i < PP_ASSET_TYPE_COUNT; i++) {
        names[i] = types[i].type;
    }
    return pp_closest(pp_bytes_of_string(name), names, PP_ASSET_TYPE_COUNT);
}

const struct pp_format_facts *pp_format_of_type(enum pp_asset_type type)
{
    const struct pp_format_facts *facts = pp_formats;
    while (facts->type != type) {
        facts++;
    }
    return facts;
}

const char *pp_format_name(enum pp_asset_type type, enum pp_format format)
{
    for (size_t i = 0; i < PP_FORMAT_COUNT; i++) {
        if (pp_formats[i].type == type && pp_formats[i].format == format) {
            return pp_formats[i].name;
        }
    }
    return "";
}

const char *pp_asset_type_name(enum pp_asset_type type)
{
    return types[type].type;
}

const char *pp_asset_bank_name(enum pp_asset_type type)
{
    return types[type].bank;
}
