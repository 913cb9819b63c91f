/* The parts of prpack add, for each other: docs/contracts/workspace.md, 6. */
#ifndef PRPACK_WORKSPACE_EDIT_ADD_H
#define PRPACK_WORKSPACE_EDIT_ADD_H

#include "base/names.h"
#include "base/text.h"
#include "workspace/declaration/format.h"
#include "workspace/edit/edit.h"
#include "workspace/registry/uuid.h"

/* One `add` in progress. */
struct workspace_addition {
    struct workspace *workspace;
    const struct workspace_add_options *options;
    struct base_findings *findings;

    bool has_type; /* what the options ask for */
    enum workspace_asset_type type;
    const struct workspace_format_facts *facts; /* or NULL */

    const char *typed; /* the operand */
    char *root;        /* relative to assets/ */
    int root_fd;
    char *root_display;
    char *anchor_display;

    char asset_uuid[WORKSPACE_UUID_SIZE + 1];
    struct workspace_declaration declaration; /* as it will stand */
    struct base_text text;                    /* of asset.json, when it is to be written; else empty */
    bool made;                                /* there was no asset.json */
};

/* What the files of a directory are, by their endings. */
enum workspace_file_kind {
    WORKSPACE_FILE_PNG,
    WORKSPACE_FILE_PALETTE,
    WORKSPACE_FILE_SOUND,
    WORKSPACE_FILE_OTHER,
    WORKSPACE_FILE_KINDS
};
enum workspace_file_kind workspace_file_kind_of(const char *name);
void workspace_files_count(const struct base_names *files, size_t counts[WORKSPACE_FILE_KINDS]);
/* Keeps the files of two kinds, drops the others. */
void workspace_files_keep(struct base_names *files, enum workspace_file_kind a, enum workspace_file_kind b);

/* What `add` writes when there is no asset.json. */
struct workspace_draft {
    const struct workspace_format_facts *facts;
    const char *name;
    const char *asset_uuid;
    struct base_names files; /* of the root, in byte order */
    uint32_t tile_size;      /* GLYPH only */
    bool preload;
    int slot; /* or -1 */
};

/* Each part returns false, with the reason in findings, when `add` cannot go on. */

/* Fills has_type, type and facts from the options. */
bool workspace_add_check_options(struct workspace_addition *add);
/* Finds the root: fills root, root_fd, root_display and anchor_display. */
bool workspace_add_find_root(struct workspace_addition *add);
/* asset.json is there: checks it, fills declaration, asset_uuid, and text if it must change. */
bool workspace_add_adopt(struct workspace_addition *add);
/* asset.json is not there: fills declaration, asset_uuid and text. */
bool workspace_add_infer(struct workspace_addition *add);
/* Writes both documents, and lets workspace and result know. */
bool workspace_add_commit(struct workspace_addition *add, struct workspace_add_result *result);

/* The files directly in the root, in byte order; no hidden ones. */
bool workspace_add_list_files(struct workspace_addition *add, struct base_names *files);

/* Reads declaration out of the text that is to be written, as a build would. */
bool workspace_add_check_text(struct workspace_addition *add);
/* Draws asset_uuid. */
bool workspace_add_draw_uuid(struct workspace_addition *add);

/* Chooses the tile size that divides all PNGs of the root, or checks the one that was asked for (0: none). */
bool workspace_add_tile_size(struct workspace_addition *add, const struct base_names *files, uint32_t asked,
                             uint32_t *tile_size);

/* Appends the draft as asset.json. */
void workspace_draft_print(const struct workspace_draft *draft, struct base_text *text);

/* Whether a string is UTF-8, so that JSON can carry it. */
bool workspace_is_utf8(const char *string);

#endif
