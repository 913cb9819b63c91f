/* A workspace as a frozen snapshot: docs/contracts/workspace.md.
 *
 * Loading reads assets/.prometeu/index.json and every declaration of the build set; it writes nothing and never reads
 * outside assets/. Sources are opened and hashed by whoever packs or verifies them, through the functions below.
 *
 * Ownership: a workspace owns everything it lends until pp_workspace_close. Threads: a loaded workspace is read-only and
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
struct pp_record {
    int32_t asset_id;
    char *asset_uuid; /* 36 characters, lower case */
    char *root;       /* relative to assets/, '/' separated */
    bool included_in_build;
};

struct pp_registry {
    struct pp_record *records; /* in rising asset_id */
    size_t count;
    int64_t next_asset_id;
};

enum pp_asset_type { PP_ASSET_GLYPH, PP_ASSET_SOUND, PP_ASSET_SCENE };
enum pp_format { PP_FORMAT_GLYPH_INDEXED, PP_FORMAT_SOUND_PCM16LE, PP_FORMAT_RAW };

/* One declared palette of a GLYPH asset. */
struct pp_palette_input {
    uint32_t index; /* 0 … 63 */
    size_t input;   /* index into inputs of the declaration */
};

/* One input file, in the order of asset_table_metadata.json: roles by code point, then list order. */
struct pp_input {
    const char *role; /* static: "palettes", "sources" or "sprites" */
    char *path;       /* relative to the asset root */
};

struct pp_declaration {
    struct pp_seen anchor; /* asset.json as it was read; all zero when the text came from elsewhere */
    char *asset_uuid;      /* NULL when the declaration has none yet ("" or absent): only `add` takes that */
    char *name;
    size_t name_at; /* position of the name in asset.json */
    enum pp_asset_type type;
    enum pp_format format;
    struct pp_input *inputs;
    size_t input_count;
    struct pp_palette_input *palettes; /* in rising index */
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

struct pp_asset {
    const struct pp_record *record;
    bool kept; /* PP_KNOWN_KEPT */
    struct pp_declaration declaration;
};

struct pp_workspace {
    char *directory; /* the project directory as the user named it */
    int assets_fd;   /* the directory assets/ */
    struct pp_registry registry;
    struct pp_asset *assets; /* the build set, in rising asset_id */
    size_t asset_count;
    char **unregistered; /* roots of anchors that no record names, in byte order; relative to assets/ */
    size_t unregistered_count;
};

/* What pp_workspace_close leaves, and what it also accepts. */
#define PP_WORKSPACE_EMPTY ((struct pp_workspace){.assets_fd = -1})

/* Opens the workspace in `directory` and loads the registry only (no declarations, no scan). Returns false with the
 * reason in findings; *workspace is then empty. */
bool pp_workspace_open(struct pp_workspace *workspace, const char *directory, struct pp_findings *findings);

/* Loads every declaration of the build set; reports all faults. True when there was none of severity error. On false
 * `assets` holds those that could be loaded. May be called again: it starts afresh. */
bool pp_workspace_load(struct pp_workspace *workspace, struct pp_findings *findings);

/* What is known of a declaration before the workspace is loaded. */
enum pp_known {
    PP_KNOWN_NOT,    /* it has to be loaded */
    PP_KNOWN_LOADED, /* by pp_workspace_load_record */
    PP_KNOWN_FAULTY, /* likewise; its faults are reported */
    PP_KNOWN_KEPT,   /* from an earlier run: everything but roles, format, metadata, pipeline, palettes and tile_size */
};

/* Fills the declaration of a record when it is LOADED or KEPT; the workspace then owns it. */
typedef enum pp_known (*pp_known_declaration)(void *context, const struct pp_record *record,
                                              struct pp_declaration *declaration);

/* Loads as pp_workspace_load does, but what is known. The rules between declarations are judged for all. */
bool pp_workspace_load_unknown(struct pp_workspace *workspace, pp_known_declaration known, void *context,
                               struct pp_findings *findings);

/* Looks for unregistered anchors below assets/: fills `unregistered`, adds a warning for each. A directory that cannot
 * be read is a warning too. False only when memory ran out. */
bool pp_workspace_scan(struct pp_workspace *workspace, struct pp_findings *findings);

void pp_workspace_close(struct pp_workspace *workspace);

/* Loads the declaration of one record, in the build set or not, as pp_workspace_load would. On false *declaration is
 * empty. */
bool pp_workspace_load_record(const struct pp_workspace *workspace, const struct pp_record *record,
                              struct pp_declaration *declaration, struct pp_findings *findings);

/* Loads the declaration of a root (relative to assets/), registered or not: no uuid is asked for. Findings name it
 * "assets/ROOT/asset.json", whatever the workspace's directory. On false *declaration is empty. */
bool pp_declaration_load(int assets_fd, const char *root, struct pp_declaration *declaration,
                         struct pp_findings *findings);
/* Accepts an empty one. */
void pp_declaration_free(struct pp_declaration *declaration);

/* Opens an input of an asset for reading, below the asset's root. Reports a clear finding (input-missing,
 * input-not-regular, path-outside, environment-read) and returns false on failure; *file is then closed. Uses no
 * state of the workspace that changes: many threads may do it at once, each with its own findings. */
bool pp_input_open(const struct pp_workspace *workspace, const struct pp_asset *asset, size_t input,
                   struct pp_file *file, struct pp_findings *findings);
/* DIRECTORY/assets/ROOT/PATH as the user would type it, "assets/ROOT/PATH" when the directory is ".": what findings
 * name. Caller frees; NULL when memory ran out. */
char *pp_input_display(const struct pp_workspace *workspace, const struct pp_asset *asset, size_t input);

/* "GLYPH/indexed_v1" and so on, and the bank's name alone. Static. */
const char *pp_format_name(enum pp_asset_type type, enum pp_format format);
const char *pp_asset_type_name(enum pp_asset_type type); /* "glyph_bank" … */
const char *pp_asset_bank_name(enum pp_asset_type type); /* "GLYPH" … */

#endif
