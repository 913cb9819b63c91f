#include "export/declaration.h"

#include "export/pretty.h"
#include "json/emit.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const types[PP_BANK_COUNT] = {
    [PP_BANK_GLYPH] = "glyph_bank", [PP_BANK_SOUNDS] = "sound_bank", [PP_BANK_SCENE] = "scene_bank"};

void export_palette_name(uint32_t index, char name[EXPORT_PALETTE_NAME_SIZE])
{
    (void)snprintf(name, EXPORT_PALETTE_NAME_SIZE, "palette-%02" PRIu32 ".gpl", index);
}

static void print_palettes(const struct export_declaration *declaration, struct base_text *text)
{
    char name[EXPORT_PALETTE_NAME_SIZE];
    base_text_add_string(text, "\"palettes\":[");
    for (uint32_t i = 0; i < declaration->palette_count; i++) {
        export_palette_name(i, name);
        base_text_addf(text, "%s{\"index\":%" PRIu32 ",\"path\":\"%s\"}", i > 0 ? "," : "", i, name);
    }
    base_text_add_string(text, "],");
}

static void print_sprites(const struct export_declaration *declaration, struct base_text *text)
{
    base_text_add_string(text, "\"sprites\":[");
    for (size_t i = 0; i < declaration->sprite_count; i++) {
        const struct export_sprite *sprite = &declaration->sprites[i];
        base_text_add_string(text, i > 0 ? ",{\"path\":" : "{\"path\":");
        json_add_string(text, sprite->path);
        base_text_addf(text, ",\"tile\":%" PRIu32, sprite->tile);
        if (sprite->has_palette) {
            base_text_addf(text, ",\"palette\":%" PRIu32, sprite->palette);
        }
        base_text_add_char(text, '}');
    }
    base_text_add_char(text, ']');
}

static void print_output(const struct export_declaration *declaration, struct base_text *text)
{
    base_text_addf(text, "},\"output\":{\"format\":\"%s\",\"codec\":\"NONE\"", declaration->format);
    if (declaration->metadata.size > 2) { /* more than the braces */
        base_text_add_string(text, ",\"metadata\":");
        base_text_add(text, declaration->metadata);
    }
    if (declaration->pipeline.size > 0) {
        base_text_add_string(text, ",\"pipeline\":");
        base_text_add(text, declaration->pipeline);
    }
    if (declaration->has_decoded_size) {
        base_text_addf(text, ",\"decoded_size\":%" PRIu64, declaration->decoded_size);
    }
}

static void print_compact(const struct export_declaration *declaration, struct base_text *text)
{
    base_text_addf(text, "{\"schema_version\":1,\"asset_uuid\":\"%s\",\"name\":\"", declaration->asset_uuid);
    base_text_add(text, declaration->name);
    base_text_addf(text, "\",\"type\":\"%s\",\"inputs\":{", types[declaration->bank]);
    if (declaration->source != NULL) {
        base_text_addf(text, "\"sources\":[\"%s\"]", declaration->source);
    } else {
        print_palettes(declaration, text);
        print_sprites(declaration, text);
    }
    print_output(declaration, text);
    base_text_addf(text, "},\"preload\":{\"enabled\":%s", declaration->preloaded ? "true" : "false");
    if (declaration->preloaded) {
        base_text_addf(text, ",\"slot\":%" PRIu32, declaration->slot);
    }
    base_text_add_string(text, "}}");
}

bool export_declaration_print(const struct export_declaration *declaration, struct base_text *text, bool *fits)
{
    struct base_text compact = BASE_TEXT_EMPTY;
    print_compact(declaration, &compact);
    base_text_clear(text);
    *fits = compact.size <= EXPORT_DECLARATION_MOST;
    if (*fits && !export_pretty_print(text, base_text_bytes(&compact), EXPORT_DECLARATION_MOST)) {
        base_text_clear(text);
        base_text_add(text, base_text_bytes(&compact));
    }
    bool out_of_memory = base_text_out_of_memory(&compact) || base_text_out_of_memory(text);
    base_text_free(&compact);
    return !out_of_memory;
}
