#include "export/sprites.h"

#include "base/sort.h"
#include "export/paths.h"
#include "export/places.h"
#include "json/object.h"

#include <stdlib.h>
#include <string.h>

enum { BANKS = 16 };

struct reading {
    struct export_sprites *sprites;
    const struct export_sheet *sheet;
    struct base_bytes text;
    struct export_place *places;
    bool out_of_memory;
};

/* ---- Places ---- */

/* Reads the element into the next item. False when it does not fit, or memory ran out. */
static bool read_sprite(struct reading *reading, struct json_token element, struct export_cover *cover)
{
    struct export_sprites *sprites = reading->sprites;
    struct export_place *place = &reading->places[sprites->count];
    struct json_token path = json_object_member(reading->text, element, "path");
    if (path.kind != JSON_STRING || !export_place_read(reading->sheet, reading->text, element, place) ||
        !export_cover_take(cover, place)) {
        return false;
    }
    char *name = json_token_string(reading->text, path);
    reading->out_of_memory = !base_names_take(&sprites->names, name);
    if (reading->out_of_memory) {
        return false;
    }
    sprites->items[sprites->count++] = (struct export_sprite){
        .path = name, .tile = place->tile, .has_palette = place->has_one, .palette = place->palettes[0]};
    sprites->banked = sprites->banked || !place->has_one;
    return export_path_is_plain(name);
}

static bool read_all(struct reading *reading)
{
    struct export_cover cover = {.taken = {false}};
    struct json_walk walk;
    struct json_token element;
    struct json_token list = json_root(reading->text, NULL);
    size_t count = list.kind == JSON_ARRAY_BEGIN ? json_count_elements(reading->text, list, NULL) : 0;
    if (count == 0 || count > EXPORT_TILES_MOST) {
        return false;
    }
    reading->places = calloc(count, sizeof *reading->places);
    reading->sprites->items = calloc(count, sizeof *reading->sprites->items);
    reading->sprites->pictures = calloc(count, sizeof *reading->sprites->pictures);
    reading->out_of_memory =
        reading->places == NULL || reading->sprites->items == NULL || reading->sprites->pictures == NULL;
    bool fits = !reading->out_of_memory;
    json_walk_begin_inside(&walk, reading->text, list);
    while (fits && json_walk_element(&walk, &element)) {
        fits = read_sprite(reading, element, &cover);
    }
    return fits && export_cover_is_all(&cover, reading->sheet);
}

/* Whether the palettes of all sprites are among the colours of one PNG. */
static bool fit_banks(const struct reading *reading)
{
    for (size_t i = 0; i < reading->sprites->count; i++) {
        const struct export_place *place = &reading->places[i];
        for (uint32_t j = 0; j < place->columns * place->rows; j++) {
            if (place->palettes[j] >= BANKS) {
                return false;
            }
        }
    }
    return true;
}

/* ---- Pictures ---- */

static void draw_all(struct reading *reading)
{
    for (size_t i = 0; i < reading->sprites->count && !reading->out_of_memory; i++) {
        reading->out_of_memory = !export_place_draw(reading->sheet, &reading->places[i], reading->sprites->banked,
                                                    &reading->sprites->pictures[i]);
    }
}

/* ---- Paths ---- */

struct named {
    const char *path;
    const struct base_text *picture; /* NULL: of a file that is not a sprite */
};

/* A base_compare. */
static int by_path(const void *a, const void *b)
{
    return export_path_compare(((const struct named *)a)->path, ((const struct named *)b)->path);
}

/* Whether two neighbours of the order can stand beside each other: equal paths have equal pictures. */
static bool are_apart(const struct named *a, const struct named *b)
{
    if (strcmp(a->path, b->path) == 0) {
        return a->picture != NULL && b->picture != NULL &&
               base_bytes_equal(base_text_bytes(a->picture), base_text_bytes(b->picture));
    }
    return !export_path_is_inside(b->path, a->path);
}

/* Whether the pictures, the palettes and the declaration can stand in one directory. */
static bool fit_paths(struct reading *reading)
{
    const struct export_sprites *sprites = reading->sprites;
    char names[64][EXPORT_PALETTE_NAME_SIZE];
    size_t palettes = reading->sheet->palettes;
    size_t count = sprites->count;
    struct named *all = calloc(sprites->count + palettes + 1, sizeof *all);
    bool fits = all != NULL;
    reading->out_of_memory = all == NULL;
    for (size_t i = 0; fits && i < sprites->count; i++) {
        all[i] = (struct named){.path = sprites->items[i].path, .picture = &sprites->pictures[i]};
    }
    for (uint32_t i = 0; fits && i < palettes; i++) {
        export_palette_name(i, names[i]);
        all[count++].path = names[i];
    }
    if (fits) {
        all[count++].path = "asset.json";
        (void)base_sort(all, count, sizeof *all, by_path, NULL);
    }
    for (size_t i = 1; fits && i < count; i++) {
        fits = are_apart(&all[i - 1], &all[i]);
    }
    free(all);
    return fits;
}

bool export_sprites_read(struct export_sprites *sprites, const struct export_sheet *sheet, struct base_bytes tiles,
                         bool *fit)
{
    struct reading reading = {.sprites = sprites, .sheet = sheet, .text = tiles};
    *sprites = EXPORT_SPRITES_EMPTY;
    *fit = read_all(&reading) && (!sprites->banked || fit_banks(&reading));
    if (*fit) {
        draw_all(&reading);
        *fit = !reading.out_of_memory && fit_paths(&reading);
    }
    free(reading.places);
    if (!*fit) {
        export_sprites_free(sprites);
    }
    return !reading.out_of_memory;
}

/* Whether a sprite before it has the same path. */
static bool is_repeated(const struct export_sprites *sprites, size_t number)
{
    size_t i = 0;
    while (i < number && strcmp(sprites->items[i].path, sprites->items[number].path) != 0) {
        i++;
    }
    return i < number;
}

int export_sprites_give(const struct export_sprites *sprites, const struct export_sink *sink)
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < sprites->count; i++) {
        if (!is_repeated(sprites, i)) {
            problem = export_give(sink, sprites->items[i].path, base_text_bytes(&sprites->pictures[i]));
        }
    }
    return problem;
}

void export_sprites_free(struct export_sprites *sprites)
{
    for (size_t i = 0; i < sprites->count; i++) {
        base_text_free(&sprites->pictures[i]);
    }
    base_names_free(&sprites->names);
    free(sprites->items);
    free(sprites->pictures);
    *sprites = EXPORT_SPRITES_EMPTY;
}
