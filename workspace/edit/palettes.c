#include "workspace/edit/palettes.h"

#include "base/directory.h"
#include "base/report.h"
#include "workspace/declaration/declaration.h"
#include "workspace/document/document.h"
#include "workspace/edit/input_lists.h"
#include "workspace/edit/registry_step.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_ROOM = 40, NAMES_TRIED = 1000 };

/* One plan. */
struct planning {
    const struct workspace *workspace;
    const struct workspace_record *record;
    struct workspace_plan *plan;
    struct base_findings *findings;
    int root_fd;
    char *display; /* of asset.json */
};

static bool report_memory(const struct planning *planning)
{
    base_report_out_of_memory(planning->findings, NULL);
    return false;
}

/* ---- Names ---- */

/* Whether there is something of that name: 0, ENOENT or another errno value. */
static int look_for(int root_fd, const char *name)
{
    struct stat status;
    return fstatat(root_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
}

/* "palette-N.gpl", or with "-2", "-3" … where there is such a file. NULL with errno set. */
static char *choose_name(const struct planning *planning, uint32_t index)
{
    char name[NAME_ROOM];
    for (unsigned i = 1; i <= NAMES_TRIED; i++) {
        char further[16] = "";
        if (i > 1) {
            (void)snprintf(further, sizeof further, "-%u", i);
        }
        (void)snprintf(name, sizeof name, "palette-%u%s.gpl", (unsigned)index, further);
        int problem = look_for(planning->root_fd, name);
        if (problem == ENOENT) {
            return strdup(name);
        }
        if (problem != 0) {
            errno = problem;
            return NULL;
        }
    }
    errno = EEXIST;
    return NULL;
}

static bool name_files(const struct planning *planning, const struct workspace_palette_file *files, size_t count,
                       struct workspace_new_palette *named, size_t *named_count)
{
    for (size_t i = 0; i < count; i++) {
        if (files[i].path != NULL) {
            continue;
        }
        char *path = choose_name(planning, files[i].index);
        if (path == NULL) {
            const struct base_place place = {.file = planning->display};
            base_report_write_failure(planning->findings, &place, "name a palette file", errno);
            return false;
        }
        named[(*named_count)++] = (struct workspace_new_palette){.index = files[i].index, .path = path};
    }
    return true;
}

/* ---- Steps ---- */

static bool add_step(const struct planning *planning, const char *path, struct base_text *content,
                     const struct base_hash *replaced, const char *reason)
{
    struct workspace_step *step = workspace_plan_next_step(planning->plan);
    struct base_text target = BASE_TEXT_EMPTY;
    base_text_addf(&target, "%s/%s", planning->record->root, path);
    char *name = step != NULL && !base_text_out_of_memory(content) ? base_text_take(&target) : NULL;
    if (name == NULL) {
        base_text_free(&target);
        return report_memory(planning);
    }
    *step = (struct workspace_step){
        .target = name,
        .path_at = strlen(planning->record->root) + 1,
        .asset_id = planning->record->asset_id,
        .content = *content,
        .replaces = replaced != NULL,
        .reason = reason,
    };
    if (replaced != NULL) {
        step->replaced = *replaced;
    }
    *content = BASE_TEXT_EMPTY;
    planning->plan->step_count++;
    return true;
}

static bool add_files(const struct planning *planning, struct workspace_palette_file *files, size_t count,
                      const struct workspace_new_palette *named)
{
    size_t next = 0;
    bool fine = true;
    for (size_t i = 0; fine && i < count; i++) {
        bool is_new = files[i].path == NULL;
        const char *path = is_new ? named[next++].path : files[i].path;
        fine = add_step(planning, path, &files[i].content, is_new ? NULL : &files[i].replaced,
                        is_new ? "it is a new palette" : "free entries of this palette get colours");
    }
    return fine;
}

/* asset.json with the new palettes in it, if there are any. */
static bool add_anchor(const struct planning *planning, const struct workspace_new_palette *named, size_t count,
                       struct workspace_declaration *declaration)
{
    const struct base_place place = {
        .file = planning->display, .has_asset_id = true, .asset_id = planning->record->asset_id};
    size_t size = 0;
    struct base_content seen;
    uint8_t *data = workspace_document_read(&workspace_document_declaration, planning->root_fd, WORKSPACE_ANCHOR_NAME,
                                            &place, DIAG_ANCHOR_MISSING, &size, &seen, planning->findings);
    if (data == NULL) {
        return false;
    }
    struct base_text text = BASE_TEXT_EMPTY;
    struct base_bytes old = base_bytes_make(data, size);
    bool fine = workspace_declaration_parse(old, &place, planning->record, declaration, planning->findings);
    if (fine && count > 0) {
        workspace_declaration_free(declaration);
        workspace_input_lists_add_palettes(old, named, count, &text);
        fine = !base_text_out_of_memory(&text) ? true : report_memory(planning);
        if (fine && text.size > workspace_document_declaration.limit) {
            base_report(planning->findings, DIAG_INPUT_TOO_LARGE, &(struct base_details){.place = place},
                        "asset.json would have %zu bytes, more than may be read", text.size);
            fine = false;
        }
        fine = fine &&
               workspace_declaration_parse(base_text_bytes(&text), &place, planning->record, declaration,
                                           planning->findings) &&
               add_step(planning, WORKSPACE_ANCHOR_NAME, &text, &seen.hash, "it declares the new palettes");
    }
    base_text_free(&text);
    free(data);
    return fine;
}

/* A root that takes no file is said now: later, the whole transaction would fail. */
static bool check_rights(const struct planning *planning)
{
    if (faccessat(planning->root_fd, ".", W_OK | X_OK, AT_EACCESS) == 0) {
        return true;
    }
    const struct base_place place = {.file = planning->display};
    base_report_write_failure(planning->findings, &place, "write the file", errno);
    return false;
}

static bool plan_all(const struct planning *planning, struct workspace_palette_file *files, size_t count,
                     struct workspace_new_palette *named, struct workspace_declaration *declaration)
{
    size_t named_count = 0;
    bool fine =
        (count == 0 || check_rights(planning)) && name_files(planning, files, count, named, &named_count) &&
        add_files(planning, files, count, named) && add_anchor(planning, named, named_count, declaration) &&
        (count == 0 || workspace_plan_registry_as_it_is(planning->plan, planning->workspace, planning->findings));
    for (size_t i = 0; i < named_count; i++) {
        free(named[i].path);
    }
    return fine;
}

bool workspace_plan_palettes(const struct workspace *workspace, const struct workspace_record *record,
                             struct workspace_palette_file *files, size_t count, struct workspace_plan *plan,
                             struct workspace_declaration *declaration, struct base_findings *findings)
{
    struct planning planning = {
        .workspace = workspace, .record = record, .plan = plan, .findings = findings, .root_fd = -1};
    *plan = WORKSPACE_PLAN_EMPTY;
    *declaration = (struct workspace_declaration){.inputs = NULL};
    planning.display = workspace_assets_path(workspace->assets_path, record->root, WORKSPACE_ANCHOR_NAME);
    struct workspace_new_palette *named = calloc(count + 1, sizeof *named);
    bool fine = planning.display != NULL && named != NULL ? true : report_memory(&planning);
    if (fine) {
        int problem = base_directory_open_below(&planning.root_fd, workspace->assets_fd, record->root);
        if (problem != 0) {
            const struct base_place place = {.file = planning.display};
            base_report_read_failure(findings, &place, problem);
        }
        fine = problem == 0 && plan_all(&planning, files, count, named, declaration);
    }
    if (planning.root_fd >= 0) {
        (void)close(planning.root_fd);
    }
    free(planning.display);
    free(named);
    if (!fine) {
        workspace_plan_drop(plan);
    }
    return fine;
}
