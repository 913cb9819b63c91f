/* A palette file as `inputs` of asset.json names it. */
#ifndef PRPACK_WORKSPACE_PALETTE_TEXT_H
#define PRPACK_WORKSPACE_PALETTE_TEXT_H

#include "base/text.h"

#include <stdint.h>

/* Appends {"index": 0, "path": "NAME"}. */
void workspace_print_palette(struct base_text *text, uint32_t index, const char *path);

#endif
