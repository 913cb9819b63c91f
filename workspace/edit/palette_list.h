/* Palettes that are added to an asset.json as text: every byte of it stays, but for what is inserted. */
#ifndef PRPACK_WORKSPACE_EDIT_PALETTE_LIST_H
#define PRPACK_WORKSPACE_EDIT_PALETTE_LIST_H

#include "base/bytes.h"
#include "base/text.h"

#include <stdint.h>

/* A palette that the declaration gets. The path needs no escape in JSON. */
struct workspace_new_palette {
    uint32_t index;
    char *path;
};

/* Appends the text of a declaration that was accepted, with the palettes at the end of its list, or as its list. */
void workspace_palette_list_print(struct base_bytes text, const struct workspace_new_palette *palettes, size_t count,
                                  struct base_text *out);

#endif
