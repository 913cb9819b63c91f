#include "workspace/declaration/inputs.h"

#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "json/value.h"

#include <stdlib.h>
#include <string.h>

static size_t count_elements(const struct workspace_document *document, struct json_token list)
{
    size_t count = 0;
    if (workspace_value_present(list)) {
        struct json_walk walk;
        json_walk_begin_inside(&walk, document->text, list);
        struct json_token element;
        while (json_walk_element(&walk, &element)) {
            count++;
        }
    }
    return count;
}

/* Takes a path into the next free place of inputs; its other members stay empty. What is wrong with it is reported. */
static void take_path(struct workspace_document *document, struct json_token value, enum workspace_role role,
                      struct workspace_declaration *declaration)
{
    char *path = workspace_value_string(document, value);
    if (path == NULL) {
        return;
    }
    const char *fault = workspace_path_fault(path);
    if (fault != NULL) {
        document->remedy = strchr(path, '\\') != NULL ? "Write / between the names of the path." : NULL;
        workspace_value_fault(document, DIAG_PATH_OUTSIDE, value,
                              "a path inside the asset root, with / between its names", "the path %s", fault);
    }
    declaration->inputs[declaration->input_count++] = (struct workspace_input){.role = role, .path = path};
}

static void read_paths(struct workspace_document *document, struct json_token list, enum workspace_role role,
                       struct workspace_declaration *declaration)
{
    struct json_walk walk;
    json_walk_begin_inside(&walk, document->text, list);
    struct json_token element;
    while (json_walk_element(&walk, &element)) {
        if (workspace_value_require(document, element, JSON_KIND_STRING, "a path")) {
            take_path(document, element, role, declaration);
        }
    }
}

/* One palette. taken[i] is 1 + the input that has index i, or 0. */
static void read_palette(struct workspace_document *document, struct json_token palette,
                         size_t taken[WORKSPACE_PALETTE_COUNT], struct workspace_declaration *declaration)
{
    struct json_token values[WORKSPACE_PALETTE_MEMBERS];
    if (palette.kind == JSON_STRING) { /* which is refused */
        document->remedy = "Write it as {\"index\": 0, \"path\": \"NAME.gpl\"}, with an index of its own.";
    }
    (void)workspace_value_members(document, palette, NULL, &workspace_members_palette, values);
    if (workspace_value_present(values[WORKSPACE_PALETTE_PATH])) {
        take_path(document, values[WORKSPACE_PALETTE_PATH], WORKSPACE_ROLE_PALETTES, declaration);
    }
    if (!workspace_value_present(values[WORKSPACE_PALETTE_INDEX])) {
        return;
    }
    int64_t index = -1;
    struct json_token token = {.kind = JSON_NUMBER,
                               .begin = values[WORKSPACE_PALETTE_INDEX].begin,
                               .end = values[WORKSPACE_PALETTE_INDEX].end,
                               .integral = values[WORKSPACE_PALETTE_INDEX].integral};
    (void)json_token_integer(document->text, token, 0, WORKSPACE_PALETTE_COUNT - 1, &index);
    if (index < 0) {
        workspace_value_fault(document, DIAG_PALETTE_INDEX, values[WORKSPACE_PALETTE_INDEX],
                              WORKSPACE_PALETTE_INDEX_TEXT, "the palette's index is out of range");
    } else if (taken[index] != 0) {
        workspace_value_fault(document, DIAG_PALETTE_INDEX, values[WORKSPACE_PALETTE_INDEX], "an index of its own",
                              "two palettes have the index %d", (int)index);
    } else {
        taken[index] = declaration->input_count;
    }
}

static void read_palettes(struct workspace_document *document, struct json_token list,
                          struct workspace_declaration *declaration)
{
    size_t taken[WORKSPACE_PALETTE_COUNT] = {0};
    struct json_walk walk;
    json_walk_begin_inside(&walk, document->text, list);
    struct json_token element;
    while (json_walk_element(&walk, &element)) {
        read_palette(document, element, taken, declaration);
    }
    declaration->has_palettes = true;
    declaration->palettes = calloc(WORKSPACE_PALETTE_COUNT, sizeof *declaration->palettes);
    if (declaration->palettes == NULL) {
        base_report_out_of_memory(document->findings, NULL);
        return;
    }
    for (uint32_t index = 0; index < WORKSPACE_PALETTE_COUNT; index++) {
        if (taken[index] != 0) {
            declaration->palettes[declaration->palette_count++] =
                (struct workspace_palette_input){.index = index, .input = taken[index] - 1};
        }
    }
}

static bool declares_palette(const struct workspace_declaration *declaration, uint32_t index)
{
    for (size_t i = 0; i < declaration->palette_count; i++) {
        if (declaration->palettes[i].index == index) {
            return true;
        }
    }
    return false;
}

#define OF_SPRITE workspace_members_sprite.members

/* A sprite as an object. palettes_known says that all declared palettes were read without a fault. */
static void read_sprite_object(struct workspace_document *document, struct json_token sprite, bool palettes_known,
                               struct workspace_declaration *declaration)
{
    struct json_token values[WORKSPACE_SPRITE_MEMBERS];
    (void)workspace_value_members(document, sprite, NULL, &workspace_members_sprite, values);
    size_t place = declaration->input_count;
    if (workspace_value_present(values[WORKSPACE_SPRITE_PATH])) {
        take_path(document, values[WORKSPACE_SPRITE_PATH], WORKSPACE_ROLE_SPRITES, declaration);
    }
    int64_t tile = 0;
    int64_t palette = 0;
    bool has_tile =
        workspace_value_present(values[WORKSPACE_SPRITE_TILE]) &&
        workspace_value_ranged(document, values[WORKSPACE_SPRITE_TILE], &OF_SPRITE[WORKSPACE_SPRITE_TILE], &tile);
    bool has_palette = workspace_value_present(values[WORKSPACE_SPRITE_PALETTE]) &&
                       workspace_value_ranged(document, values[WORKSPACE_SPRITE_PALETTE],
                                              &OF_SPRITE[WORKSPACE_SPRITE_PALETTE], &palette);
    if (has_palette && palettes_known && !declares_palette(declaration, (uint32_t)palette)) {
        workspace_value_fault(document, DIAG_PALETTE_INDEX, values[WORKSPACE_SPRITE_PALETTE],
                              "the index of a declared palette", "no palette of the asset has the index %d",
                              (int)palette);
    }
    if (declaration->input_count > place) {
        struct workspace_input *input = &declaration->inputs[place];
        input->has_tile = has_tile;
        input->tile = (uint32_t)tile;
        input->has_palette = has_palette;
        input->palette = (uint32_t)palette;
    }
}

static void read_sprites(struct workspace_document *document, struct json_token list, bool palettes_known,
                         struct workspace_declaration *declaration)
{
    struct json_walk walk;
    json_walk_begin_inside(&walk, document->text, list);
    struct json_token element;
    while (json_walk_element(&walk, &element)) {
        if (element.kind == JSON_OBJECT_BEGIN) {
            read_sprite_object(document, element, palettes_known, declaration);
        } else if (workspace_value_require(document, element, JSON_KIND_STRING | JSON_KIND_OBJECT, "a sprite")) {
            take_path(document, element, WORKSPACE_ROLE_SPRITES, declaration);
        }
    }
}

static bool reserve(struct workspace_document *document, size_t count, struct workspace_declaration *declaration)
{
    /* One more, so that NULL means one thing only. */
    declaration->inputs = calloc(count + 1, sizeof *declaration->inputs);
    if (declaration->inputs == NULL) {
        base_report_out_of_memory(document->findings, NULL);
    }
    return declaration->inputs != NULL;
}

static void read_glyph(struct workspace_document *document, struct json_token inputs,
                       const struct workspace_format_facts *facts, struct workspace_declaration *declaration)
{
    struct json_token values[WORKSPACE_PICTURES_MEMBERS];
    (void)workspace_value_members(document, inputs, facts->name, &workspace_members_pictures, values);
    size_t sprites = count_elements(document, values[WORKSPACE_PICTURES_SPRITES]);
    if (workspace_value_present(values[WORKSPACE_PICTURES_SPRITES]) && sprites == 0) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, values[WORKSPACE_PICTURES_SPRITES], "at least one path",
                              "there are no sprites");
    }
    if (!reserve(document, count_elements(document, values[WORKSPACE_PICTURES_PALETTES]) + sprites, declaration)) {
        return;
    }
    uint64_t before = base_findings_errors(document->findings);
    if (workspace_value_present(values[WORKSPACE_PICTURES_PALETTES])) {
        read_palettes(document, values[WORKSPACE_PICTURES_PALETTES], declaration);
    }
    bool palettes_known = declaration->palette_count > 0 && workspace_nothing_wrong_since(document->findings, before);
    if (workspace_value_present(values[WORKSPACE_PICTURES_SPRITES])) {
        read_sprites(document, values[WORKSPACE_PICTURES_SPRITES], palettes_known, declaration);
    }
}

static void read_sources(struct workspace_document *document, struct json_token inputs,
                         const struct workspace_format_facts *facts, struct workspace_declaration *declaration)
{
    struct json_token list;
    (void)workspace_value_members(document, inputs, facts->name, &workspace_members_sources, &list);
    if (!workspace_value_present(list)) {
        return;
    }
    size_t count = count_elements(document, list);
    if (count != 1) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, list, "exactly one path", "%s has %zu sources",
                              facts->name, count);
    }
    if (reserve(document, count, declaration)) {
        read_paths(document, list, WORKSPACE_ROLE_SOURCES, declaration);
    }
}

void workspace_declaration_inputs(struct workspace_document *document, struct json_token inputs,
                                  const struct workspace_format_facts *facts, struct workspace_declaration *declaration)
{
    if (facts->format == WORKSPACE_FORMAT_GLYPH_INDEXED) {
        read_glyph(document, inputs, facts, declaration);
    } else {
        read_sources(document, inputs, facts, declaration);
    }
}
