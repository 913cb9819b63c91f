/* What a workspace consists of, as structs: records, registry, declarations, assets. docs/contracts/workspace.md, 2
 * and 3.
 *
 * Ownership: each struct owns what it points to, unless a comment says otherwise. Texts end with NUL. */
#ifndef PRPACK_WORKSPACE_MODEL_MODEL_H
#define PRPACK_WORKSPACE_MODEL_MODEL_H

#include "base/stamp.h"
#include "workspace/model/format.h"
#include "workspace/model/limits.h"

struct cJSON;

/* One record of index.json. */
struct workspace_record {
    int32_t asset_id;
    char *asset_uuid; /* 36 characters, lower case */
    char *root;       /* relative to assets/, '/' separated */
    bool included_in_build;
};

struct workspace_registry {
    char *schema;                     /* its member $schema, which is for editors, or NULL */
    struct workspace_record *records; /* in rising asset_id */
    size_t count;
    int64_t next_asset_id;
};

/* One declared palette of a GLYPH asset. */
struct workspace_palette_input {
    uint32_t index; /* below WORKSPACE_PALETTE_COUNT */
    size_t input;   /* index into inputs of the declaration */
};

/* What an input is for, in the order of the names: palettes, sources, sprites. */
enum workspace_role { WORKSPACE_ROLE_PALETTES, WORKSPACE_ROLE_SOURCES, WORKSPACE_ROLE_SPRITES };

/* One input file, in the order of asset_table_metadata.json: by role, then in list order. */
struct workspace_input {
    enum workspace_role role;
    char *path; /* relative to the asset root */

    /* Of a sprite that is an object: */
    bool has_tile;
    uint32_t tile; /* below WORKSPACE_TILE_COUNT */
    bool has_palette;
    uint32_t palette; /* below WORKSPACE_PALETTE_COUNT */
};

/* 3.5: what a pixel is in a picture without transparency. */
enum workspace_transparent {
    WORKSPACE_TRANSPARENT_ABSENT, /* index 0 of an indexed PNG is transparent, with a warning */
    WORKSPACE_TRANSPARENT_ALPHA,  /* every pixel is opaque */
    WORKSPACE_TRANSPARENT_INDEX   /* entry 0 of the palette is the transparent colour */
};

/* 3.5: the members of output.pipeline that decide how pictures are packed. */
struct workspace_picture_rules {
    enum workspace_transparent transparent;
    bool banked; /* an index names palette and entry */
    bool pad;    /* up to whole tiles */
};

/* 3.5: which samples of a stereo source are packed. */
enum workspace_channels {
    WORKSPACE_CHANNELS_ALL, /* not declared */
    WORKSPACE_CHANNELS_LEFT,
    WORKSPACE_CHANNELS_RIGHT,
    WORKSPACE_CHANNELS_MIX
};

struct workspace_declaration {
    struct base_content anchor; /* asset.json as it was read; all zero when the text came from elsewhere */
    char *asset_uuid;           /* NULL when the declaration has none yet ("" or absent): only `add` takes that */
    char *name;
    size_t name_at; /* position of the name in asset.json */
    enum workspace_asset_type type;
    enum workspace_format format;
    struct workspace_input *inputs;
    size_t input_count;
    struct workspace_palette_input *palettes; /* in rising index */
    size_t palette_count;
    bool has_palettes;                    /* the role `palettes` is there, even if empty */
    uint32_t tile_size;                   /* GLYPH/indexed_v1 */
    struct workspace_picture_rules rules; /* likewise */
    enum workspace_channels channels;     /* SOUNDS/pcm16le_v1 */
    bool loop_of_source;                  /* likewise */
    bool has_decoded_size;
    uint64_t decoded_size;  /* raw formats */
    struct cJSON *metadata; /* output.metadata, an object. Its integers are within +-(2^53-1) */
    struct cJSON *pipeline; /* output.pipeline, or NULL */
    bool preload;
    bool has_slot;
    uint32_t slot; /* below WORKSPACE_SLOT_COUNT */
};

struct workspace_asset {
    const struct workspace_record *record;
    struct workspace_declaration declaration;
    bool is_unwritten; /* its asset.json is still to be written: findings about it name the root */
    const struct workspace_declaration *written; /* where `declaration` is an update that is not written yet: what
                                                    asset.json has; else NULL. Borrowed */
};

/* As it is declared; NULL for WORKSPACE_CHANNELS_ALL. */
const char *workspace_channels_name(enum workspace_channels channels);

/* The record of an asset, or NULL. */
const struct workspace_record *workspace_registry_find(const struct workspace_registry *registry, int32_t asset_id);

/* Each accepts an empty one and leaves it empty. */
void workspace_record_free(struct workspace_record *record);
void workspace_registry_free(struct workspace_registry *registry);
void workspace_declaration_free(struct workspace_declaration *declaration);

#endif
