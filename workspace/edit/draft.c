#include "workspace/edit/draft.h"

#include "workspace/model/limits.h"
#include "workspace/palette_text.h"
#include "json/emit.h"

#include <inttypes.h>

static void print_paths(const struct workspace_draft *draft, const char *role, bool all, struct base_text *text)
{
    const char *separator = "";
    base_text_addf(text, "    \"%s\": [", role);
    for (size_t i = 0; i < draft->files.count; i++) {
        const struct workspace_file *file = &draft->files.items[i];
        if (all || file->kind == WORKSPACE_FILE_PNG) {
            base_text_addf(text, "%s\n      ", separator);
            json_add_string(text, file->name);
            separator = ",";
        }
    }
    base_text_add_string(text, "\n    ]\n");
}

/* The role `palettes`, when there is any. */
static void print_palettes(const struct workspace_draft *draft, struct base_text *text)
{
    uint32_t index = 0;
    for (size_t i = 0; i < draft->files.count; i++) {
        const struct workspace_file *file = &draft->files.items[i];
        if (file->kind == WORKSPACE_FILE_PALETTE) {
            base_text_add_string(text, index == 0 ? "    \"palettes\": [" : ",");
            base_text_add_string(text, "\n      ");
            workspace_print_palette(text, index++, file->name);
        }
    }
    base_text_add_string(text, index == 0 ? "" : "\n    ],\n");
}

static void print_metadata(const struct workspace_draft *draft, struct base_text *text)
{
    if (draft->facts->type != WORKSPACE_ASSET_GLYPH) {
        return;
    }
    base_text_addf(text, ",\n    \"metadata\": {\n      \"tile_size\": %" PRIu32, draft->tile_size);
    if (draft->facts->format == WORKSPACE_FORMAT_RAW) {
        base_text_addf(text,
                       ",\n      \"width\": %d,\n      \"height\": %d,\n      \"palette_count\": %d,\n"
                       "      \"palette_authored\": %d",
                       WORKSPACE_SHEET_SIDE, WORKSPACE_SHEET_SIDE, WORKSPACE_PALETTE_COUNT, WORKSPACE_PALETTE_COUNT);
    }
    base_text_add_string(text, "\n    }");
}

static void print_pipeline(const struct workspace_draft *draft, struct base_text *text)
{
    const char *separator = "";
    if (draft->channels == NULL && !draft->pad && !draft->marked) {
        return;
    }
    base_text_add_string(text, ",\n    \"pipeline\": {");
    if (draft->channels != NULL) {
        base_text_addf(text, "\n      \"channels\": \"%s\"", draft->channels);
        separator = ",";
    }
    if (draft->pad) {
        base_text_addf(text, "%s\n      \"pad\": true", separator);
        separator = ",";
    }
    if (draft->marked) {
        base_text_addf(text, "%s\n      \"transparent\": \"index\"", separator);
    }
    base_text_add_string(text, "\n    }");
}

void workspace_draft_print(const struct workspace_draft *draft, struct base_text *text)
{
    base_text_addf(text, "{\n  \"schema_version\": 1,\n  \"asset_uuid\": \"%s\",\n  \"name\": ", draft->asset_uuid);
    json_add_string(text, draft->name);
    base_text_addf(text, ",\n  \"type\": \"%s\",\n  \"inputs\": {\n", workspace_asset_type_name(draft->facts->type));
    if (draft->facts->format == WORKSPACE_FORMAT_GLYPH_INDEXED) {
        print_palettes(draft, text);
        print_paths(draft, "sprites", false, text);
    } else {
        print_paths(draft, "sources", true, text);
    }
    base_text_addf(text, "  },\n  \"output\": {\n    \"format\": \"%s\",\n    \"codec\": \"NONE\"", draft->facts->name);
    print_metadata(draft, text);
    print_pipeline(draft, text);
    base_text_addf(text, "\n  },\n  \"preload\": {\n    \"enabled\": %s", draft->preload ? "true" : "false");
    if (draft->slot >= 0) {
        base_text_addf(text, ",\n    \"slot\": %d", draft->slot);
    }
    base_text_add_string(text, "\n  }\n}\n");
}
