/* Palette files as text: docs/contracts/workspace.md, 3.2.1.
 *
 * Threads: no shared state. */
#ifndef PRPACK_SERVICE_PALETTES_GPL_H
#define PRPACK_SERVICE_PALETTES_GPL_H

#include "base/text.h"
#include "writer/image/palette_set.h"

/* Appends a GIMP palette. */
void service_gpl_print(const struct writer_palette *palette, uint32_t index, struct base_text *text);

/* Appends a palette file with further colours after its own; all other bytes stay, but for the count of a JASC file.
 * False when the file is not a text of a kind that can be extended so. */
bool service_palette_extend(struct base_bytes file, const uint32_t *colours, uint32_t count, struct base_text *text);

#endif
