/* What asset.json declares: docs/contracts/workspace.md, 3. */
#ifndef PRPACK_VERIFY_WORKSPACE_DECLARED_H
#define PRPACK_VERIFY_WORKSPACE_DECLARED_H

#include "reader/pack.h"
#include "verify/core/format.h"
#include "verify/workspace/document.h"

enum verify_source_format { VERIFY_SOURCE_RAW, VERIFY_SOURCE_GLYPH, VERIFY_SOURCE_SOUND };

/* Which samples of a source of two channels are packed. */
enum verify_channels { VERIFY_CHANNELS_NONE, VERIFY_CHANNELS_LEFT, VERIFY_CHANNELS_RIGHT, VERIFY_CHANNELS_MIX };

/* What says which pixels are transparent in a picture that has no transparency of its own. */
enum verify_transparent { VERIFY_TRANSPARENT_BY_PICTURE, VERIFY_TRANSPARENT_ALPHA, VERIFY_TRANSPARENT_INDEX };

/* One input. */
struct verify_declared_input {
    char *path;
    size_t at;                       /* position of the path in asset.json */
    uint32_t palette;                /* of a palette: its index; of a sprite with has_palette: that of its palette */
    bool has_tile;                   /* of a sprite: tile is fixed */
    bool has_palette;                /* of a sprite: palette is fixed */
    uint32_t tile;                   /* with has_tile: the first one */
    struct json_token tile_value;    /* with has_tile */
    struct json_token palette_value; /* with has_palette */
};

enum { VERIFY_PALETTE_INDICES = 64 };

/* What asset.json declares. `inputs` are in recorded order: role by role, in a role in list order. */
struct verify_declared {
    struct verify_document document; /* open: tokens are those of its text */
    char *path;                      /* of asset.json, as findings name it */
    enum verify_source_format format;
    enum pp_bank bank;
    char *name; /* its value */
    struct json_token name_value;
    struct verify_declared_input *inputs;
    size_t input_count;
    size_t capacity;
    size_t first_source;       /* index in inputs of the first sprite, or of the one source; before it come palettes */
    struct json_token lists;   /* the member inputs */
    bool has_palettes;         /* the role is there, even if empty */
    uint32_t palette_authored; /* one more than the highest index; 0: none is declared */
    uint32_t tile_size;        /* of VERIFY_SOURCE_GLYPH, and so are the next three: output.pipeline */
    enum verify_transparent transparent;
    bool banked;
    bool pad;
    struct json_token metadata;       /* kind JSON_END: absent */
    struct json_token pipeline;       /* likewise */
    struct json_token channels_value; /* of VERIFY_SOURCE_SOUND: output.pipeline.channels; JSON_END: absent */
    enum verify_channels channels;
    bool loop_of_source; /* of VERIFY_SOURCE_SOUND: output.pipeline.loop is "source" */
    bool has_decoded_size;
    uint64_t decoded_size; /* raw formats */
    bool preload;          /* preload.enabled */
    bool has_slot;         /* preload.slot is there */
    uint32_t slot;
    struct json_token type_value;
    struct json_token preload_value;
    struct json_token slot_value; /* without a slot that of preload */
};

#endif
