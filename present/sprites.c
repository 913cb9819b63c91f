#include "present/sprites.h"

#include "service/sprites.h"
#include "json/value.h"

#include <inttypes.h>
#include <stdlib.h>

struct present_table present_sprites_begin(void)
{
    struct present_table table = {.columns = 0};
    present_table_column(&table, "id", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "sprite", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "tile", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "columns", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "rows", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "palette", PRESENT_ALIGN_LEFT);
    return table;
}

static void set_number(struct present_table *table, size_t column, int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%" PRId64, number);
    present_table_set(table, column, text);
}

static void set_path(struct present_table *table, struct base_bytes span)
{
    uint8_t *path = malloc(span.size + 1);
    if (path == NULL) {
        table->out_of_memory = true;
        return;
    }
    present_table_set_bytes(table, 1, base_bytes_make(path, json_unescape(span, path, span.size)));
    free(path);
}

/* One palette, or those of its tiles, row by row: "3 3 1". */
static void set_palettes(struct present_table *table, const struct service_sprite *sprite)
{
    enum { SHOWN = 60 };
    struct base_text text = BASE_TEXT_EMPTY;
    if (sprite->has_palette) {
        set_number(table, 5, sprite->palette);
        return;
    }
    for (size_t i = 1; i + 1 < sprite->palettes.size && i < SHOWN; i++) {
        struct base_bytes byte = base_bytes_make(sprite->palettes.data + i, 1);
        base_text_add(&text, byte.data[0] == ',' ? base_bytes_of_string(" ") : byte);
    }
    base_text_add_string(&text, sprite->palettes.size > SHOWN + 1 ? "…" : "");
    present_table_set_text(table, 5, &text);
}

void present_sprites_add(struct present_table *table, int64_t asset_id, const char *tiles)
{
    struct service_sprites sprites = service_sprites_begin(tiles);
    struct service_sprite sprite;
    while (!table->out_of_memory && service_sprites_next(&sprites, &sprite)) {
        present_table_row(table);
        set_number(table, 0, asset_id);
        set_path(table, sprite.path);
        set_number(table, 2, sprite.tile);
        set_number(table, 3, sprite.columns);
        set_number(table, 4, sprite.rows);
        set_palettes(table, &sprite);
    }
}

void present_sprites_end(struct present_table *table, const struct present_output *output, int indent)
{
    if (table->rows > 0 || table->out_of_memory) {
        present_table_print(table, output, indent);
        if (!table->out_of_memory) {
            (void)fputc('\n', output->out);
        }
    }
    present_table_free(table);
}
