/* Adds inputs to the text of an asset.json: text is inserted, and every other byte stays. */
#ifndef PRPACK_WORKSPACE_EDIT_INPUT_LISTS_H
#define PRPACK_WORKSPACE_EDIT_INPUT_LISTS_H

#include "base/bytes.h"
#include "base/text.h"

#include <stdint.h>

/* A new palette of the declaration. The path is UTF-8. */
struct workspace_new_palette {
    uint32_t index;
    char *path;
};

/* Appends the text of a declaration that was accepted, with the palettes at the end of its list, or as its list. */
void workspace_input_lists_add_palettes(struct base_bytes text, const struct workspace_new_palette *palettes,
                                        size_t count, struct base_text *out);

/* The same with the sprites, whose paths are UTF-8, at the end of their list: it is there. */
void workspace_input_lists_add_sprites(struct base_bytes text, const char *const *sprites, size_t count,
                                       struct base_text *out);

#endif
