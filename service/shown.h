/* The result of show: what is known of one registered asset, and of its place in the last build:
 * docs/contracts/workspace.md, 8.5. */
#ifndef PRPACK_SERVICE_SHOWN_H
#define PRPACK_SERVICE_SHOWN_H

#include "base/hash_value.h"
#include "base/names.h"

enum { SERVICE_SHOWN_COLOURS = 16 };

/* One input of the declaration. What could not be read is not known. */
struct service_shown_input {
    const char *role; /* static */
    char *path;       /* below the root */
    bool has_index;
    unsigned index; /* of a palette; of a sprite, the palette that it asks for */
    bool has_tile;
    unsigned tile; /* that a sprite asks for */

    bool readable; /* size and hash are known */
    uint64_t size; /* in bytes */
    struct base_hash hash;

    bool is_picture;
    uint32_t width; /* in pixels */
    uint32_t height;
    bool has_tiles;
    uint64_t tiles; /* that the picture has, when it is a whole number of them or is padded */

    size_t colour_count;                     /* of a palette file, or of a PNG that brings its palette */
    uint32_t colours[SERVICE_SHOWN_COLOURS]; /* 0xRRGGBB */

    bool is_sound;
    uint32_t sample_rate; /* in Hz */
    uint32_t channels;    /* of the source */
    uint64_t frames;
};

/* What the set in the output directory says of the asset. */
enum service_built {
    SERVICE_BUILT_NOTHING,    /* there is no assets.pa */
    SERVICE_BUILT_UNREADABLE, /* the set is damaged, or its files do not belong together */
    SERVICE_BUILT_WITHOUT,    /* the set does not have the asset */
    SERVICE_BUILT_WITH
};

enum service_source_change {
    SERVICE_SOURCE_MODIFIED,
    SERVICE_SOURCE_MISSING,
    SERVICE_SOURCE_ADDED,   /* it is an input now, and was none */
    SERVICE_SOURCE_DROPPED, /* the other way round */
    SERVICE_SOURCE_MOVED,   /* the directory of the asset */
    SERVICE_SOURCE_UNKNOWN  /* it could not be compared */
};

struct service_changed_source {
    char *path; /* below the root; of SERVICE_SOURCE_MOVED: the root that the build has */
    enum service_source_change change;
};

/* Whether the asset has the sources that the build has it from. */
enum service_sources { SERVICE_SOURCES_SAME, SERVICE_SOURCES_CHANGED, SERVICE_SOURCES_UNKNOWN };

struct service_shown_build {
    char *directory; /* as the user would type it; NULL: it was not looked at */
    enum service_built built;

    /* Sizes and positions are in bytes. */
    bool has_slice; /* as with SERVICE_BUILT_WITH; else what follows is not set */
    char *name;
    uint64_t position; /* in assets.pa */
    uint64_t offset;   /* from payload_offset on */
    uint64_t size;
    uint64_t decoded_size;
    bool has_slot;
    unsigned slot;
    struct base_hash payload_hash;
    struct base_hash decoded_hash;
    char *tiles; /* JSON of an array on one line; NULL: it has none */
    enum service_sources sources;
    struct service_changed_source *changes; /* in byte order of their paths, asset.json and the root first */
    size_t change_count;
};

struct service_shown {
    bool known; /* the asset was found: else nothing else is set */
    int32_t asset_id;
    char *asset_uuid;
    char *root; /* relative to assets/ */
    char *path; /* of the root, as the user would type it */
    bool included;
    bool present; /* the root is a directory */

    char *anchor;       /* path of asset.json, as the user would type it */
    bool valid;         /* the declaration was accepted: what follows is set */
    char *name;         /* NULL: not known */
    const char *type;   /* static, as are the next two */
    const char *format; /* "GLYPH/indexed_v1" */
    const char *bank;   /* "GLYPH" */
    char *metadata;     /* JSON of an object on one line */
    char *pipeline;     /* likewise, or NULL */
    bool has_tile_size;
    unsigned tile_size;
    bool preload;
    bool has_slot;
    unsigned slot;
    struct service_shown_input *inputs; /* in the order of asset_table_metadata.json */
    size_t input_count;
    struct base_names undeclared; /* files, and directories with a '/' at the end, that the declaration does not name */

    struct service_shown_build build;
};

#endif
