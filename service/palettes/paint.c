#include "service/palettes/paint.h"

#include "base/array.h"
#include "palettes/conflict.h"
#include "palettes/search.h"
#include "service/palettes/canvas.h"

#include <stdlib.h>
#include <string.h>

/* ---- Colours of a palette ---- */

/* How bright a colour is: what new entries are sorted by. */
static unsigned brightness(uint32_t rgb)
{
    return 299 * (rgb >> 16 & 0xFF) + 587 * (rgb >> 8 & 0xFF) + 114 * (rgb & 0xFF);
}

static int by_brightness(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    unsigned left_is = brightness(left);
    unsigned right_is = brightness(right);
    return left_is != right_is ? (left_is > right_is) - (left_is < right_is) : (left > right) - (left < right);
}

/* A colour of the console that is in no picture, as an artist would see at once; else the lowest. */
static uint32_t find_unused(const struct service_art *art)
{
    static const uint32_t loud[] = {0xFF00FF, 0x00FF00, 0x00FFFF, 0xFFFF00, 0xFF0000, 0x0000FF};
    for (size_t i = 0; i < sizeof loud / sizeof loud[0]; i++) {
        if (art->first[writer_rgb565(loud[i])] == 0) {
            return loud[i];
        }
    }
    uint32_t colour = 0;
    while (colour + 1 < SERVICE_COLOURS && art->first[colour] != 0) {
        colour++;
    }
    uint32_t red = colour >> 11;
    uint32_t green = colour >> 5 & 63;
    uint32_t blue = colour & 31;
    return (red << 3 | red >> 2) << 16 | (green << 2 | green >> 4) << 8 | (blue << 3 | blue >> 2);
}

static uint32_t entry_0(const struct service_canvas *canvas)
{
    if (canvas->wish->common != NULL) {
        return canvas->wish->common->colours[0];
    }
    for (uint32_t i = 0; canvas->keyed && i < canvas->declared->authored; i++) {
        if (canvas->declared->items[i].count > 0) {
            return canvas->declared->items[i].colours[0];
        }
    }
    return canvas->keyed ? 0xFF00FF : find_unused(canvas->art);
}

static void begin_palette(const struct service_canvas *canvas, struct service_painted *painted)
{
    painted->is_new = true;
    if (canvas->wish->common != NULL) {
        painted->palette = *canvas->wish->common;
    } else {
        painted->palette.count = 1;
        painted->palette.colours[0] = entry_0(canvas);
    }
}

/* Appends the colours of a set that the palette does not have at an entry that is drawn. */
static void append(const struct service_canvas *canvas, const struct palettes_set *set, struct service_painted *painted)
{
    struct writer_palette *palette = &painted->palette;
    uint32_t before = palette->count;
    for (unsigned i = 0; i < set->size; i++) {
        uint32_t rgb = canvas->art->first[canvas->colours[set->colours[i]]];
        if (rgb != 0 && writer_palette_find(palette, rgb - 1) < 0 && palette->count < WRITER_PALETTE_COLOURS) {
            palette->colours[palette->count++] = rgb - 1;
        }
    }
    qsort(palette->colours + before, palette->count - before, sizeof palette->colours[0], by_brightness);
    painted->added = palette->count - before;
}

/* ---- A solution ---- */

static uint32_t lowest_free(const struct service_canvas *canvas)
{
    uint32_t index = 0;
    while (index + 1 < SERVICE_PALETTES_MAX && canvas->painting->palettes[index].palette.count > 0) {
        index++;
    }
    return index;
}

static void take_declared(const struct service_canvas *canvas)
{
    for (uint32_t i = 0; i < canvas->declared->authored; i++) {
        canvas->painting->palettes[i].palette = canvas->declared->items[i];
    }
    for (size_t i = 0; i < canvas->problem.open_count; i++) {
        struct service_painted *painted = &canvas->painting->palettes[canvas->open_index[i]];
        if (painted->is_new) {
            begin_palette(canvas, painted);
        }
    }
}

/* All that goes into each palette, first the open ones, then the new ones by the order of their first set. */
static void take_solution(const struct service_canvas *canvas, const uint16_t *of, unsigned count)
{
    take_declared(canvas);
    if (canvas->painting->found + count == 0) {
        begin_palette(canvas, &canvas->painting->palettes[0]);
    }
    for (size_t bin = 0; bin < canvas->problem.open_count + count; bin++) {
        struct palettes_set all = {.size = 0};
        bool is_open = bin < canvas->problem.open_count;
        if (is_open) {
            all = canvas->open[bin].has;
        }
        for (size_t s = 0; s < canvas->count; s++) {
            for (unsigned i = 0; of[s] == bin && i < canvas->sets[s].size; i++) {
                (void)palettes_set_add(&all, canvas->sets[s].colours[i]);
            }
        }
        struct service_painted *painted =
            &canvas->painting->palettes[is_open ? canvas->open_index[bin] : lowest_free(canvas)];
        if (!is_open) {
            begin_palette(canvas, painted);
        }
        append(canvas, &all, painted);
        painted->added = painted->is_new ? 0 : painted->added;
    }
}

/* ---- A conflict ---- */

static bool take_quarrels(const struct service_canvas *canvas, const struct palettes_conflict *conflict)
{
    struct service_painting *painting = canvas->painting;
    painting->proved = conflict->proved;
    for (size_t i = 0; i < conflict->count; i++) {
        struct service_quarrel *quarrels =
            base_array_grow(painting->quarrels, painting->quarrel_count, &painting->quarrel_capacity, sizeof *quarrels);
        if (quarrels == NULL) {
            return false;
        }
        painting->quarrels = quarrels;
        quarrels[painting->quarrel_count++] = (struct service_quarrel){
            .unit = canvas->units[conflict->sets[i]],
            .colours = canvas->sets[conflict->sets[i]].size,
            .has_excess = conflict->excess[i] != PALETTES_EXCESS_UNKNOWN && conflict->excess[i] > 0,
            .excess = conflict->excess[i],
        };
    }
    return true;
}

/* The problem without open palettes and base: each open palette counts as one more that there may be. */
static void simplify(const struct service_canvas *canvas, struct palettes_set *sets, struct palettes_problem *plain)
{
    bool is_open = canvas->problem.open_count > 0;
    for (size_t s = 0; s < canvas->count; s++) {
        for (unsigned i = 0; i < canvas->sets[s].size; i++) {
            uint16_t colour = canvas->sets[s].colours[i];
            if (is_open || !palettes_set_has(&canvas->problem.fresh.has, colour)) {
                (void)palettes_set_add(&sets[s], colour);
            }
        }
    }
    *plain = (struct palettes_problem){
        .sets = sets,
        .count = canvas->count,
        .colours = canvas->problem.colours,
        .limit = canvas->problem.limit + (unsigned)canvas->problem.open_count,
    };
    plain->fresh.most =
        is_open ? PALETTES_SET_MAX : (uint16_t)(canvas->problem.fresh.most - canvas->problem.fresh.has.size);
}

static bool explain(const struct service_canvas *canvas)
{
    struct palettes_set *sets = calloc(canvas->count + 1, sizeof *sets);
    struct palettes_conflict conflict = {.count = 0};
    bool fine = sets != NULL;
    if (fine) {
        struct palettes_problem plain;
        simplify(canvas, sets, &plain);
        fine = palettes_conflict_find(&conflict, &plain, canvas->task) && take_quarrels(canvas, &conflict);
    }
    palettes_conflict_free(&conflict);
    free(sets);
    return fine;
}

/* ---- All together ---- */

/* *apart: a picture that could have one palette of its own was to get one, so it may help to take it apart. */
static enum service_painting_end search(struct service_canvas *canvas, bool *apart)
{
    struct service_painting *painting = canvas->painting;
    uint16_t *of = calloc(canvas->count + 1, sizeof *of);
    struct palettes_answer answer;
    enum palettes_outcome outcome =
        of != NULL ? palettes_search(&canvas->problem, canvas->task, of, &answer) : PALETTES_OUT_OF_MEMORY;
    enum service_painting_end end = SERVICE_PAINTING_NO_MEMORY;
    switch (outcome) {
    case PALETTES_FIT:
        take_solution(canvas, of, answer.count);
        painting->bound = painting->found + answer.bound;
        painting->found += answer.count;
        if (painting->found == 0) {
            painting->found = painting->bound = 1; /* an asset without any palette cannot be built */
        }
        end = SERVICE_PAINTED;
        break;
    case PALETTES_DO_NOT_FIT:
        painting->bound = painting->found + answer.bound;
        for (size_t s = 0; s < canvas->count; s++) {
            bool whole = canvas->units[s].tile == SIZE_MAX;
            *apart = *apart || (whole && canvas->art->pictures[canvas->units[s].picture].tile_count > 1);
        }
        end = SERVICE_PAINTING_CONFLICT;
        break;
    case PALETTES_CANCELLED:
        end = SERVICE_PAINTING_CANCELLED;
        break;
    case PALETTES_OUT_OF_MEMORY:
        break;
    }
    free(of);
    return end;
}

static enum service_painting_end paint(struct service_canvas *canvas, bool *apart)
{
    if (!service_canvas_begin(canvas)) {
        return SERVICE_PAINTING_NO_MEMORY;
    }
    if (canvas->painting->quarrel_count > 0) {
        canvas->painting->proved = true;
        return SERVICE_PAINTING_CONFLICT;
    }
    enum service_painting_end end = search(canvas, apart);
    if (end == SERVICE_PAINTING_CONFLICT && !*apart && !explain(canvas)) {
        end = SERVICE_PAINTING_NO_MEMORY;
    }
    return end == SERVICE_PAINTING_CONFLICT && base_task_cancelled(canvas->task) ? SERVICE_PAINTING_CANCELLED : end;
}

enum service_painting_end service_paint(struct service_painting *painting, const struct service_art *art,
                                        const struct workspace_declaration *declaration,
                                        const struct writer_palette_set *declared,
                                        const struct service_painting_wish *wish, struct base_task *task)
{
    enum service_painting_end end = SERVICE_PAINTING_NO_MEMORY;
    bool apart = false;
    for (unsigned pass = 0; pass == 0 || (pass == 1 && apart && end == SERVICE_PAINTING_CONFLICT); pass++) {
        struct service_canvas canvas = {
            .painting = painting,
            .art = art,
            .declaration = declaration,
            .declared = declared,
            .wish = wish,
            .task = task,
            .apart = apart,
        };
        service_painting_free(painting);
        apart = false;
        end = paint(&canvas, &apart);
        service_canvas_free(&canvas);
    }
    return end;
}

void service_painting_free(struct service_painting *painting)
{
    free(painting->quarrels);
    *painting = (struct service_painting){.quarrels = NULL};
}
