#include "verify/sources/declaration.h"

#include "base/array.h"
#include "verify/core/findings.h"
#include "json/check.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 20 };

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

/* Adds the paths of a list: its elements, or that member of each. */
static bool add_paths(struct reading *reading, struct json_token list, const char *member)
{
    struct json_walk walk;
    struct json_token value;
    if (list.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    json_walk_begin_inside(&walk, reading->text, list);
    while (json_walk_element(&walk, &value)) {
        if (!add_path(reading, member != NULL ? json_object_member(reading->text, value, member) : value)) {
            return false;
        }
    }
    return true;
}

/* ---- Members: each function is a json_member_read; its context is the reading ---- */

static bool read_paths(void *context, struct json_token list, void *target)
{
    (void)target;
    return add_paths(context, list, NULL);
}

static bool read_palettes(void *context, struct json_token list, void *target)
{
    struct reading *reading = context;
    (void)target;
    if (!add_paths(reading, list, "path")) {
        return false;
    }
    reading->declaration->first_source = reading->declaration->path_count;
    return true;
}

static bool read_table(struct reading *reading, struct json_token object, const struct json_table *table,
                       struct json_token values[])
{
    return object.kind == JSON_OBJECT_BEGIN &&
           json_object_read(NULL, reading->text, object, table, values, reading->declaration, reading);
}

/* Palettes come first: in this order the inputs are recorded. */
static bool read_inputs(void *context, struct json_token inputs, void *target)
{
    enum { ROLES = 3 };
    static const struct json_member roles[ROLES] = {
        {.name = "palettes", .read = read_palettes},
        {.name = "sources", .read = read_paths},
        {.name = "sprites", .read = read_paths},
    };
    static const struct json_table table = {roles, ROLES, NULL};
    struct json_token values[ROLES];
    (void)target;
    return read_table(context, inputs, &table, values);
}

static bool read_name(void *context, struct json_token name, void *target)
{
    struct reading *reading = context;
    struct verify_declared *declaration = target;
    if (name.kind != JSON_STRING) {
        return false;
    }
    struct base_bytes span = json_span(reading->text, name);
    declaration->name = span.size > 0 ? strndup((const char *)span.data, span.size) : strdup("");
    reading->out_of_memory = reading->out_of_memory || declaration->name == NULL;
    return declaration->name != NULL;
}

static bool read_format(void *context, struct json_token output, void *target)
{
    const struct reading *reading = context;
    struct verify_declared *declaration = target;
    struct json_token format = json_object_member(reading->text, output, "format");
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (json_token_is(reading->text, format, formats[i].name)) {
            declaration->format = formats[i].format;
            declaration->bank = formats[i].bank;
            return true;
        }
    }
    return false;
}

static bool read_enabled(void *context, struct json_token enabled, void *target)
{
    struct verify_declared *declaration = target;
    (void)context;
    declaration->preload = enabled.kind == JSON_TRUE;
    return true;
}

static bool read_slot(void *context, struct json_token slot, void *target)
{
    const struct reading *reading = context;
    struct verify_declared *declaration = target;
    declaration->has_slot = true;
    return json_token_unsigned(reading->text, slot, &declaration->slot);
}

static bool read_preload(void *context, struct json_token preload, void *target)
{
    enum { MEMBERS = 2 };
    static const struct json_member members[MEMBERS] = {
        {.name = "enabled", .kinds = JSON_KIND_BOOLEAN, .required = true, .read = read_enabled},
        {.name = "slot", .read = read_slot},
    };
    static const struct json_table table = {members, MEMBERS, NULL};
    struct json_token values[MEMBERS];
    (void)target;
    return read_table(context, preload, &table, values);
}

/* Other members are not needed here. */
static bool read_text(struct reading *reading)
{
    enum { MEMBERS = 4 };
    static const struct json_member members[MEMBERS] = {
        {.name = "inputs", .required = true, .read = read_inputs},
        {.name = "output", .required = true, .read = read_format},
        {.name = "name", .required = true, .read = read_name},
        {.name = "preload", .required = true, .read = read_preload},
    };
    static const struct json_table table = {members, MEMBERS, NULL};
    struct json_tokenizer json;
    struct json_token values[MEMBERS];
    return json_validate(&json, reading->text) && read_table(reading, json_root(reading->text, NULL), &table, values);
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
        verify_report_source(asset, DIAG_SOURCE_CHANGED, shown, -1, "asset.json is not a declaration any more");
    }
    asset->sink->checked.bytes += size;
    free(memory);
    base_file_close(&file);
    free(shown);
    return valid;
}
