/* Palettes of up to 16 colours, and the set of up to 64 of them that a sheet carries.
 *
 * Threads: a set that is no longer changed may be shared. */
#ifndef PRPACK_WRITER_IMAGE_PALETTE_SET_H
#define PRPACK_WRITER_IMAGE_PALETTE_SET_H

#include "writer/layout.h"

#include <stdbool.h>
#include <stddef.h>

/* Colours are 0xRRGGBB; two that are one in RGB565 are equal everywhere. count 0: no palette. */
struct writer_palette {
    uint32_t count;
    uint32_t colours[WRITER_PALETTE_COLOURS];
    const char *file; /* that it is from, as it is declared; borrowed. NULL: not known */
};

/* items[authored]; an item that was not declared has no colours. Zero-initialise with WRITER_PALETTE_SET_EMPTY. */
struct writer_palette_set {
    struct writer_palette *items;
    uint32_t authored; /* one more than the highest palette there is: 0 … 64 */
};

#define WRITER_PALETTE_SET_EMPTY ((struct writer_palette_set){.items = NULL})

enum writer_palette_added {
    WRITER_PALETTE_ADDED,
    WRITER_PALETTE_KNOWN,
    WRITER_PALETTE_NO_ROOM,
    WRITER_PALETTE_NO_MEMORY
};

/* Makes room for palettes 0 … authored-1, all empty. False when memory ran out. The set was empty. */
bool writer_palette_set_reserve(struct writer_palette_set *set, uint32_t authored);

/* Whether the colours of one palette are the first ones of the other, in either direction. */
bool writer_palette_is_kin(const struct writer_palette *a, const struct writer_palette *b);

/* Appends a palette unless it is the beginning of one that is there, or one that is there is its beginning: the longer
 * one of the first such two then stays in its place. */
enum writer_palette_added writer_palette_set_add(struct writer_palette_set *set, const struct writer_palette *palette);

/* Adds palette `index`, which is at most `authored`, to the one that is there already, if any: the longer one stays.
 * WRITER_PALETTE_NO_ROOM: neither is the beginning of the other. */
enum writer_palette_added writer_palette_set_put(struct writer_palette_set *set, uint32_t index,
                                                 const struct writer_palette *palette);

/* The first palette that begins with all colours of this one, or -1. After all palettes were added it is the one that
 * writer_palette_set_add has found or made for it. */
int writer_palette_set_find(const struct writer_palette_set *set, const struct writer_palette *palette);

void writer_palette_set_free(struct writer_palette_set *set);

/* The lowest of the entries 1 … 15 that has a colour 0xRRGGBB, or -1. Entry 0 is not drawn. */
int writer_palette_find(const struct writer_palette *palette, uint32_t colour);

/* Stores all 64 palettes as RGB565; what is not authored is zero. */
void writer_palette_set_store(const struct writer_palette_set *set, uint8_t out[WRITER_PALETTE_TABLE_BYTES]);

#endif
