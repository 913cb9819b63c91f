/* The colours of a palette file: a second reading, written from workspace.md 3.2.1 alone. */
#ifndef PRPACK_VERIFY_SOURCES_PALETTE_READ_H
#define PRPACK_VERIFY_SOURCES_PALETTE_READ_H

#include "base/bytes.h"

enum {
    VERIFY_PALETTE_ENTRIES = 16,
    VERIFY_PALETTE_FILE_MAX = 65536, /* bytes of a palette file */
};

struct verify_palette_colour {
    uint8_t red, green, blue;
};

/* Entry i is colours[i]; the file has none from count on. */
struct verify_palette {
    size_t count; /* 1 … VERIFY_PALETTE_ENTRIES */
    struct verify_palette_colour colours[VERIFY_PALETTE_ENTRIES];
};

/* Why a file is not a palette. */
struct verify_palette_fault {
    const char *text; /* static */
    size_t at;        /* the first byte of the line at fault; the size of the file when a line is missing */
};

/* Whether the content is read as an image and not as text. `file` may be the first eight bytes alone. */
bool verify_palette_is_png(struct base_bytes file);

/* Reads a .gpl, JASC .pal or .hex of at most VERIFY_PALETTE_FILE_MAX bytes. False when it is another file, with the
 * reason in *fault; *palette is then unchanged. Pure: any number of threads may call it. */
bool verify_palette_read(struct base_bytes file, struct verify_palette *palette, struct verify_palette_fault *fault);

#endif
