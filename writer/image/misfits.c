#include "writer/image/misfits.h"

#include "writer/image/pixels.h"
#include "writer/image/tile_colours.h"

#include <stdio.h>

/* What is in the way of one pixel, or of its tile. */
enum cause { CAUSE_NOWHERE, CAUSE_ENTRY_0, CAUSE_TOGETHER, CAUSES };

struct search {
    const struct writer_palette_set *palettes;
    const struct writer_unmatched *picture;
    uint64_t allowed;                   /* the candidates */
    struct writer_tile_colours colours; /* of the present tile */
    struct writer_tally misfits[CAUSES];
};

/* What is in the way of a colour of a tile that no candidate fits; CAUSES: nothing. */
static enum cause cause_of(const struct search *search, const struct writer_tile_colour *colour, bool together,
                           uint8_t nearest)
{
    if (together) {
        return (colour->drawn >> nearest & 1) == 0 ? CAUSE_TOGETHER : CAUSES;
    }
    if ((colour->drawn & search->allowed) != 0) {
        return CAUSES;
    }
    return (colour->first & search->allowed) != 0 ? CAUSE_ENTRY_0 : CAUSE_NOWHERE;
}

/* Whether each colour of the present tile is in a candidate. */
static bool has_each_alone(const struct search *search)
{
    bool has = true;
    for (size_t i = 0; has && i < search->colours.count; i++) {
        has = (search->colours.items[i].drawn & search->allowed) != 0;
    }
    return has;
}

static void look_at_tile(struct search *search, uint32_t tile)
{
    const struct writer_unmatched *picture = search->picture;
    const struct writer_area area = writer_area_of_tile(picture->grid, tile);
    writer_tile_colours_take(&search->colours, search->palettes, picture, tile);
    if ((writer_tile_colours_fit(&search->colours) & search->allowed) != 0) {
        return;
    }
    bool together = has_each_alone(search);
    uint8_t nearest = writer_tile_colours_nearest(&search->colours, search->allowed);
    for (uint32_t y = area.y; y < area.end_y; y++) {
        for (uint32_t x = area.x; x < area.end_x; x++) {
            size_t pixel = (size_t)y * picture->grid->width + x;
            if (!writer_unmatched_is_opaque(picture, pixel)) {
                continue;
            }
            uint32_t rgb = writer_image_colour(picture->image, pixel);
            enum cause cause = cause_of(search, writer_tile_colours_find(&search->colours, rgb), together, nearest);
            if (cause != CAUSES) {
                writer_tally_add(&search->misfits[cause], picture->grid, pixel);
            }
        }
    }
}

/* ---- Messages ---- */

/* A cause with the colour of its first pixel, and the palette that is nearest to the tile of it. */
struct misfit {
    enum cause cause;
    const struct writer_tally *tally;
    uint32_t rgb;
    uint8_t nearest;
};

static void say_fixed(struct base_text *text, const struct search *search, const struct misfit *misfit)
{
    writer_palette_name(text, search->palettes, misfit->nearest);
    base_text_add_string(text, search->palettes->items[misfit->nearest].file != NULL ? " " : ", ");
    base_text_add_string(text, "which the sprite asks for, lacks ");
    writer_tile_colours_lacking(text, &search->colours, misfit->nearest, misfit->rgb);
}

static void say_cause(struct base_text *text, const struct search *search, const struct misfit *misfit)
{
    const struct writer_tile_colour *colour = writer_tile_colours_find(&search->colours, misfit->rgb);
    uint8_t holder;
    switch (misfit->cause) {
    case CAUSE_NOWHERE:
        if (search->picture->candidates->fixed) {
            say_fixed(text, search, misfit);
        } else {
            base_text_add_string(text, "no palette of the asset has the colour");
        }
        return;
    case CAUSE_ENTRY_0:
        holder = writer_tile_colours_nearest(&search->colours, colour->first & search->allowed);
        writer_palette_name(text, search->palettes, holder);
        base_text_addf(text, " has the colour%s at entry 0 only, which is not drawn",
                       search->palettes->items[holder].colours[0] == misfit->rgb ? "" : ", or one of the same RGB565,");
        return;
    case CAUSE_TOGETHER:
    case CAUSES:
        break;
    }
    base_text_add_string(text, "no palette has all colours of a tile");
}

/* Which palette comes nearest, and what it lacks. */
static void say_nearest(struct base_text *text, const struct search *search, const struct misfit *misfit)
{
    size_t drawn = writer_tile_colours_drawn(&search->colours, misfit->nearest);
    bool said = misfit->cause == CAUSE_ENTRY_0 && (drawn == 0 || drawn + 1 == search->colours.count);
    if (search->picture->candidates->fixed || said) {
        return;
    }
    base_text_add_string(text, "; ");
    writer_palette_name(text, search->palettes, misfit->nearest);
    base_text_add_string(text, " is nearest: it lacks ");
    writer_tile_colours_lacking(text, &search->colours, misfit->nearest, misfit->rgb);
}

/* A palette that would fit, if the sprite did not ask for another one. */
static void say_other(struct base_text *text, const struct search *search)
{
    uint64_t fit = writer_tile_colours_fit(&search->colours);
    uint32_t other = 0;
    while (other < search->palettes->authored && (fit >> other & 1) == 0) {
        other++;
    }
    if (other < search->palettes->authored) {
        base_text_add_string(text, "; ");
        writer_palette_name(text, search->palettes, (uint8_t)other);
        base_text_add_string(text, " has all colours of the tile");
    }
}

static void report_misfit(const struct search *search, struct misfit *misfit, const struct writer_reporter *report)
{
    const struct writer_grid *grid = search->picture->grid;
    char colour[16];
    struct base_text text = BASE_TEXT_EMPTY;
    misfit->nearest = writer_tile_colours_nearest(&search->colours, search->allowed);
    (void)snprintf(colour, sizeof colour, "#%06x", (unsigned)misfit->rgb);
    say_cause(&text, search, misfit);
    base_text_addf(&text, "; %s", writer_tally_text(misfit->tally, grid).text);
    say_nearest(&text, search, misfit);
    say_other(&text, search);
    struct base_details details = {
        .place = writer_pixels_place(report, misfit->tally, grid),
        .actual = colour,
        .cause = misfit->cause == CAUSE_ENTRY_0 ? DIAG_CAUSE_COLOUR_UNDRAWN : DIAG_CAUSE_NONE,
    };
    details.place.has_palette = true;
    details.place.palette = misfit->nearest;
    (void)writer_report(report, DIAG_PIXEL_INEXPRESSIBLE, &details, "%s", base_text_string(&text));
    base_text_release(&text, &report->findings->out_of_memory);
}

void writer_report_misfits(const struct writer_palette_set *palettes, const struct writer_unmatched *picture,
                           const struct writer_reporter *report)
{
    struct search search = {
        .palettes = palettes,
        .picture = picture,
        .allowed = writer_candidates_set(picture->candidates),
    };
    for (uint32_t tile = 0; tile < picture->grid->columns * picture->grid->rows; tile++) {
        look_at_tile(&search, tile);
    }
    for (unsigned cause = 0; cause < CAUSES; cause++) {
        const struct writer_tally *tally = &search.misfits[cause];
        if (tally->pixels > 0) {
            struct misfit misfit = {
                .cause = (enum cause)cause,
                .tally = tally,
                .rgb = writer_image_colour(picture->image, tally->first) & 0xFFFFFF,
            };
            writer_tile_colours_take(&search.colours, palettes, picture, writer_grid_tile(picture->grid, tally->first));
            report_misfit(&search, &misfit, report);
        }
    }
}
