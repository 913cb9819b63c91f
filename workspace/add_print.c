/* asset.json as `add` writes it. */
#include "base/json_emit.h"
#include "workspace/add.h"

#include <inttypes.h>

static void print_string(struct pp_text *text, const char *string)
{
    struct pp_json_emit emit = pp_json_emit_make(text);
    pp_json_emit_string(&emit, string);
}

static void print_paths(const struct pp_draft *draft, const char *role, bool all, struct pp_text *text)
{
    const char *separator = "";
    pp_text_addf(text, "    \"%s\": [", role);
    for (size_t i = 0; i < draft->files.count; i++) {
        if (all || pp_file_kind_of(draft->files.items[i]) == PP_FILE_PNG) {
            pp_text_addf(text, "%s\n      ", separator);
            print_string(text, draft->files.items[i]);
            separator = ",";
        }
    }
    pp_text_add_string(text, "\n    ]\n");
}

/* The role `palettes`, when there is any. */
static void print_palettes(const struct pp_draft *draft, struct pp_text *text)
{
    unsigned index = 0;
    for (size_t i = 0; i < draft->files.count; i++) {
        if (pp_file_kind_of(draft->files.items[i]) == PP_FILE_PALETTE) {
            pp_text_add_string(text, index == 0 ? "    \"palettes\": [" : ",");
            pp_text_addf(text, "\n      {\"index\": %u, \"path\": ", index);
            print_string(text, draft->files.items[i]);
            pp_text_add_char(text, '}');
            index++;
        }
    }
    pp_text_add_string(text, index == 0 ? "" : "\n    ],\n");
}

static void print_metadata(const struct pp_draft *draft, struct pp_text *text)
{
    if (draft->facts->type != PP_ASSET_GLYPH) {
        return;
    }
    pp_text_addf(text, ",\n    \"metadata\": {\n      \"tile_size\": %" PRIu32, draft->tile_size);
    if (draft->facts->format == PP_FORMAT_RAW) {
        pp_text_add_string(text, ",\n      \"width\": 256,\n      \"height\": 256,\n      \"palette_count\": 64,\n"
                                 "      \"palette_authored\": 64");
    }
    pp_text_add_string(text, "\n    }");
}

void pp_draft_print(const struct pp_draft *draft, struct pp_text *text)
{
    pp_text_addf(text, "{\n  \"schema_version\": 1,\n  \"asset_uuid\": \"%s\",\n  \"name\": ", draft->asset_uuid);
    print_string(text, draft->name);
    pp_text_addf(text, ",\n  \"type\": \"%s\",\n  \"inputs\": {\n", pp_asset_type_name(draft->facts->type));
    if (draft->facts->format == PP_FORMAT_GLYPH_INDEXED) {
        print_palettes(draft, text);
        print_paths(draft, "sprites", false, text);
    } else {
        print_paths(draft, "sources", true, text);
    }
    pp_text_addf(text, "  },\n  \"output\": {\n    \"format\": \"%s\",\n    \"codec\": \"NONE\"", draft->facts->name);
    print_metadata(draft, text);
    pp_text_addf(text, "\n  },\n  \"preload\": {\n    \"enabled\": %s", draft->preload ? "true" : "false");
    if (draft->slot >= 0) {
        pp_text_addf(text, ",\n    \"slot\": %d", draft->slot);
    }
    pp_text_add_string(text, "\n  }\n}\n");
}
