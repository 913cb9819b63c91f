#include "verify/workspace/inputs.h"

#include "base/array.h"
#include "base/report.h"
#include "verify/workspace/names.h"
#include "verify/workspace/picture_members.h"

/* An input with all but its path, which is that of a token. */
static void add_input(struct verify_declared *declared, struct json_token path, struct verify_declared_input added)
{
    struct verify_document *document = &declared->document;
    void *inputs =
        base_array_grow(declared->inputs, declared->input_count, &declared->capacity, sizeof *declared->inputs);
    if (inputs == NULL) {
        base_report_out_of_memory(document->findings, document->path);
        return;
    }
    declared->inputs = inputs;
    struct verify_declared_input *input = &declared->inputs[declared->input_count];
    *input = added;
    input->path = verify_document_string(document, path);
    input->at = path.begin;
    if (input->path == NULL) {
        return;
    }
    declared->input_count++;
    if (!verify_is_plain_path(input->path)) {
        verify_document_report_value(document, DIAG_PATH_OUTSIDE, path, "a plain relative path",
                                     "the path does not stay inside the asset root");
    }
}

static void read_paths(struct verify_declared *declared, struct json_token list)
{
    struct verify_document *document = &declared->document;
    struct json_walk walk;
    struct json_token element;
    json_walk_begin_inside(&walk, document->text, list);
    while (json_walk_element(&walk, &element)) {
        struct verify_declared_input sprite = {.path = NULL};
        struct json_token path = element;
        if (element.kind == JSON_OBJECT_BEGIN && declared->format == VERIFY_SOURCE_GLYPH) {
            verify_declared_read_sprite(document, element, &path, &sprite);
        }
        if (path.kind == JSON_STRING) {
            add_input(declared, path, sprite);
        } else if (path.kind != JSON_END) {
            verify_document_report_value(document, DIAG_DECLARATION_SHAPE, element, "a string",
                                         "a path is of another type");
        }
    }
}

/* ---- Palettes ---- */

enum { INDEX, PATH, PALETTE_MEMBERS };
static const struct json_member palette_members[PALETTE_MEMBERS] = {
    [INDEX] = {.name = "index", .kinds = JSON_KIND_NUMBER, .required = true},
    [PATH] = {.name = "path", .kinds = JSON_KIND_STRING, .required = true},
};

static uint32_t read_index(struct verify_declared *declared, struct json_token value,
                           bool taken[VERIFY_PALETTE_INDICES])
{
    struct verify_document *document = &declared->document;
    int64_t index;
    if (!verify_is_present(value)) {
        return 0;
    }
    if (!json_token_integer(document->text, value, 0, VERIFY_PALETTE_INDICES - 1, &index)) {
        verify_document_report_value(document, DIAG_PALETTE_INDEX, value, "an integer from 0 to 63",
                                     "the index of a palette is out of range");
        return 0;
    }
    if (taken[index]) {
        verify_document_report_value(document, DIAG_PALETTE_INDEX, value, "an index of its own",
                                     "two palettes have one index");
    }
    taken[index] = true;
    declared->palette_authored =
        (uint32_t)index >= declared->palette_authored ? (uint32_t)index + 1 : declared->palette_authored;
    return (uint32_t)index;
}

static void read_palettes(struct verify_declared *declared, struct json_token list)
{
    struct verify_document *document = &declared->document;
    bool taken[VERIFY_PALETTE_INDICES] = {false};
    struct json_token values[PALETTE_MEMBERS];
    struct json_walk walk;
    struct json_token element;
    json_walk_begin_inside(&walk, document->text, list);
    while (json_walk_element(&walk, &element)) {
        (void)verify_document_members(document, element, "a palette", palette_members, PALETTE_MEMBERS, values);
        uint32_t index = read_index(declared, values[INDEX], taken);
        if (verify_is_present(values[PATH])) {
            add_input(declared, values[PATH], (struct verify_declared_input){.palette = index});
        }
    }
    declared->has_palettes = true;
}

/* ---- Roles ---- */

static void read_glyph(struct verify_declared *declared, struct json_token inputs)
{
    enum { PALETTES, SPRITES, ROLES };
    static const struct json_member roles[ROLES] = {
        [PALETTES] = {.name = "palettes", .kinds = JSON_KIND_ARRAY},
        [SPRITES] = {.name = "sprites", .kinds = JSON_KIND_ARRAY, .required = true},
    };
    struct verify_document *document = &declared->document;
    struct base_bytes none = {.data = NULL};
    struct json_token values[ROLES];
    (void)verify_document_members(document, inputs, "inputs of GLYPH/indexed_v1", roles, ROLES, values);
    if (verify_is_present(values[PALETTES])) {
        read_palettes(declared, values[PALETTES]);
        if (declared->palette_authored == 0 && json_count_elements(document->text, values[PALETTES], NULL) == 0) {
            verify_document_report(document, DIAG_PALETTE_MISSING, values[PALETTES].begin, "a palette", none,
                                   "the list of palettes is empty");
        }
    }
    declared->first_source = declared->input_count;
    if (verify_is_present(values[SPRITES])) {
        read_paths(declared, values[SPRITES]);
        if (json_count_elements(document->text, values[SPRITES], NULL) == 0) {
            verify_document_report(document, DIAG_DECLARATION_VALUE, values[SPRITES].begin, "a path", none,
                                   "there is no sprite");
        }
    }
}

static void read_sources(struct verify_declared *declared, struct json_token inputs)
{
    static const struct json_member role = {.name = "sources", .kinds = JSON_KIND_ARRAY, .required = true};
    struct verify_document *document = &declared->document;
    struct base_bytes none = {.data = NULL};
    struct json_token list;
    (void)verify_document_members(document, inputs, "inputs of a format with one source", &role, 1, &list);
    if (!verify_is_present(list)) {
        return;
    }
    read_paths(declared, list);
    if (json_count_elements(document->text, list, NULL) != 1) {
        verify_document_report(document, DIAG_DECLARATION_VALUE, list.begin, "exactly one path", none,
                               "the format has one source");
    }
}

void verify_declared_read_inputs(struct verify_declared *declared, struct json_token inputs)
{
    declared->lists = inputs;
    if (declared->format == VERIFY_SOURCE_GLYPH) {
        read_glyph(declared, inputs);
    } else {
        read_sources(declared, inputs);
    }
}
