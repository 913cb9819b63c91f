/* One root while its addition is planned, which the steps of `add` hand on: docs/contracts/workspace.md, 6.
 *
 * The steps come in this order: options, root, then adopt or infer, then check and settle. Each step is a file of its
 * own. It returns false, with the reason in findings, when the root cannot be added. All steps before `settle` are done
 * for many roots at once, so they only read what the roots share. */
#ifndef PRPACK_WORKSPACE_EDIT_ADDITION_H
#define PRPACK_WORKSPACE_EDIT_ADDITION_H

#include "base/stamp.h"
#include "base/text.h"
#include "workspace/edit/contents.h"
#include "workspace/edit/each_file.h"
#include "workspace/edit/edit.h"
#include "workspace/edit/taken.h"
#include "workspace/ignore.h"
#include "workspace/model/uuid.h"

struct workspace_addition {
    /* The same for all roots of a plan. */
    const struct workspace *workspace;
    const struct workspace_add_options *options;
    struct workspace_taken *taken; /* what the registry has, until `settle` adds the roots before this one */
    const char *assets;            /* the real path of assets/ */
    const char *registry;          /* the real path of .prometeu, relative to it */
    const struct workspace_ignore *ignore;
    bool has_type; /* what the options ask for; set by the step `options`, as are type and facts */
    enum workspace_asset_type type;
    const struct workspace_format_facts *facts; /* or NULL */

    /* Of this root. */
    struct base_findings *findings;
    const char *typed;                      /* the root as it was asked for */
    bool copy;                              /* it gets a uuid of its own, and a name that no asset has */
    const struct workspace_each_file *each; /* the one file that the root is made of; NULL: the root is there */
    char *source_root;                      /* where that file is now: its directory, relative to assets/; else NULL */
    int64_t asset_id;                       /* 0 until it is settled */
    char *root;                             /* relative to assets/; set by the step `root`, as are the next three */
    char *no_root;    /* instead of them: the operand is a file, or .prometeu; relative to assets/ */
    bool left_out;    /* `ignore` names the root or a directory around it; set by left_out.c, as is the next one */
    bool passed_over; /* for that reason, which was reported */
    bool is_bare;     /* it contains roots, and no file directly in it could be an asset */
    bool has_sounds;  /* it contains roots, and directly in it there are sounds */
    int root_fd;
    char *root_display;
    char *anchor_display;

    char asset_uuid[WORKSPACE_UUID_SIZE + 1];
    bool drew_uuid;
    struct workspace_declaration declaration; /* as asset.json will have it; set by `adopt` or `infer` */
    struct workspace_declaration written;     /* of an update that has something new: as asset.json has it */
    struct base_text text;                    /* of asset.json, when it is to be written; else empty */
    struct base_hash replaced;                /* of the asset.json that text replaces */
    char *old_name;                           /* of a copy that gets another one; else NULL */
    struct workspace_contents contents;       /* likewise */
    bool made;                                /* there was no asset.json; set by steps.c */
};

/* The asset that a root becomes, with its record. It borrows from the addition and from *record. */
struct workspace_asset workspace_addition_asset(struct workspace_addition *add, struct workspace_record *record);
/* The same with the directory where its files are now, which differs for a file that is to be moved. */
struct workspace_asset workspace_addition_asset_now(struct workspace_addition *add, struct workspace_record *record);

/* Closes root_fd: no later step needs it. */
void workspace_addition_leave(struct workspace_addition *add);
/* Frees what is of this root. */
void workspace_addition_free(struct workspace_addition *add);

/* asset.json, as findings name it. */
struct base_place workspace_add_anchor_place(const struct workspace_addition *add);
/* Reads asset.json, and sets replaced. Returns its bytes (free() them), or NULL with the reason in findings. */
uint8_t *workspace_add_read_anchor(struct workspace_addition *add, size_t *size, struct base_content *seen);

/* Draws asset_uuid. */
bool workspace_add_draw_uuid(struct workspace_addition *add);
/* Reads declaration out of the text that is to be written, as a build would. */
bool workspace_add_check_text(struct workspace_addition *add);

/* Whether a string is UTF-8, so that JSON can carry it. */
bool workspace_is_utf8(const char *string);

#endif
