#include "verify/sources/declaration.h"

#include "base/array.h"
#include "verify/core/findings.h"
#include "json/check.h"

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
    enum verify_source_format format;
    enum pp_bank bank;
} formats[] = {
    {"GLYPH/indexed_v1", VERIFY_SOURCE_GLYPH, PP_BANK_GLYPH},
    {"SOUNDS/pcm16le_v1", VERIFY_SOURCE_SOUND, PP_BANK_SOUNDS},
    {"GLYPH/raw_v1", VERIFY_SOURCE_RAW, PP_BANK_GLYPH},
    {"SOUNDS/raw_v1", VERIFY_SOURCE_RAW, PP_BANK_SOUNDS},
    {"SCENE/raw_v1", VERIFY_SOURCE_RAW, PP_BANK_SCENE},
};

/* The reading of one declaration. */
struct reading {
    struct base_bytes text;
    struct verify_declared *declaration;
    bool out_of_memory;
};

void verify_declared_free(struct verify_declared *declaration)
{
    for (size_t i = 0; i < declaration->path_count; i++) {
        free(declaration->paths[i]);
    }
    free(declaration->paths);
    free(declaration->name);
    *declaration = (struct verify_declared){.paths = NULL};
}

static bool add_path(struct reading *reading, struct json_token value)
{
    struct verify_declared *declaration = reading->declaration;
    if (value.kind != JSON_STRING) {
        return false;
    }
    void *paths = base_array_grow(declaration->paths, declaration->path_count, &declaration->capacity,
                                  sizeof *declaration->paths);
    if (paths != NULL) {
        declaration->paths = paths;
        declaration->paths[declaration->path_count] = json_token_string(reading->text, value);
    }
    if (paths == NULL || declaration->paths[declaration->path_count] == NULL) {
        reading->out_of_memory = true;
        return false;
    }
    declaration->path_count++;
    return true;
}

/* A list of paths; the elements of palettes have theirs in a member. */
static bool read_role(struct reading *reading, struct json_token list, bool in_member)
{
    static const char *const path_name[] = {"path"};
    struct json_walk walk;
    if (list.kind == JSON_END) {
        return true;
    }
    if (list.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    json_walk_begin(&walk, reading->text, list.begin, list.end);
    (void)json_walk_next(&walk);
    for (struct json_token value = json_walk_value(&walk); value.kind != JSON_ARRAY_END;
         value = json_walk_value(&walk)) {
        if (in_member) {
            if (value.kind != JSON_OBJECT_BEGIN) {
                return false;
            }
            json_walk_object(reading->text, value, path_name, 1, &value, NULL, NULL);
        }
        if (!add_path(reading, value)) {
            return false;
        }
    }
    return true;
}

static bool read_inputs(struct reading *reading, struct json_token inputs)
{
    struct json_token roles[ROLES];
    if (inputs.kind != JSON_OBJECT_BEGIN) {
        return false;
    }
    json_walk_object(reading->text, inputs, role_names, ROLES, roles, NULL, NULL);
    bool valid = read_role(reading, roles[PALETTES], true);
    reading->declaration->first_source = reading->declaration->path_count;
    return valid && read_role(reading, roles[SOURCES], false) && read_role(reading, roles[SPRITES], false);
}

static bool read_format(struct reading *reading, struct json_token output)
{
    static const char *const format_name[] = {"format"};
    struct json_token format;
    if (output.kind != JSON_OBJECT_BEGIN) {
        return false;
    }
    json_walk_object(reading->text, output, format_name, 1, &format, NULL, NULL);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (json_token_is(reading->text, format, formats[i].name)) {
            reading->declaration->format = formats[i].format;
            reading->declaration->bank = formats[i].bank;
            return true;
        }
    }
    return false;
}

static bool read_name(struct reading *reading, struct json_token name)
{
    if (name.kind != JSON_STRING) {
        return false;
    }
    struct base_bytes span = json_span(reading->text, name);
    reading->declaration->name = span.size > 0 ? strndup((const char *)span.data, span.size) : strdup("");
    reading->out_of_memory = reading->out_of_memory || reading->declaration->name == NULL;
    return reading->declaration->name != NULL;
}

static bool read_preload(struct reading *reading, struct json_token preload)
{
    struct json_token members[PRELOAD_MEMBERS];
    if (preload.kind != JSON_OBJECT_BEGIN) {
        return false;
    }
    json_walk_object(reading->text, preload, preload_names, PRELOAD_MEMBERS, members, NULL, NULL);
    struct verify_declared *declaration = reading->declaration;
    declaration->preload = members[ENABLED].kind == JSON_TRUE;
    declaration->has_slot = members[SLOT].kind != JSON_END;
    return (declaration->preload || members[ENABLED].kind == JSON_FALSE) &&
           (!declaration->has_slot || json_token_unsigned(reading->text, members[SLOT], &declaration->slot));
}

static bool read_text(struct reading *reading)
{
    struct json_tokenizer json;
    struct json_token members[ROOT_MEMBERS];
    if (!json_validate(&json, reading->text)) {
        return false;
    }
    struct json_walk walk;
    json_walk_begin(&walk, reading->text, 0, reading->text.size);
    struct json_token root = json_walk_value(&walk);
    if (root.kind != JSON_OBJECT_BEGIN) {
        return false;
    }
    json_walk_object(reading->text, root, root_names, ROOT_MEMBERS, members, NULL, NULL);
    return read_inputs(reading, members[INPUTS]) && read_format(reading, members[OUTPUT]) &&
           read_name(reading, members[NAME]) && read_preload(reading, members[PRELOAD]);
}

bool verify_declared_read(const struct verify_source_asset *asset, struct verify_declared *declaration)
{
    struct base_file file;
    char *shown;
    uint8_t *memory;
    size_t size;
    *declaration = (struct verify_declared){.paths = NULL};
    if (!verify_source_open(asset, "asset.json", &file, &shown)) {
        return false;
    }
    int problem = base_file_read_all(&file, LONGEST, &memory, &size);
    struct reading reading = {.text = base_bytes_make(memory, size), .declaration = declaration};
    bool valid = problem == 0 && read_text(&reading);
    if (problem != 0 && problem != BASE_FILE_TOO_LARGE) {
        verify_report_read_failure(&asset->sink->findings, shown, 0, problem);
    } else if (reading.out_of_memory) {
        base_report_out_of_memory(&asset->sink->findings, shown);
    } else if (!valid) {
        verify_report_source(asset, DIAG_SOURCE_CHANGED, shown, -1, "asset.json is no declaration any more");
    }
    asset->sink->checked.bytes += size;
    free(memory);
    base_file_close(&file);
    free(shown);
    return valid;
}
