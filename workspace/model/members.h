/* The members of index.json and asset.json: docs/contracts/workspace.md, 2 and 3.
 *
 * The tables are what documents are checked against, and what the JSON Schemas for editors are printed from
 * (docs/schemas/), so an editor asks for the same members. Constant; shared by all threads. */
#ifndef PRPACK_WORKSPACE_MODEL_MEMBERS_H
#define PRPACK_WORKSPACE_MODEL_MEMBERS_H

#include "workspace/model/format.h"
#include "json/object.h"

/* What a value of the right kind has to be. */
enum workspace_rule {
    WORKSPACE_RULE_NONE,
    WORKSPACE_RULE_RANGE, /* an integer from `least` to `most` */
    WORKSPACE_RULE_WORD,  /* `word` and no other string */
    WORKSPACE_RULE_UUID,
    WORKSPACE_RULE_UUID_OR_EMPTY,
    WORKSPACE_RULE_NAME,
    WORKSPACE_RULE_TYPE,     /* of an asset */
    WORKSPACE_RULE_FORMAT,   /* of an asset */
    WORKSPACE_RULE_PATH,     /* plain and relative */
    WORKSPACE_RULE_ROOT,     /* such a path, and not in the directory of the registry */
    WORKSPACE_RULE_MEMBERS,  /* an object of `table` */
    WORKSPACE_RULE_EMPTY,    /* an object without a member */
    WORKSPACE_RULE_INPUTS,   /* an object of the roles of the format */
    WORKSPACE_RULE_METADATA, /* a tree that the pack can carry; the format says which members it has */
    WORKSPACE_RULE_PIPELINE, /* likewise */
    WORKSPACE_RULE_LIST,     /* at least `least` and, unless it is 0, at most `most` objects of `table`; without one,
                                paths */
    WORKSPACE_RULE_SPRITES   /* the same, but each is a path or an object of `table` */
};

struct workspace_table;

struct workspace_member {
    const char *name;
    const char *title;       /* as an editor shows it */
    const char *description; /* likewise: what it means, and when it may be absent */
    const char *example;     /* JSON */
    unsigned kinds;          /* JSON_KIND_… */
    bool required;
    enum workspace_rule rule;
    const char *word;
    int64_t least;
    int64_t most;
    const struct workspace_table *table;
};

/* An object. */
struct workspace_table {
    const char *what; /* in messages: "a record"; NULL: the file or the format says it */
    const struct workspace_member *members;
    size_t count;
};

/* The places of members in their tables. */
enum {
    WORKSPACE_REGISTRY_SCHEMA,
    WORKSPACE_REGISTRY_NEXT,
    WORKSPACE_REGISTRY_ASSETS,
    WORKSPACE_REGISTRY_EDITOR_SCHEMA,
    WORKSPACE_REGISTRY_MEMBERS
};
enum {
    WORKSPACE_RECORD_ID,
    WORKSPACE_RECORD_UUID,
    WORKSPACE_RECORD_ROOT,
    WORKSPACE_RECORD_INCLUDED,
    WORKSPACE_RECORD_MEMBERS
};
enum {
    WORKSPACE_ANCHOR_SCHEMA,
    WORKSPACE_ANCHOR_UUID,
    WORKSPACE_ANCHOR_TITLE, /* its member name */
    WORKSPACE_ANCHOR_TYPE,
    WORKSPACE_ANCHOR_INPUTS,
    WORKSPACE_ANCHOR_OUTPUT,
    WORKSPACE_ANCHOR_PRELOAD,
    WORKSPACE_ANCHOR_BUILD,
    WORKSPACE_ANCHOR_EDITOR_SCHEMA,
    WORKSPACE_ANCHOR_MEMBERS
};
enum {
    WORKSPACE_OUTPUT_FORMAT,
    WORKSPACE_OUTPUT_CODEC,
    WORKSPACE_OUTPUT_METADATA,
    WORKSPACE_OUTPUT_PIPELINE,
    WORKSPACE_OUTPUT_CODEC_CONFIGURATION,
    WORKSPACE_OUTPUT_DECODED_SIZE,
    WORKSPACE_OUTPUT_MEMBERS
};
enum { WORKSPACE_PRELOAD_ENABLED, WORKSPACE_PRELOAD_SLOT, WORKSPACE_PRELOAD_MEMBERS };
enum { WORKSPACE_PALETTE_INDEX, WORKSPACE_PALETTE_PATH, WORKSPACE_PALETTE_MEMBERS };
enum { WORKSPACE_SPRITE_PATH, WORKSPACE_SPRITE_TILE, WORKSPACE_SPRITE_PALETTE, WORKSPACE_SPRITE_MEMBERS };
enum { WORKSPACE_PICTURES_PALETTES, WORKSPACE_PICTURES_SPRITES, WORKSPACE_PICTURES_MEMBERS };
enum { WORKSPACE_SOURCES_SOURCES, WORKSPACE_SOURCES_MEMBERS };

/* The largest number of members of a table. */
enum { WORKSPACE_MEMBERS_MAX = 16 };

extern const struct workspace_table workspace_members_registry;
extern const struct workspace_table workspace_members_record;
extern const struct workspace_table workspace_members_anchor;
extern const struct workspace_table workspace_members_output;
extern const struct workspace_table workspace_members_preload;
extern const struct workspace_table workspace_members_palette;
extern const struct workspace_table workspace_members_sprite;
extern const struct workspace_table workspace_members_pictures; /* inputs of GLYPH/indexed_v1 */
extern const struct workspace_table workspace_members_sources;  /* inputs of every other format */

/* A member of output.pipeline that has a meaning for one format; others are free. */
struct workspace_pipeline_member {
    const char *name;
    const char *title;
    const char *description;
    enum workspace_format format;
    const char *format_name;
    const char *values; /* as messages show them */
    const char *schema; /* the same as a JSON array */
};

enum {
    WORKSPACE_PIPELINE_TRANSPARENT,
    WORKSPACE_PIPELINE_INDICES,
    WORKSPACE_PIPELINE_PAD,
    WORKSPACE_PIPELINE_CHANNELS,
    WORKSPACE_PIPELINE_LOOP,
    WORKSPACE_PIPELINE_MEMBERS
};

extern const struct workspace_pipeline_member workspace_pipeline_members[WORKSPACE_PIPELINE_MEMBERS];

#endif
