/* The asset.json of an asset: docs/contracts/extract.md 2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_DECLARATION_H
#define PRPACK_EXPORT_DECLARATION_H

#include "base/text.h"
#include "reader/pack.h"

enum { EXPORT_DECLARATION_MOST = 1 << 20 }; /* bytes of an asset.json: workspace.md 1.2 */

/* An element of inputs.sprites. */
struct export_sprite {
    const char *path;
    uint32_t tile;
    bool has_palette;
    uint32_t palette;
};

/* All of it is borrowed. */
struct export_declaration {
    const char *asset_uuid;
    struct base_bytes name; /* in JSON, without the quotes */
    enum pp_bank bank;
    const char *format;
    const char *source;                  /* the one input; NULL: there are sprites */
    const struct export_sprite *sprites; /* with palettes 0 … palette_count - 1 */
    size_t sprite_count;
    uint32_t palette_count;
    struct base_bytes metadata; /* JSON of an object */
    struct base_bytes pipeline; /* likewise; empty: none */
    bool has_decoded_size;
    uint64_t decoded_size;
    bool preloaded;
    uint32_t slot;
};

/* The name of the file with palette `index`, with the NUL. */
enum { EXPORT_PALETTE_NAME_SIZE = 24 };
void export_palette_name(uint32_t index, char name[EXPORT_PALETTE_NAME_SIZE]);

/* Replaces the text by the document; *fits is false when it would be too long. Returns false when memory ran out. */
bool export_declaration_print(const struct export_declaration *declaration, struct base_text *text, bool *fits);

#endif
