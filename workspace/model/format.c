#include "workspace/model/format.h"

#include "base/suggest.h"

#include <string.h>

/* The first of each type is the one that `add` takes. */
const struct workspace_format_facts workspace_formats[WORKSPACE_FORMAT_COUNT] = {
    {"GLYPH/indexed_v1", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED},
    {"GLYPH/raw_v1", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_RAW},
    {"SOUNDS/pcm16le_v1", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_SOUND_PCM16LE},
    {"SOUNDS/raw_v1", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_RAW},
    {"SCENE/raw_v1", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW},
};

static const struct {
    const char *type;
    const char *bank;
} types[WORKSPACE_ASSET_TYPE_COUNT] = {
    [WORKSPACE_ASSET_GLYPH] = {"glyph_bank", "GLYPH"},
    [WORKSPACE_ASSET_SOUND] = {"sound_bank", "SOUNDS"},
    [WORKSPACE_ASSET_SCENE] = {"scene_bank", "SCENE"},
};

const struct workspace_format_facts *workspace_format_find(const char *name)
{
    for (size_t i = 0; i < WORKSPACE_FORMAT_COUNT; i++) {
        if (strcmp(workspace_formats[i].name, name) == 0) {
            return &workspace_formats[i];
        }
    }
    return NULL;
}

const char *workspace_format_suggest(const char *name)
{
    const char *names[WORKSPACE_FORMAT_COUNT];
    for (size_t i = 0; i < WORKSPACE_FORMAT_COUNT; i++) {
        names[i] = workspace_formats[i].name;
    }
    const char *meant = base_suggest(base_bytes_of_string(name), names, WORKSPACE_FORMAT_COUNT);
    size_t length = strlen(name);
    for (size_t i = 0; meant == NULL && i < WORKSPACE_FORMAT_COUNT && length > 1; i++) {
        meant = strncmp(names[i], name, length) == 0 ? names[i] : NULL;
    }
    return meant;
}

void workspace_formats_list(enum workspace_asset_type type, struct base_text *text)
{
    bool first = true;
    for (size_t i = 0; i < WORKSPACE_FORMAT_COUNT; i++) {
        if (workspace_formats[i].type == type) {
            base_text_addf(text, "%s%s", first ? "" : " or ", workspace_formats[i].name);
            first = false;
        }
    }
}

/* Words that people have for a type, in lower case. */
static const struct {
    const char *word;
    enum workspace_asset_type type;
} synonyms[] = {
    {"image_bank", WORKSPACE_ASSET_GLYPH}, /* of an earlier generation, as is the next one */
    {"tile_bank", WORKSPACE_ASSET_GLYPH},  {"glyph", WORKSPACE_ASSET_GLYPH},   {"glyphs", WORKSPACE_ASSET_GLYPH},
    {"sprite", WORKSPACE_ASSET_GLYPH},     {"sprites", WORKSPACE_ASSET_GLYPH}, {"tile", WORKSPACE_ASSET_GLYPH},
    {"tiles", WORKSPACE_ASSET_GLYPH},      {"tileset", WORKSPACE_ASSET_GLYPH}, {"image", WORKSPACE_ASSET_GLYPH},
    {"picture", WORKSPACE_ASSET_GLYPH},    {"png", WORKSPACE_ASSET_GLYPH},     {"font", WORKSPACE_ASSET_GLYPH},
    {"sound", WORKSPACE_ASSET_SOUND},      {"sounds", WORKSPACE_ASSET_SOUND},  {"audio", WORKSPACE_ASSET_SOUND},
    {"music", WORKSPACE_ASSET_SOUND},      {"wav", WORKSPACE_ASSET_SOUND},     {"sample", WORKSPACE_ASSET_SOUND},
    {"scene", WORKSPACE_ASSET_SCENE},      {"scenes", WORKSPACE_ASSET_SCENE},  {"map", WORKSPACE_ASSET_SCENE},
    {"tilemap", WORKSPACE_ASSET_SCENE},    {"level", WORKSPACE_ASSET_SCENE},   {"raw", WORKSPACE_ASSET_SCENE},
};

bool workspace_asset_type_find(const char *name, enum workspace_asset_type *type)
{
    for (unsigned i = 0; i < WORKSPACE_ASSET_TYPE_COUNT; i++) {
        if (strcmp(types[i].type, name) == 0) {
            *type = (enum workspace_asset_type)i;
            return true;
        }
    }
    return false;
}

const char *workspace_asset_type_suggest(const char *name)
{
    const char *names[WORKSPACE_ASSET_TYPE_COUNT];
    for (size_t i = 0; i < sizeof synonyms / sizeof synonyms[0]; i++) {
        if (strlen(name) == strlen(synonyms[i].word) &&
            base_edit_distance(base_bytes_of_string(name), synonyms[i].word) == 0) {
            return types[synonyms[i].type].type;
        }
    }
    for (size_t i = 0; i < WORKSPACE_ASSET_TYPE_COUNT; i++) {
        names[i] = types[i].type;
    }
    return base_suggest(base_bytes_of_string(name), names, WORKSPACE_ASSET_TYPE_COUNT);
}

const struct workspace_format_facts *workspace_format_of_type(enum workspace_asset_type type)
{
    const struct workspace_format_facts *facts = workspace_formats;
    while (facts->type != type) {
        facts++;
    }
    return facts;
}

const char *workspace_format_name(enum workspace_asset_type type, enum workspace_format format)
{
    for (size_t i = 0; i < WORKSPACE_FORMAT_COUNT; i++) {
        if (workspace_formats[i].type == type && workspace_formats[i].format == format) {
            return workspace_formats[i].name;
        }
    }
    return "";
}

const char *workspace_asset_type_name(enum workspace_asset_type type)
{
    return types[type].type;
}

const char *workspace_asset_bank_name(enum workspace_asset_type type)
{
    return types[type].bank;
}
