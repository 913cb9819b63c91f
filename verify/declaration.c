#include "verify/sources.h"

#include "verify/grow.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 20 };

enum input_role { PALETTES, SOURCES, SPRITES, ROLES };
static const char *const role_names[ROLES] = {"palettes", "sources", "sprites"};

enum root_member { INPUTS, NAME, OUTPUT, PRELOAD, ROOT_MEMBERS };
static const char *const root_names[ROOT_MEMBERS] = {"inputs", "name", "output", "preload"};

enum preload_member { ENABLED, SLOT, PRELOAD_MEMBERS };
static const char *const preload_names[PRELOAD_MEMBERS] = {"enabled", "slot"};

static const struct {
    const char *name;
    enum pp_source_format format;
    enum pp_bank bank;
} formats[] = {
    {"GLYPH/indexed_v1", PP_SOURCE_GLYPH, PP_BANK_GLYPH}, {"SOUNDS/pcm16le_v1", PP_SOURCE_SOUND, PP_BANK_SOUNDS},
    {"GLYPH/raw_v1", PP_SOURCE_RAW, PP_BANK_GLYPH},       {"SOUNDS/raw_v1", PP_SOURCE_RAW, PP_BANK_SOUNDS},
    {"SCENE/raw_v1", PP_SOURCE_RAW, PP_BANK_SCENE},
};

/* The reading of one declaration. */
struct reading {
    struct pp_bytes text;
    struct pp_declared *declaration;
    bool out_of_memory;
};

void pp_declared_free(struct pp_declared *declaration)
{
    for (size_t i = 0; i < declaration->path_count; i++) {
        free(declaration->paths[i]);
    }
    free(declaration->paths);
    free(declaration->name);
    *declaration = (struct pp_declared){.paths = NULL};
}

static bool add_path(struct reading *reading, struct pp_json_token value)
{
    struct pp_declared *declaration = reading->declaration;
    if (value.kind != PP_JSON_STRING) {
        return false;
    }
    void *paths =
        pp_grow(declaration->paths, declaration->path_count, &declaration->capacity, sizeof *declaration->paths);
    if (paths != NULL) {
        declaration->paths = paths;
        declaration->paths[declaration->path_count] = pp_token_string(reading->text, value);
    }
    if (paths == NULL || declaration->paths[declaration->path_count] == NULL) {
        reading->out_of_memory = true;
        return false;
    }
    declaration->path_count++;
    return true;
}

/* A list of paths; the elements of palettes have theirs in a member. */
static bool read_role(struct reading *reading, struct pp_json_token list, bool in_member)
{
    static const char *const path_name[] = {"path"};
    struct pp_tokens walk;
    if (list.kind == PP_JSON_END) {
        return true;
    }
    if (list.kind != PP_JSON_ARRAY_BEGIN) {
        return false;
    }
    pp_tokens_begin(&walk, reading->text, list.begin, list.end);
    (void)pp_tokens_next(&walk);
    for (struct pp_json_token value = pp_tokens_value(&walk); value.kind != PP_JSON_ARRAY_END;
         value = pp_tokens_value(&walk)) {
        if (in_member) {
            if (value.kind != PP_JSON_OBJECT_BEGIN) {
                return false;
            }
            pp_tokens_object(reading->text, value, path_name, 1, &value, NULL, NULL);
        }
        if (!add_path(reading, value)) {
            return false;
        }
    }
    return true;
}

static bool read_inputs(struct reading *reading, struct pp_json_token inputs)
{
    struct pp_json_token roles[ROLES];
    if (inputs.kind != PP_JSON_OBJECT_BEGIN) {
        return false;
    }
    pp_tokens_object(reading->text, inputs, role_names, ROLES, roles, NULL, NULL);
    bool valid = read_role(reading, roles[PALETTES], true);
    reading->declaration->first_source = reading->declaration->path_count;
    return valid && read_role(reading, roles[SOURCES], false) && read_role(reading, roles[SPRITES], false);
}

static bool read_format(struct reading *reading, struct pp_json_token output)
{
    static const char *const format_name[] = {"format"};
    struct pp_json_token format;
    if (output.kind != PP_JSON_OBJECT_BEGIN) {
        return false;
    }
    pp_tokens_object(reading->text, output, format_name, 1, &format, NULL, NULL);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (pp_token_is(reading->text, format, formats[i].name)) {
            reading->declaration->format = formats[i].format;
            reading->declaration->bank = formats[i].bank;
            return true;
        }
    }
    return false;
}

static bool read_name(struct reading *reading, struct pp_json_token name)
{
    if (name.kind != PP_JSON_STRING) {
        return false;
    }
    struct pp_bytes span = pp_json_span(reading->text, name);
    reading->declaration->name = span.size > 0 ? strndup((const char *)span.data, span.size) : strdup("");
    reading->out_of_memory = reading->out_of_memory || reading->declaration->name == NULL;
    return reading->declaration->name != NULL;
}

static bool read_preload(struct reading *reading, struct pp_json_token preload)
{
    struct pp_json_token members[PRELOAD_MEMBERS];
    if (preload.kind != PP_JSON_OBJECT_BEGIN) {
        return false;
    }
    pp_tokens_object(reading->text, preload, preload_names, PRELOAD_MEMBERS, members, NULL, NULL);
    struct pp_declared *declaration = reading->declaration;
    declaration->preload = members[ENABLED].kind == PP_JSON_TRUE;
    declaration->has_slot = members[SLOT].kind != PP_JSON_END;
    return (declaration->preload || members[ENABLED].kind == PP_JSON_FALSE) &&
           (!declaration->has_slot || pp_token_unsigned(reading->text, members[SLOT], &declaration->slot));
}

static bool read_text(struct reading *reading)
{
    struct pp_json json;
    struct pp_json_token members[ROOT_MEMBERS];
    if (!pp_json_validate(&json, reading->text)) {
        return false;
    }
    struct pp_tokens walk;
    pp_tokens_begin(&walk, reading->text, 0, reading->text.size);
    struct pp_json_token root = pp_tokens_value(&walk);
    if (root.kind != PP_JSON_OBJECT_BEGIN) {
        return false;
    }
    pp_tokens_object(reading->text, root, root_names, ROOT_MEMBERS, members, NULL, NULL);
    return read_inputs(reading, members[INPUTS]) && read_format(reading, members[OUTPUT]) &&
           read_name(reading, members[NAME]) && read_preload(reading, members[PRELOAD]);
}

bool pp_declared_read(const struct pp_source_asset *asset, struct pp_declared *declaration)
{
    struct pp_file file;
    char *shown;
    uint8_t *memory;
    size_t size;
    *declaration = (struct pp_declared){.paths = NULL};
    if (!pp_source_open(asset, "asset.json", &file, &shown)) {
        return false;
    }
    int problem = pp_file_read_all(&file, LONGEST, &memory, &size);
    struct reading reading = {.text = pp_bytes_make(memory, size), .declaration = declaration};
    bool valid = problem == 0 && read_text(&reading);
    if (problem != 0 && problem != PP_FILE_TOO_LARGE) {
        pp_tell_problem(&asset->examination->findings, shown, 0, problem);
    } else if (reading.out_of_memory) {
        pp_tell_no_memory(&asset->examination->findings, shown);
    } else if (!valid) {
        pp_source_tell(asset, PP_SOURCE_CHANGED, shown, -1, "asset.json is no declaration any more");
    }
    asset->examination->report->checked.bytes += size;
    free(memory);
    pp_file_close(&file);
    free(shown);
    return valid;
}
