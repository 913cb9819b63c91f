#include "service/palettes/canvas.h"

#include "base/array.h"

#include <stdlib.h>

static const uint32_t magenta = 0xFF00FF;

/* ---- Colours ---- */

static uint16_t number_of(struct service_canvas *canvas, uint16_t colour)
{
    /* So many colours fit into no asset: it does not matter then which of them are one. */
    if (canvas->number[colour] == 0 && canvas->problem.colours == UINT16_MAX) {
        return UINT16_MAX - 1;
    }
    if (canvas->number[colour] == 0) {
        canvas->colours[canvas->problem.colours] = colour;
        canvas->number[colour] = ++canvas->problem.colours;
    }
    return (uint16_t)(canvas->number[colour] - 1);
}

/* The colours from one on. An art without colours has no array. */
static const uint16_t *colours_from(const struct service_art *art, size_t begin)
{
    return art->colours != NULL ? art->colours + begin : NULL;
}

/* The colours of a unit: of a whole picture, its tiles may repeat them. */
static const uint16_t *colours_of(const struct service_canvas *canvas, const struct service_unit *unit, size_t *count)
{
    const struct service_art *art = canvas->art;
    const struct service_art_picture *picture = &art->pictures[unit->picture];
    const struct service_art_tile *first = &art->tiles[picture->first_tile];
    if (unit->tile != SIZE_MAX) {
        first += unit->tile;
        *count = first->count;
        return colours_from(art, first->begin);
    }
    const struct service_art_tile *last = &art->tiles[picture->first_tile + picture->tile_count - 1];
    *count = last->begin + last->count - first->begin;
    return colours_from(art, first->begin);
}

static bool is_clear(const struct service_canvas *canvas, const struct service_unit *unit, uint16_t colour)
{
    return canvas->keyed && canvas->art->pictures[unit->picture].keyed && colour == canvas->key;
}

static bool palette_has(const struct writer_palette *palette, uint16_t colour)
{
    bool has = false;
    for (uint32_t i = 1; i < palette->count; i++) {
        has = has || writer_rgb565(palette->colours[i]) == colour;
    }
    return has;
}

/* Whether a declared palette has all colours of a unit, by the rules of the packer. */
static bool fits(const struct service_canvas *canvas, const struct service_unit *unit, uint32_t index)
{
    const struct writer_palette *palette = &canvas->declared->items[index];
    bool keyed = canvas->art->pictures[unit->picture].keyed;
    size_t count;
    const uint16_t *colours = colours_of(canvas, unit, &count);
    bool all = palette->count > 0;
    for (size_t i = 0; all && i < count; i++) {
        all = (keyed && colours[i] == writer_rgb565(palette->colours[0])) || palette_has(palette, colours[i]);
    }
    return all;
}

static bool fits_any(const struct service_canvas *canvas, const struct service_unit *unit)
{
    bool any = false;
    for (uint32_t i = 0; !any && i < canvas->declared->authored; i++) {
        any = fits(canvas, unit, i);
    }
    return any;
}

/* ---- Units ---- */

/* The set of what is drawn of a unit. Returns how many colours that are, which may be more than a set can have. */
static size_t take_set(struct service_canvas *canvas, const struct service_unit *unit, struct palettes_set *set)
{
    size_t count;
    const uint16_t *colours = colours_of(canvas, unit, &count);
    bool full = false;
    set->size = 0;
    for (size_t i = 0; i < count && !full; i++) {
        full = !is_clear(canvas, unit, colours[i]) && !palettes_set_add(set, number_of(canvas, colours[i]));
    }
    if (!full) {
        return set->size;
    }
    /* A tile has each colour once. Of a whole picture it only matters that they are too many. */
    size_t drawn = 0;
    for (size_t i = 0; i < count; i++) {
        drawn += !is_clear(canvas, unit, colours[i]);
    }
    return drawn;
}

/* How many colours of a set a new palette does not have already. */
static size_t count_missing(const struct service_canvas *canvas, const struct palettes_set *set)
{
    size_t missing = 0;
    for (unsigned i = 0; i < set->size; i++) {
        missing += !palettes_set_has(&canvas->problem.fresh.has, set->colours[i]);
    }
    return missing;
}

static size_t room_of_fresh(const struct service_canvas *canvas)
{
    return (size_t)(canvas->problem.fresh.most - canvas->problem.fresh.has.size);
}

static bool add_quarrel(struct service_canvas *canvas, const struct service_quarrel *quarrel)
{
    struct service_painting *painting = canvas->painting;
    struct service_quarrel *quarrels =
        base_array_grow(painting->quarrels, painting->quarrel_count, &painting->quarrel_capacity, sizeof *quarrels);
    if (quarrels != NULL) {
        painting->quarrels = quarrels;
        quarrels[painting->quarrel_count++] = *quarrel;
    }
    return quarrels != NULL;
}

/* A picture or tile that a search can place. False when memory ran out. */
static bool add_tile(struct service_canvas *canvas, const struct service_unit *unit)
{
    struct palettes_set *set = &canvas->sets[canvas->count];
    size_t colours = take_set(canvas, unit, set);
    size_t missing = colours > PALETTES_SET_MAX ? colours : count_missing(canvas, set);
    if (missing > room_of_fresh(canvas)) {
        canvas->painting->one_too_many = true;
        return add_quarrel(canvas, &(struct service_quarrel){.unit = *unit,
                                                             .colours = colours,
                                                             .has_excess = true,
                                                             .excess = missing - room_of_fresh(canvas)});
    }
    if (colours > 0) {
        canvas->units[canvas->count++] = *unit;
    }
    return true;
}

/* Each tile that no declared palette has all colours of. */
static bool add_tiles(struct service_canvas *canvas, size_t picture)
{
    bool fine = true;
    for (size_t tile = 0; fine && tile < canvas->art->pictures[picture].tile_count; tile++) {
        const struct service_unit unit = {.picture = picture, .tile = tile};
        fine = fits_any(canvas, &unit) || add_tile(canvas, &unit);
    }
    return fine;
}

static bool all_tiles_fit(const struct service_canvas *canvas, size_t picture)
{
    bool all = true;
    for (size_t tile = 0; all && tile < canvas->art->pictures[picture].tile_count; tile++) {
        all = fits_any(canvas, &(struct service_unit){.picture = picture, .tile = tile});
    }
    return all;
}

static bool add_picture(struct service_canvas *canvas, size_t picture)
{
    const struct service_unit whole = {.picture = picture, .tile = SIZE_MAX};
    if (fits_any(canvas, &whole) || all_tiles_fit(canvas, picture)) {
        return true;
    }
    struct palettes_set set;
    bool one = !canvas->apart && take_set(canvas, &whole, &set) <= PALETTES_SET_MAX &&
               count_missing(canvas, &set) <= room_of_fresh(canvas);
    return one ? add_tile(canvas, &whole) : add_tiles(canvas, picture);
}

/* ---- Palettes ---- */

static void choose_key(struct service_canvas *canvas)
{
    uint32_t rgb = canvas->wish->common != NULL ? canvas->wish->common->colours[0] : magenta;
    for (uint32_t i = canvas->declared->authored; i-- > 0;) {
        rgb = canvas->declared->items[i].count > 0 ? canvas->declared->items[i].colours[0] : rgb;
    }
    canvas->keyed = canvas->declaration->rules.transparent == WORKSPACE_TRANSPARENT_INDEX;
    canvas->key = writer_rgb565(rgb);
}

/* A palette as the search sees it: what it has at entries that are drawn, and how many colours fit besides. */
static void make_room(struct service_canvas *canvas, const struct writer_palette *palette, struct palettes_room *room)
{
    uint32_t drawn = palette->count > 0 ? palette->count - 1 : 0;
    room->has.size = 0;
    for (uint32_t i = 1; i < palette->count; i++) {
        (void)palettes_set_add(&room->has, number_of(canvas, writer_rgb565(palette->colours[i])));
    }
    room->most = (uint16_t)((uint32_t)room->has.size + PALETTES_SET_MAX - drawn);
}

static void open_palette(struct service_canvas *canvas, uint32_t index, const struct writer_palette *palette)
{
    size_t at = canvas->problem.open_count++;
    canvas->open_index[at] = (uint8_t)index;
    make_room(canvas, palette, &canvas->open[at]);
}

static bool may_fill(const struct service_canvas *canvas, uint32_t index)
{
    const struct writer_palette *palette = &canvas->declared->items[index];
    return canvas->wish->fillable[index] && palette->count > 0 && palette->count < WRITER_PALETTE_COLOURS &&
           (!canvas->keyed || writer_rgb565(palette->colours[0]) == canvas->key);
}

static void open_palettes(struct service_canvas *canvas)
{
    static const struct writer_palette nothing = {.count = 0};
    canvas->problem.open = canvas->open;
    make_room(canvas, canvas->wish->common != NULL ? canvas->wish->common : &nothing, &canvas->problem.fresh);
    for (uint32_t i = 0; i < canvas->declared->authored; i++) {
        if (may_fill(canvas, i)) {
            open_palette(canvas, i, &canvas->declared->items[i]);
        }
    }
}

/* The open palette of an index, which is opened as a new one when the asset has none; NULL: it is closed. */
static struct palettes_room *room_of_index(struct service_canvas *canvas, uint32_t index)
{
    for (size_t i = 0; i < canvas->problem.open_count; i++) {
        if (canvas->open_index[i] == index) {
            return &canvas->open[i];
        }
    }
    if (index < canvas->declared->authored && canvas->declared->items[index].count > 0) {
        return NULL;
    }
    size_t at = canvas->problem.open_count++;
    canvas->open_index[at] = (uint8_t)index;
    canvas->open[at] = canvas->problem.fresh;
    canvas->painting->palettes[index].is_new = true;
    return &canvas->open[at];
}

/* A picture whose declaration names its palette: that one has to have, or to get, all its colours. */
static bool add_fixed(struct service_canvas *canvas, size_t picture, uint32_t index)
{
    const struct service_unit unit = {.picture = picture, .tile = SIZE_MAX};
    if (index < canvas->declared->authored && fits(canvas, &unit, index)) {
        return true;
    }
    struct palettes_room *room = room_of_index(canvas, index);
    struct palettes_room wanted = {.most = 0};
    size_t count;
    size_t lost = 0;
    const uint16_t *colours = colours_of(canvas, &unit, &count);
    if (room != NULL) {
        wanted = *room;
    }
    struct palettes_set known = {.size = 0};
    for (size_t i = 0; i < count; i++) {
        uint16_t number = number_of(canvas, colours[i]);
        if (is_clear(canvas, &unit, colours[i]) || palettes_set_has(&wanted.has, number) ||
            palettes_set_has(&known, number) ||
            (room == NULL && palette_has(&canvas->declared->items[index], colours[i]))) {
            continue;
        }
        bool taken = wanted.has.size < wanted.most && palettes_set_add(&wanted.has, number);
        lost += !taken;
        (void)palettes_set_add(&known, number);
    }
    if (lost == 0 && room != NULL) {
        *room = wanted;
        return true;
    }
    canvas->painting->one_too_many = true;
    return add_quarrel(canvas,
                       &(struct service_quarrel){.unit = unit, .colours = count, .has_excess = true, .excess = lost});
}

/* ---- All together ---- */

static bool add_pictures(struct service_canvas *canvas)
{
    bool fine = true;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (size_t i = 0; fine && i < canvas->art->picture_count; i++) {
            const struct workspace_input *input = &canvas->declaration->inputs[canvas->art->pictures[i].input];
            if (input->has_palette && pass == 0) {
                fine = add_fixed(canvas, i, input->palette);
            } else if (!input->has_palette && pass == 1) {
                fine = add_picture(canvas, i);
            }
        }
    }
    return fine;
}

/* Palettes that there are before the search: those that are declared, and new ones of an index that a sprite names. */
static unsigned count_palettes(const struct service_canvas *canvas)
{
    unsigned count = 0;
    for (uint32_t i = 0; i < SERVICE_PALETTES_MAX; i++) {
        bool declared = i < canvas->declared->authored && canvas->declared->items[i].count > 0;
        count += declared || canvas->painting->palettes[i].is_new;
    }
    return count;
}

bool service_canvas_begin(struct service_canvas *canvas)
{
    size_t most = canvas->art->tile_count + 1;
    canvas->number = calloc(SERVICE_COLOURS, sizeof *canvas->number);
    canvas->colours = calloc(SERVICE_COLOURS, sizeof *canvas->colours);
    canvas->sets = calloc(most, sizeof *canvas->sets);
    canvas->units = calloc(most, sizeof *canvas->units);
    if (canvas->number == NULL || canvas->colours == NULL || canvas->sets == NULL || canvas->units == NULL) {
        return false;
    }
    choose_key(canvas);
    open_palettes(canvas);
    if (!add_pictures(canvas)) {
        return false;
    }
    unsigned before = count_palettes(canvas);
    canvas->problem.sets = canvas->sets;
    canvas->problem.count = canvas->count;
    canvas->problem.limit = canvas->wish->most > before ? canvas->wish->most - before : 0;
    canvas->painting->found = before;
    return true;
}

void service_canvas_free(struct service_canvas *canvas)
{
    free(canvas->number);
    free(canvas->colours);
    free(canvas->sets);
    free(canvas->units);
    canvas->number = NULL;
    canvas->colours = NULL;
    canvas->sets = NULL;
    canvas->units = NULL;
}
