/* asset.json as `add` writes it where there is none. */
#ifndef PRPACK_WORKSPACE_EDIT_DRAFT_H
#define PRPACK_WORKSPACE_EDIT_DRAFT_H

#include "base/text.h"
#include "workspace/edit/files.h"
#include "workspace/model/format.h"

struct workspace_draft {
    const struct workspace_format_facts *facts;
    const char *name;
    const char *asset_uuid;
    struct workspace_files files;
    uint32_t tile_size;   /* GLYPH only */
    bool marked;          /* entry 0 of the palettes is the transparent colour, and is declared so */
    bool pad;             /* sprites are padded to whole tiles, and that is declared */
    const char *channels; /* which channel of a stereo sound is packed; or NULL */
    bool preload;
    int slot; /* or -1 */
};

/* Appends the draft as asset.json. */
void workspace_draft_print(const struct workspace_draft *draft, struct base_text *text);

#endif
