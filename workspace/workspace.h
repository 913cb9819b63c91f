/* A workspace as a frozen snapshot: docs/contracts/workspace.md.
 *
 * Loading reads assets/.prometeu/index.json and every declaration of the build set; it writes nothing and never reads
 * outside assets/. Sources are opened and hashed by whoever packs or verifies them, through the functions below.
 *
 * Ownership: a workspace owns everything it lends until workspace_close. Threads: a loaded workspace is read-only and
 * may be shared. */
#ifndef PRPACK_WORKSPACE_WORKSPACE_H
#define PRPACK_WORKSPACE_WORKSPACE_H

#include "base/file.h"
#include "base/findings.h"
#include "workspace/stamp.h"

#include <stdbool.h>
#include <stdint.h>

struct cJSON;

/* One record of index.json. */
struct workspace_record {
    int32_t asset_id;
    char *asset_uuid; /* 36 characters, lower case */
    char *root;       /* relative to assets/, '/' separated */
    bool included_in_build;
};

struct workspace_registry {
    struct workspace_record *records; /* in rising asset_id */
    size_t count;
    int64_t next_asset_id;
};

enum workspace_asset_type { WORKSPACE_ASSET_GLYPH, WORKSPACE_ASSET_SOUND, WORKSPACE_ASSET_SCENE };
enum workspace_format { WORKSPACE_FORMAT_GLYPH_INDEXED, WORKSPACE_FORMAT_SOUND_PCM16LE, WORKSPACE_FORMAT_RAW };

/* One declared palette of a GLYPH asset. */
struct workspace_palette_input {
    uint32_t index; /* 0 … 63 */
    size_t input;   /* index into inputs of the declaration */
};

/* One input file, in the order of asset_table_metadata.json: roles by code point, then list order. */
struct workspace_input {
    const char *role; /* static: "palettes", "sources" or "sprites" */
    char *path;       /* relative to the asset root */
};

struct workspace_declaration {
    struct workspace_content anchor; /* asset.json as it was read; all zero when the text came from elsewhere */
    char *asset_uuid;                /* NULL when the declaration has none yet ("" or absent): only `add` takes that */
    char *name;
    size_t name_at; /* position of the name in asset.json */
    enum workspace_asset_type type;
    enum workspace_format format;
    struct workspace_input *inputs;
    size_t input_count;
    struct workspace_palette_input *palettes; /* in rising index */
    size_t palette_count;
    bool has_palettes;  /* the role `palettes` is there, even if empty */
    uint32_t tile_size; /* GLYPH/indexed_v1: 8, 16 or 32 */
    bool has_decoded_size;
    uint64_t decoded_size; /* raw formats */
    struct cJSON
        *metadata; /* output.metadata, an object; NULL in a kept asset only. Its integers are within +-(2^53-1) */
    struct cJSON *pipeline; /* output.pipeline, or NULL */
    bool preload;
    bool has_slot;
    uint32_t slot; /* 0 … 15 */
};

struct workspace_asset {
    const struct workspace_record *record;
    bool kept; /* WORKSPACE_KNOWN_KEPT */
    struct workspace_declaration declaration;
};

struct workspace {
    char *directory; /* the project directory as the user named it */
    int assets_fd;   /* the directory assets/ */
    struct workspace_registry registry;
    struct workspace_asset *assets; /* the build set, in rising asset_id */
    size_t asset_count;
    char **unregistered; /* roots of anchors that no record names, in byte order; relative to assets/ */
    size_t unregistered_count;
};

/* What workspace_close leaves, and what it also accepts. */
#define WORKSPACE_EMPTY ((struct workspace){.assets_fd = -1})

/* Opens the workspace in `directory` and loads the registry only (no declarations, no scan). Returns false with the
 * reason in findings; *workspace is then empty. */
bool workspace_open(struct workspace *workspace, const char *directory, struct base_findings *findings);

/* Loads every declaration of the build set; reports all faults. True when there was none of severity error. On false
 * `assets` holds those that could be loaded. May be called again: it starts afresh. */
bool workspace_load(struct workspace *workspace, struct base_findings *findings);

/* What is known of a declaration before the workspace is loaded. */
enum workspace_knowledge {
    WORKSPACE_KNOWN_NOT,    /* it has to be loaded */
    WORKSPACE_KNOWN_LOADED, /* by workspace_load_record */
    WORKSPACE_KNOWN_FAULTY, /* likewise; its faults are reported */
    WORKSPACE_KNOWN_KEPT,   /* from an earlier run: everything but roles, format, metadata, pipeline, palettes and
                               tile_size */
};

/* Fills the declaration of a record when it is LOADED or KEPT; the workspace then owns it. */
typedef enum workspace_knowledge (*workspace_known_declaration)(void *context, const struct workspace_record *record,
                                                                struct workspace_declaration *declaration);

/* Loads as workspace_load does, but what is known. The rules between declarations are judged for all. */
bool workspace_load_unknown(struct workspace *workspace, workspace_known_declaration known, void *context,
                            struct base_findings *findings);

/* Looks for unregistered anchors below assets/: fills `unregistered`, adds a warning for each. A directory that cannot
 * be read is a warning too. False only when memory ran out. */
bool workspace_scan(struct workspace *workspace, struct base_findings *findings);

void workspace_close(struct workspace *workspace);

/* Loads the declaration of one record, in the build set or not, as workspace_load would. On false *declaration is
 * empty. */
bool workspace_load_record(const struct workspace *workspace, const struct workspace_record *record,
                           struct workspace_declaration *declaration, struct base_findings *findings);

/* Loads the declaration of a root (relative to assets/), registered or not: no uuid is asked for. Findings name it
 * "assets/ROOT/asset.json", whatever the workspace's directory. On false *declaration is empty. */
bool workspace_declaration_load(int assets_fd, const char *root, struct workspace_declaration *declaration,
                                struct base_findings *findings);
/* Accepts an empty one. */
void workspace_declaration_free(struct workspace_declaration *declaration);

/* Opens an input of an asset for reading, below the asset's root. Reports a clear finding (input-missing,
 * input-not-regular, path-outside, environment-read) and returns false on failure; *file is then closed. Uses no
 * state of the workspace that changes: many threads may do it at once, each with its own findings. */
bool workspace_input_open(const struct workspace *workspace, const struct workspace_asset *asset, size_t input,
                          struct base_file *file, struct base_findings *findings);
/* DIRECTORY/assets/ROOT/PATH as the user would type it, "assets/ROOT/PATH" when the directory is ".": what findings
 * name. Caller frees; NULL when memory ran out. */
char *workspace_input_display(const struct workspace *workspace, const struct workspace_asset *asset, size_t input);

/* "GLYPH/indexed_v1" and so on, and the bank's name alone. Static. */
const char *workspace_format_name(enum workspace_asset_type type, enum workspace_format format);
const char *workspace_asset_type_name(enum workspace_asset_type type); /* "glyph_bank" … */
const char *workspace_asset_bank_name(enum workspace_asset_type type); /* "GLYPH" … */

#endif
