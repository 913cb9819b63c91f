#include "service/ids/constants.h"
#include "service/ids/print.h"

#include <inttypes.h>

/* A string literal that any compiler reads as these bytes: no character beyond ASCII, and no trigraph. */
static void add_literal(struct base_text *text, const char *string)
{
    base_text_add_char(text, '"');
    for (const char *at = string; *at != '\0'; at++) {
        bool plain = *at >= ' ' && *at <= '~' && *at != '"' && *at != '\\' && *at != '?';
        if (plain) {
            base_text_add_char(text, *at);
        } else {
            base_text_addf(text, "\\%03o", (unsigned)(unsigned char)*at);
        }
    }
    base_text_add_char(text, '"');
}

static void begin_asset(struct base_text *text, const char *word, const struct service_entry *entry)
{
    base_text_addf(text, "#define %s", word);
    service_constant_add_asset(text, entry);
    base_text_add_char(text, ' ');
}

static void print_string(struct base_text *text, const char *word, const struct service_entry *entry,
                         const char *string)
{
    begin_asset(text, word, entry);
    add_literal(text, string);
    base_text_add_char(text, '\n');
}

static void print_number(struct base_text *text, const char *word, const struct service_entry *entry, uint64_t number)
{
    begin_asset(text, word, entry);
    base_text_addf(text, "%" PRIu64 "\n", number);
}

static void begin_sprite(struct base_text *text, const char *word, const struct service_entry *entry,
                         const struct service_sprite *sprite, unsigned use)
{
    base_text_addf(text, "#define %s", word);
    service_constant_add_sprite(text, entry, sprite, use);
    base_text_add_char(text, ' ');
}

static void print_sprite_number(struct base_text *text, const char *word, const struct service_entry *entry,
                                const struct service_sprite *sprite, unsigned use, int64_t number)
{
    begin_sprite(text, word, entry, sprite, use);
    base_text_addf(text, "%" PRId64 "\n", number);
}

/* An initialiser of an array: "{3,3,1}", from "[3,3,1]". */
static void print_palettes(struct base_text *text, const struct service_entry *entry,
                           const struct service_sprite *sprite, unsigned use)
{
    struct base_bytes numbers = sprite->palettes;
    begin_sprite(text, "SPRITE_PALETTES", entry, sprite, use);
    base_text_add_char(text, '{');
    if (numbers.size >= 2) {
        base_text_add(text, base_bytes_make(numbers.data + 1, numbers.size - 2));
    }
    base_text_add_string(text, "}\n");
}

static void print_sprite(struct base_text *text, const struct service_entry *entry, const struct service_sprite *sprite,
                         unsigned use)
{
    print_sprite_number(text, "SPRITE_TILE", entry, sprite, use, sprite->tile);
    print_sprite_number(text, "SPRITE_COLUMNS", entry, sprite, use, sprite->columns);
    print_sprite_number(text, "SPRITE_ROWS", entry, sprite, use, sprite->rows);
    if (sprite->has_palette) {
        print_sprite_number(text, "SPRITE_PALETTE", entry, sprite, use, sprite->palette);
    } else {
        print_palettes(text, entry, sprite, use);
    }
}

static void print_entry(struct base_text *text, const struct service_entry *entry)
{
    base_text_add_char(text, '\n');
    print_number(text, "ASSET_ID", entry, (uint64_t)entry->asset_id);
    print_string(text, "ASSET_NAME", entry, entry->name);
    print_string(text, "ASSET_ADDRESS", entry, entry->root);
    print_string(text, "ASSET_BANK", entry, entry->bank);
    if (entry->has_slot) {
        print_number(text, "ASSET_SLOT", entry, entry->slot);
    }
    if (entry->is_glyph) {
        print_number(text, "ASSET_TILE_SIZE", entry, entry->tile_size);
        print_number(text, "ASSET_PALETTES", entry, entry->palettes);
    }
    struct service_sprite sprite;
    struct service_sprites sprites = service_sprites_begin(entry->tiles);
    while (!base_text_out_of_memory(text) && service_sprites_next(&sprites, &sprite)) {
        print_sprite(text, entry, &sprite, service_sprites_use(&sprites, &sprite));
    }
}

bool service_ids_print_c(const struct service_report *report, struct base_text *text, struct base_findings *findings)
{
    if (!service_constants_check(report, findings)) {
        return false;
    }
    base_text_add_string(text, "/* Made by prpack. Changes will be lost. */\n"
                               "#ifndef PRPACK_IDS_H\n"
                               "#define PRPACK_IDS_H\n");
    for (size_t i = 0; i < report->asset_count && !base_text_out_of_memory(text); i++) {
        const struct service_entry entry = service_entry_read(report, i);
        print_entry(text, &entry);
    }
    base_text_add_string(text, "\n#endif\n");
    return true;
}
