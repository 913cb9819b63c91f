/* Files and directories of a root that its declaration does not name: docs/contracts/workspace.md, 3.2.5. */
#include "base/path.h"
#include "base/sort.h"
#include "base/text.h"
#include "workspace/model/file_kind.h"
#include "workspace/palette_text.h"
#include "workspace/path.h"
#include "workspace/workspace.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_SHOWN = 3, NAME_SHOWN = 60 };

static int by_path(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool begins_with(const char *path, const char *begin, size_t length)
{
    return strncmp(path, begin, length) == 0;
}

/* The first of sorted strings that is not before the first `length` bytes of `wanted`. */
static size_t lower_bound(const char *const *sorted, size_t count, const char *wanted, size_t length)
{
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        if (strncmp(sorted[low + half], wanted, length) < 0) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return low;
}

/* Whether an entry is an input, or on the way to one: a directory, or a link that stands for one. */
static bool is_named(const char *const *paths, size_t count, const char *entry, size_t length)
{
    for (size_t i = lower_bound(paths, count, entry, length); i < count && begins_with(paths[i], entry, length); i++) {
        if (entry[length - 1] == '/' || paths[i][length] == '\0' || paths[i][length] == '/') {
            return true;
        }
    }
    return false;
}

struct undeclared {
    size_t count;
    struct base_text shown;   /* the first names */
    struct base_names *names; /* gets all of them; or NULL */
    bool out_of_memory;
    bool takes_art; /* the declaration names pictures */
    bool has_art;   /* the root has pictures or palettes beside them */
};

/* Whether a path ends like a picture's or, with `palettes`, a palette's. */
static bool is_art(const char *path, bool palettes)
{
    enum workspace_file_kind kind = workspace_file_kind_of(path);
    return kind == WORKSPACE_FILE_PNG || (palettes && kind == WORKSPACE_FILE_PALETTE);
}

static void add(struct undeclared *undeclared, const char *entry)
{
    if (undeclared->count < NAMES_SHOWN) {
        base_text_add_string(&undeclared->shown, undeclared->count > 0 ? ", " : "");
        base_text_add_quoted(&undeclared->shown, base_bytes_of_string(entry), NAME_SHOWN);
    }
    undeclared->count++;
    undeclared->out_of_memory =
        undeclared->out_of_memory || (undeclared->names != NULL && !base_names_take(undeclared->names, strdup(entry)));
    undeclared->has_art = undeclared->has_art || (strchr(entry, '/') == NULL && is_art(entry, true));
}

/* Looks at the entries of one root, which are all that begin with `prefix`. */
static void look(const struct base_names *entries, const char *prefix, const char *const *paths, size_t count,
                 struct undeclared *undeclared)
{
    const char *const *sorted = (const char *const *)entries->items;
    size_t length = strlen(prefix);
    size_t i = lower_bound(sorted, entries->count, prefix, length);
    while (i < entries->count && begins_with(sorted[i], prefix, length)) {
        const char *entry = sorted[i] + length;
        size_t size = strlen(entry);
        bool named = is_named(paths, count, entry, size);
        i++;
        if (!named) {
            add(undeclared, entry);
        }
        /* What is in a directory that is not named counts with it. */
        while (!named && entry[size - 1] == '/' && i < entries->count && begins_with(sorted[i] + length, entry, size)) {
            i++;
        }
    }
}

void workspace_list_palette_files(const struct workspace *workspace, const char *root, struct base_text *text)
{
    const char *const *sorted = (const char *const *)workspace->entries.items;
    char *prefix = base_path_join(root, "");
    size_t length = prefix != NULL ? strlen(prefix) : 0;
    size_t i = prefix != NULL ? lower_bound(sorted, workspace->entries.count, prefix, length) : 0;
    uint32_t count = 0;
    while (prefix != NULL && i < workspace->entries.count && begins_with(sorted[i], prefix, length)) {
        const char *entry = sorted[i++] + length;
        if (strchr(entry, '/') == NULL && workspace_file_kind_of(entry) == WORKSPACE_FILE_PALETTE) {
            base_text_add_string(text, count > 0 ? ", " : "");
            workspace_print_palette(text, count++, entry);
        }
    }
    text->out_of_memory = text->out_of_memory || prefix == NULL;
    free(prefix);
}

static void report(const struct workspace *workspace, const struct workspace_record *record,
                   struct undeclared *undeclared, struct base_findings *findings)
{
    char *file = workspace_assets_path(workspace->assets_path, record->root, NULL);
    findings->out_of_memory = findings->out_of_memory || file == NULL;
    if (undeclared->count > NAMES_SHOWN) {
        base_text_addf(&undeclared->shown, " and %zu more", undeclared->count - NAMES_SHOWN);
    }
    bool to_update = undeclared->takes_art && undeclared->has_art;
    const struct base_details details = {
        .place = {.file = file, .has_asset_id = true, .asset_id = record->asset_id},
        .severity = BASE_WARNING,
        .cause = to_update ? DIAG_CAUSE_INPUT_NEW : DIAG_CAUSE_NONE,
        .subject = to_update ? file : NULL,
    };
    base_report(findings, DIAG_INPUT_UNDECLARED, &details, "asset.json does not name %zu file%s or director%s here: %s",
                undeclared->count, undeclared->count == 1 ? "" : "s", undeclared->count == 1 ? "y" : "ies",
                base_text_string(&undeclared->shown));
    free(file);
}

/* Looks at the root of a record, whose inputs are `paths`. */
static void look_at_root(const struct workspace *workspace, const struct workspace_record *record,
                         const char *const *paths, size_t count, struct undeclared *undeclared)
{
    const char **sorted = calloc(count + 1, sizeof *sorted);
    char *prefix = base_path_join(record->root, "");
    if (sorted == NULL || prefix == NULL) {
        undeclared->out_of_memory = true;
    } else {
        for (size_t i = 0; i < count; i++) {
            sorted[i] = paths[i];
            undeclared->takes_art = undeclared->takes_art || is_art(paths[i], false);
        }
        (void)base_sort(sorted, count, sizeof *sorted, by_path, workspace->task);
        look(&workspace->entries, prefix, sorted, count, undeclared);
    }
    free(prefix);
    free(sorted);
}

static void end(struct undeclared *undeclared, struct base_findings *findings)
{
    findings->out_of_memory = findings->out_of_memory || undeclared->out_of_memory;
    base_text_release(&undeclared->shown, &findings->out_of_memory);
}

void workspace_report_undeclared(const struct workspace *workspace, const struct workspace_record *record,
                                 const char *const *paths, size_t count, struct base_findings *findings)
{
    struct undeclared undeclared = {.shown = BASE_TEXT_EMPTY};
    look_at_root(workspace, record, paths, count, &undeclared);
    if (undeclared.count > 0) {
        report(workspace, record, &undeclared, findings);
    }
    end(&undeclared, findings);
}

/* The paths of the inputs; NULL when memory ran out. The caller frees the list. */
static const char **list_paths(const struct workspace_declaration *declaration)
{
    const char **paths = calloc(declaration->input_count + 1, sizeof *paths);
    for (size_t i = 0; paths != NULL && i < declaration->input_count; i++) {
        paths[i] = declaration->inputs[i].path;
    }
    return paths;
}

void workspace_report_undeclared_by(const struct workspace *workspace, const struct workspace_record *record,
                                    const struct workspace_declaration *declaration, struct base_findings *findings)
{
    const char **paths = list_paths(declaration);
    if (paths == NULL) {
        findings->out_of_memory = true;
        return;
    }
    workspace_report_undeclared(workspace, record, paths, declaration->input_count, findings);
    free(paths);
}

void workspace_list_undeclared(const struct workspace *workspace, const struct workspace_record *record,
                               const struct workspace_declaration *declaration, struct base_names *names,
                               struct base_findings *findings)
{
    const char **paths = list_paths(declaration);
    struct undeclared undeclared = {.shown = BASE_TEXT_EMPTY, .names = names};
    if (paths == NULL) {
        findings->out_of_memory = true;
        return;
    }
    look_at_root(workspace, record, paths, declaration->input_count, &undeclared);
    if (undeclared.count > 0) {
        report(workspace, record, &undeclared, findings);
    }
    end(&undeclared, findings);
    free(paths);
}
