/* One `add` while it runs, which its steps hand on: docs/contracts/workspace.md, 6.
 *
 * add.c calls the steps in this order: options, root, then adopt or infer, then commit. Each step is a file of its own.
 * It returns false, with the reason in findings, when `add` cannot go on. */
#ifndef PRPACK_WORKSPACE_EDIT_ADDITION_H
#define PRPACK_WORKSPACE_EDIT_ADDITION_H

#include "base/text.h"
#include "workspace/edit/edit.h"
#include "workspace/model/uuid.h"

struct workspace_addition {
    struct workspace *workspace;
    const struct workspace_add_options *options;
    struct base_findings *findings;

    bool has_type; /* what the options ask for; set by the step `options`, as are type and facts */
    enum workspace_asset_type type;
    const struct workspace_format_facts *facts; /* or NULL */

    const char *typed; /* the operand of the command */
    char *root;        /* relative to assets/; set by the step `root`, as are the next three */
    int root_fd;
    char *root_display;
    char *anchor_display;

    char asset_uuid[WORKSPACE_UUID_SIZE + 1];
    struct workspace_declaration declaration; /* as asset.json will have it; set by `adopt` or `infer` */
    struct base_text text;                    /* of asset.json, when it is to be written; else empty */
    bool made;                                /* there was no asset.json; set by add.c */
};

/* Draws asset_uuid. */
bool workspace_add_draw_uuid(struct workspace_addition *add);
/* Reads declaration out of the text that is to be written, as a build would. */
bool workspace_add_check_text(struct workspace_addition *add);

/* Whether a string is UTF-8, so that JSON can carry it. */
bool workspace_is_utf8(const char *string);

#endif
