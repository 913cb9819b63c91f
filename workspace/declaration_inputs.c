/* The member `inputs` of a declaration. */
#include "workspace/declaration.h"
#include "workspace/path.h"
#include "workspace/problem.h"

#include <stdlib.h>

enum { MOST_PALETTES = 64 };

static size_t count_elements(const struct pp_document *document, struct pp_value list)
{
    size_t count = 0;
    if (pp_value_present(list)) {
        struct pp_walk walk = pp_walk_begin(document, list);
        struct pp_value element;
        while (pp_walk_element(&walk, &element)) {
            count++;
        }
    }
    return count;
}

/* Takes a path into the next free place of inputs. What is wrong with it is reported. */
static void take_path(struct pp_document *document, struct pp_value value, const char *role,
                      struct pp_declaration *declaration)
{
    char *path = pp_value_string(document, value);
    if (path == NULL) {
        return;
    }
    const char *fault = pp_path_fault(path);
    if (fault != NULL) {
        pp_value_fault(document, PP_PATH_OUTSIDE, value, "a path inside the asset root, with / between its names",
                       "the path %s", fault);
    }
    declaration->inputs[declaration->input_count++] = (struct pp_input){.role = role, .path = path};
}

static void read_paths(struct pp_document *document, struct pp_value list, const char *role,
                       struct pp_declaration *declaration)
{
    struct pp_walk walk = pp_walk_begin(document, list);
    struct pp_value element;
    while (pp_walk_element(&walk, &element)) {
        if (pp_value_need(document, element, PP_TYPE_STRING, "a path")) {
            take_path(document, element, role, declaration);
        }
    }
}

/* One palette. taken[i] is 1 + the input that has index i, or 0. */
static void read_palette(struct pp_document *document, struct pp_value palette, size_t taken[MOST_PALETTES],
                         struct pp_declaration *declaration)
{
    enum { INDEX, PATH, COUNT };
    static const struct pp_member members[COUNT] = {
        [INDEX] = {"index", PP_TYPE_INTEGER, true},
        [PATH] = {"path", PP_TYPE_STRING, true},
    };
    struct pp_value values[COUNT];
    (void)pp_value_members(document, palette, "a palette", members, COUNT, values);
    if (pp_value_present(values[PATH])) {
        take_path(document, values[PATH], "palettes", declaration);
    }
    if (!pp_value_present(values[INDEX])) {
        return;
    }
    int64_t index = -1;
    struct pp_json_token token = {.kind = PP_JSON_NUMBER, .begin = values[INDEX].begin, .end = values[INDEX].end};
    struct pp_json_integer integer = pp_json_integer(document->text, token);
    if (values[INDEX].integral && !integer.negative && integer.magnitude < MOST_PALETTES) {
        index = (int64_t)integer.magnitude;
    }
    if (index < 0) {
        pp_value_fault(document, PP_PALETTE_INDEX, values[INDEX], "an integer from 0 to 63",
                       "the palette's index is out of range");
    } else if (taken[index] != 0) {
        pp_value_fault(document, PP_PALETTE_INDEX, values[INDEX], "an index of its own",
                       "two palettes have the index %d", (int)index);
    } else {
        taken[index] = declaration->input_count;
    }
}

static void read_palettes(struct pp_document *document, struct pp_value list, struct pp_declaration *declaration)
{
    size_t taken[MOST_PALETTES] = {0};
    struct pp_walk walk = pp_walk_begin(document, list);
    struct pp_value element;
    while (pp_walk_element(&walk, &element)) {
        read_palette(document, element, taken, declaration);
    }
    declaration->has_palettes = true;
    declaration->palettes = calloc(MOST_PALETTES, sizeof *declaration->palettes);
    if (declaration->palettes == NULL) {
        pp_report_out_of_memory(document->findings);
        return;
    }
    for (uint32_t index = 0; index < MOST_PALETTES; index++) {
        if (taken[index] != 0) {
            declaration->palettes[declaration->palette_count++] =
                (struct pp_palette_input){.index = index, .input = taken[index] - 1};
        }
    }
}

static bool reserve(struct pp_document *document, size_t count, struct pp_declaration *declaration)
{
    /* One more, so that NULL means one thing only. */
    declaration->inputs = calloc(count + 1, sizeof *declaration->inputs);
    if (declaration->inputs == NULL) {
        pp_report_out_of_memory(document->findings);
    }
    return declaration->inputs != NULL;
}

static void read_glyph(struct pp_document *document, struct pp_value inputs, const struct pp_format_facts *facts,
                       struct pp_declaration *declaration)
{
    enum { PALETTES, SPRITES, COUNT };
    static const struct pp_member roles[COUNT] = {
        [PALETTES] = {"palettes", PP_TYPE_ARRAY, false},
        [SPRITES] = {"sprites", PP_TYPE_ARRAY, true},
    };
    struct pp_value values[COUNT];
    (void)pp_value_members(document, inputs, facts->name, roles, COUNT, values);
    size_t sprites = count_elements(document, values[SPRITES]);
    if (pp_value_present(values[SPRITES]) && sprites == 0) {
        pp_value_fault(document, PP_DECLARATION_VALUE, values[SPRITES], "at least one path", "there are no sprites");
    }
    if (!reserve(document, count_elements(document, values[PALETTES]) + sprites, declaration)) {
        return;
    }
    if (pp_value_present(values[PALETTES])) {
        read_palettes(document, values[PALETTES], declaration);
    }
    if (pp_value_present(values[SPRITES])) {
        read_paths(document, values[SPRITES], "sprites", declaration);
    }
}

static void read_sources(struct pp_document *document, struct pp_value inputs, const struct pp_format_facts *facts,
                         struct pp_declaration *declaration)
{
    static const struct pp_member role = {"sources", PP_TYPE_ARRAY, true};
    struct pp_value list;
    (void)pp_value_members(document, inputs, facts->name, &role, 1, &list);
    if (!pp_value_present(list)) {
        return;
    }
    size_t count = count_elements(document, list);
    if (count != 1) {
        pp_value_fault(document, PP_DECLARATION_VALUE, list, "exactly one path", "%s has %zu sources", facts->name,
                       count);
    }
    if (reserve(document, count, declaration)) {
        read_paths(document, list, "sources", declaration);
    }
}

void pp_declaration_inputs(struct pp_document *document, struct pp_value inputs, const struct pp_format_facts *facts,
                           struct pp_declaration *declaration)
{
    if (facts->format == PP_FORMAT_GLYPH_INDEXED) {
        read_glyph(document, inputs, facts, declaration);
    } else {
        read_sources(document, inputs, facts, declaration);
    }
}
