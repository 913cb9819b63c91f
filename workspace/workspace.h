/* A workspace as a frozen snapshot: docs/contracts/workspace.md.
 *
 * Loading reads assets/.prometeu/index.json and every declaration of the build set; it writes nothing and never reads
 * outside assets/. The packer opens and hashes the sources, through the functions below.
 *
 * Ownership: a workspace owns everything it lends until workspace_close. Threads: a loaded workspace is read-only and
 * may be shared. When the task that it was opened with is cancelled, the functions that read files return as after a
 * failure, and their findings may be wrong (base/task.h). */
#ifndef PRPACK_WORKSPACE_WORKSPACE_H
#define PRPACK_WORKSPACE_WORKSPACE_H

#include "base/file.h"
#include "base/findings.h"
#include "base/names.h"
#include "base/task.h"
#include "workspace/model/model.h"
#include "workspace/place.h"

struct workspace_ignore;

/* A directory that has pictures or sounds, and is not in a registered root. */
struct workspace_art {
    char *directory; /* relative to assets/; "" is assets/ itself */
    uint64_t pictures;
    uint64_t sounds;
};

/* A file that a scan was asked to look for. */
struct workspace_large {
    char *path; /* relative to assets/ */
    uint64_t size;
    uint64_t device;
    uint64_t inode;
};

struct workspace {
    struct base_task *task; /* the operation that opened it; borrowed, or NULL */
    char *project;          /* the project directory as the user named it */
    char *assets_path;      /* assets/ as messages name it: workspace_place_assets */
    int assets_fd;          /* the directory assets/ */
    struct workspace_registry registry;
    struct workspace_asset *assets; /* the build set, in rising asset_id */
    size_t asset_count;
    char **unregistered; /* roots of anchors that no record names, in byte order; relative to assets/ */
    size_t unregistered_count;
    struct workspace_art *art; /* directories that look as if they were to be registered, in byte order */
    size_t art_count;
    struct base_names entries; /* after workspace_scan: files and directories below the roots of the build set, in byte
                                  order; relative to assets/, directories with a '/' at the end. For
                                  workspace_report_undeclared */
    struct base_names stages;  /* after workspace_scan: files as an edit stages them beside asset.json and palettes
                                  (artifact-ownership.md, 1), in byte order; relative to assets/ */
    bool lists_excluded; /* what is wrong with assets outside of the build set is reported, too: workspace_scan does not
                            say it again */
    struct workspace_large *large; /* after workspace_scan_large, in byte order of the path */
    size_t large_count;
};

/* What workspace_close leaves, and what it also accepts. */
#define WORKSPACE_EMPTY ((struct workspace){.assets_fd = -1})

/* Opens a workspace and loads the registry only (no declarations, no scan). Returns false with the reason in findings;
 * *workspace is then empty. */
bool workspace_open(struct workspace *workspace, const struct workspace_place *place, struct base_task *task,
                    struct base_findings *findings);

/* Says that there is no registry at `path`, which may be NULL: workspace-missing. Of the workspace, which `where` leads
 * to, assets_fd, assets_path and task are used; it need not be opened. */
void workspace_report_missing(const struct workspace *workspace, const struct workspace_place *where, const char *path,
                              struct base_findings *findings);

/* Loads every declaration of the build set; reports all faults. True when there was none of severity error. On false
 * `assets` holds those that could be loaded. May be called again: it starts afresh. */
bool workspace_load(struct workspace *workspace, struct base_findings *findings);

/* Loads the declaration of one record, in the build set or not, as workspace_load would. On false *declaration is
 * empty. */
bool workspace_load_record(const struct workspace *workspace, const struct workspace_record *record,
                           struct workspace_declaration *declaration, struct base_findings *findings);

/* These three do the work of workspace_load for a caller that has declarations already.
 *
 * Drops the assets that were loaded and makes room for the build set. False when memory ran out. */
bool workspace_begin_load(struct workspace *workspace, struct base_findings *findings);
/* Adds the declaration of a record of the build set, which the workspace owns from then on; *declaration is empty
 * afterwards. Records come in the order of the registry, each once at most. */
void workspace_take_declaration(struct workspace *workspace, const struct workspace_record *record,
                                struct workspace_declaration *declaration);
/* Checks the rules between the declarations. True when there was no fault of severity error. */
bool workspace_end_load(struct workspace *workspace, struct base_findings *findings);

/* Looks for what is not registered below assets/ and is not meant to stay out: fills `unregistered` and `art`, adds a
 * warning for each anchor and one for all art. A directory that cannot be read is a warning too. Fills `entries` and
 * `stages`. False when memory ran out, the task was cancelled, or what is meant to stay out cannot be read, which is a
 * finding. */
bool workspace_scan(struct workspace *workspace, struct base_findings *findings);

/* The same, and fills `large` with the regular files of `least` bytes or more: those in registered roots, or
 * `everywhere` below assets/. Names that begin with a dot do not count, nor does what is meant to stay out. */
bool workspace_scan_large(struct workspace *workspace, uint64_t least, bool everywhere, struct base_findings *findings);

/* The entries of one directory below assets/ as workspace_scan would have them if it were a root of the build set; none
 * if it is meant to stay out. What cannot be read is left out. False when memory ran out. */
bool workspace_list_root(const struct workspace *workspace, const struct workspace_ignore *ignore, const char *root,
                         struct base_names *entries);

/* After workspace_scan: warns of the files and directories in the root of a record of the build set that are neither
 * among the paths of its inputs nor on the way to one. */
void workspace_report_undeclared(const struct workspace *workspace, const struct workspace_record *record,
                                 const char *const *paths, size_t count, struct base_findings *findings);
/* The same for the inputs of a declaration. */
void workspace_report_undeclared_by(const struct workspace *workspace, const struct workspace_record *record,
                                    const struct workspace_declaration *declaration, struct base_findings *findings);

/* The same, and appends all of them to names, relative to the root; directories have a '/' at the end. */
void workspace_list_undeclared(const struct workspace *workspace, const struct workspace_record *record,
                               const struct workspace_declaration *declaration, struct base_names *names,
                               struct base_findings *findings);

/* Frees a list of art. Accepts NULL. */
void workspace_art_free(struct workspace_art *art, size_t count);
/* The same for large files. */
void workspace_large_free(struct workspace_large *large, size_t count);

/* After workspace_scan: appends the palette files directly in a root of the build set, in byte order, as asset.json
 * would declare them: the elements of an array of JSON. */
void workspace_list_palette_files(const struct workspace *workspace, const char *root, struct base_text *text);

void workspace_close(struct workspace *workspace);

/* Opens an input of an asset for reading, below the asset's root. Reports a clear finding (input-missing,
 * input-not-regular, path-outside, environment-read) and returns false on failure; *file is then closed. Uses no
 * state of the workspace that changes: many threads may do it at once, each with its own findings. */
bool workspace_input_open(const struct workspace *workspace, const struct workspace_asset *asset, size_t input,
                          struct base_file *file, struct base_findings *findings);
/* DIRECTORY/assets/ROOT/PATH as the user would type it, "assets/ROOT/PATH" when the directory is ".": what findings
 * name. Caller frees; NULL when memory ran out. */
char *workspace_input_display(const struct workspace *workspace, const struct workspace_asset *asset, size_t input);

#endif
