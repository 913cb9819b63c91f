/* The parts of prpack add, for each other: docs/contracts/workspace.md, 6. */
#ifndef PRPACK_WORKSPACE_ADD_H
#define PRPACK_WORKSPACE_ADD_H

#include "base/text.h"
#include "workspace/edit.h"
#include "workspace/format.h"
#include "workspace/names.h"
#include "workspace/uuid.h"

/* One `add` in progress. */
struct pp_add {
    struct pp_workspace *workspace;
    const struct pp_add_options *options;
    struct pp_findings *findings;

    bool has_type; /* what the options ask for */
    enum pp_asset_type type;
    const struct pp_format_facts *facts; /* or NULL */

    const char *typed; /* the operand */
    char *root;        /* relative to assets/ */
    int root_fd;
    char *root_display;
    char *anchor_display;

    char asset_uuid[PP_UUID_SIZE + 1];
    struct pp_declaration declaration; /* as it will stand */
    struct pp_text text;               /* of asset.json, when it is to be written; else empty */
    bool made;                         /* there was no asset.json */
};

/* What the files of a directory are, by their endings. */
enum pp_file_kind { PP_FILE_PNG, PP_FILE_PALETTE, PP_FILE_SOUND, PP_FILE_OTHER, PP_FILE_KINDS };
enum pp_file_kind pp_file_kind_of(const char *name);
void pp_files_count(const struct pp_names *files, size_t counts[PP_FILE_KINDS]);
/* Keeps the files of two kinds, drops the others. */
void pp_files_keep(struct pp_names *files, enum pp_file_kind a, enum pp_file_kind b);

/* What `add` writes when there is no asset.json. */
struct pp_draft {
    const struct pp_format_facts *facts;
    const char *name;
    const char *asset_uuid;
    struct pp_names files; /* of the root, in byte order */
    uint32_t tile_size;    /* GLYPH only */
    bool preload;
    int slot; /* or -1 */
};

/* Each part returns false, with the reason in findings, when `add` cannot go on. */

/* Fills has_type, type and facts from the options. */
bool pp_add_check_options(struct pp_add *add);
/* Finds the root: fills root, root_fd, root_display and anchor_display. */
bool pp_add_find_root(struct pp_add *add);
/* asset.json is there: checks it, fills declaration, asset_uuid, and text if it must change. */
bool pp_add_adopt(struct pp_add *add);
/* asset.json is not there: fills declaration, asset_uuid and text. */
bool pp_add_infer(struct pp_add *add);
/* Writes both documents, and lets workspace and result know. */
bool pp_add_commit(struct pp_add *add, struct pp_add_result *result);

/* The files directly in the root, in byte order; no hidden ones. */
bool pp_add_list_files(struct pp_add *add, struct pp_names *files);

/* Reads declaration out of the text that is to be written, as a build would. */
bool pp_add_check_text(struct pp_add *add);
/* Draws asset_uuid. */
bool pp_add_draw_uuid(struct pp_add *add);

/* Chooses the tile size that divides all PNGs of the root, or checks the one that was asked for (0: none). */
bool pp_add_tile_size(struct pp_add *add, const struct pp_names *files, uint32_t asked, uint32_t *tile_size);

/* Appends the draft as asset.json. */
void pp_draft_print(const struct pp_draft *draft, struct pp_text *text);

/* Whether a string is UTF-8, so that JSON can carry it. */
bool pp_is_utf8(const char *string);

#endif
