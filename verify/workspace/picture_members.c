#include "verify/workspace/picture_members.h"

/* ---- output.pipeline ---- */

/* A member of the pipeline that is for pictures alone. JSON_END when it is absent, or in another format, which is
 * reported. */
static struct json_token find_member(struct verify_declared *declared, const char *name)
{
    struct verify_document *document = &declared->document;
    struct json_token value = json_object_member(document->text, declared->pipeline, name);
    if (verify_is_present(value) && declared->format != VERIFY_SOURCE_GLYPH) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, "no such member",
                                     "output.pipeline.%s is not for this format", name);
        value = (struct json_token){.kind = JSON_END};
    }
    return value;
}

static void report_value(struct verify_declared *declared, const char *name, struct json_token value,
                         const char *expected)
{
    verify_document_report_value(&declared->document, DIAG_DECLARATION_VALUE, value, expected,
                                 "output.pipeline.%s has another value", name);
}

void verify_declared_read_pictures(struct verify_declared *declared)
{
    struct base_bytes text = declared->document.text;
    struct json_token transparent = find_member(declared, "transparent");
    struct json_token indices = find_member(declared, "indices");
    struct json_token pad = find_member(declared, "pad");
    if (json_token_is(text, transparent, "alpha")) {
        declared->transparent = VERIFY_TRANSPARENT_ALPHA;
    } else if (json_token_is(text, transparent, "index")) {
        declared->transparent = VERIFY_TRANSPARENT_INDEX;
    } else if (verify_is_present(transparent)) {
        report_value(declared, "transparent", transparent, "\"alpha\" or \"index\"");
    }
    declared->banked = json_token_is(text, indices, "banked");
    if (verify_is_present(indices) && !declared->banked) {
        report_value(declared, "indices", indices, "\"banked\"");
    }
    declared->pad = pad.kind == JSON_TRUE;
    if (verify_is_present(pad) && !declared->pad) {
        report_value(declared, "pad", pad, "true");
    }
}

/* ---- inputs.sprites ---- */

enum { PALETTE, PATH, TILE, SPRITE_MEMBERS };
static const struct json_member sprite_members[SPRITE_MEMBERS] = {
    [PALETTE] = {.name = "palette", .kinds = JSON_KIND_NUMBER},
    [PATH] = {.name = "path", .kinds = JSON_KIND_STRING, .required = true},
    [TILE] = {.name = "tile", .kinds = JSON_KIND_NUMBER},
};

void verify_declared_read_sprite(struct verify_document *document, struct json_token element, struct json_token *path,
                                 struct verify_declared_input *sprite)
{
    struct json_token values[SPRITE_MEMBERS];
    int64_t number;
    *sprite = (struct verify_declared_input){.has_tile = false};
    (void)verify_document_members(document, element, "a sprite", sprite_members, SPRITE_MEMBERS, values);
    *path = values[PATH];
    if (verify_document_integer(document, values[TILE], "tile", 0, VERIFY_SHEET_TILES_MAX - 1, &number)) {
        sprite->has_tile = true;
        sprite->tile = (uint32_t)number;
        sprite->tile_value = values[TILE];
    }
    if (verify_document_integer(document, values[PALETTE], "palette", 0, VERIFY_PALETTE_INDICES - 1, &number)) {
        sprite->has_palette = true;
        sprite->palette = (uint32_t)number;
        sprite->palette_value = values[PALETTE];
    }
}
