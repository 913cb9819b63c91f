#include "workspace/leads.h"

#include "base/text.h"
#include "workspace/declaration/identity.h"
#include "workspace/moved.h"
#include "workspace/path.h"
#include "workspace/presence.h"

#include <stdlib.h>
#include <string.h>

/* The causes of a diagnostic that a record is not where it was, for an asset that is in one other directory; in
 * several; in the directory of another asset alone, where it cannot be adopted; and in the place of one that has to be
 * cared for first, because it is gone or in several directories. */
static const struct lead {
    enum diag diagnostic;
    enum diag_cause one;
    enum diag_cause several;
    enum diag_cause inside;
    enum diag_cause stuck;
} leads[] = {
    {DIAG_ROOT_INVALID, DIAG_CAUSE_ROOT_MOVED, DIAG_CAUSE_ROOT_MOVED_SEVERAL, DIAG_CAUSE_ROOT_MOVED_INSIDE,
     DIAG_CAUSE_ROOT_MOVED_STUCK},
    {DIAG_ANCHOR_MISSING, DIAG_CAUSE_ANCHOR_MOVED, DIAG_CAUSE_ANCHOR_MOVED_SEVERAL, DIAG_CAUSE_ANCHOR_MOVED_INSIDE,
     DIAG_CAUSE_ANCHOR_MOVED_STUCK},
    {DIAG_DECLARATION_IDENTITY, DIAG_CAUSE_IDENTITY_ELSEWHERE, DIAG_CAUSE_IDENTITY_ELSEWHERE_SEVERAL,
     DIAG_CAUSE_IDENTITY_INSIDE, DIAG_CAUSE_IDENTITY_STUCK},
};

static bool is_about_lost(const struct base_finding *finding)
{
    static const enum diag_cause causes[] = {DIAG_CAUSE_ROOT_GONE,          DIAG_CAUSE_ROOT_GONE_EXCLUDED,
                                             DIAG_CAUSE_ROOT_GONE_MISSPELT, DIAG_CAUSE_ANCHOR_LOST,
                                             DIAG_CAUSE_ANCHOR_MISSPELT,    DIAG_CAUSE_IDENTITY_OTHER};
    bool is = false;
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        is = is || finding->cause == causes[i];
    }
    return is && finding->place.has_asset_id;
}

/* False when memory ran out. */
static bool set(struct base_finding *finding, enum diag_cause cause, const char *subject)
{
    char *copy = strdup(subject);
    if (copy == NULL) {
        return false;
    }
    free(finding->subject);
    finding->subject = copy;
    finding->cause = cause;
    return true;
}

static bool set_paths(struct base_finding *finding, enum diag_cause cause, const struct base_names *paths)
{
    struct base_text subject = BASE_TEXT_EMPTY;
    bool out_of_memory = false;
    bool fine = true;
    workspace_moved_subject(paths, &subject);
    if (subject.size > 0) {
        fine = set(finding, cause, base_text_string(&subject));
    }
    base_text_release(&subject, &out_of_memory);
    return fine && !out_of_memory;
}

/* ---- Records whose asset is elsewhere ---- */

static const struct lead *lead_of(enum diag diagnostic)
{
    const struct lead *lead = leads;
    while (lead->diagnostic != diagnostic) {
        lead++;
    }
    return lead;
}

/* The asset is nowhere. Another asset whose directory is where this one was is the one that was moved. */
static bool lead_replaced(const struct workspace_moved *moved, const struct workspace_record *record,
                          struct base_finding *finding)
{
    const struct workspace *workspace = moved->workspace;
    const struct workspace_identity identity = workspace_identity_at(workspace->assets_fd, record->root);
    const struct workspace_record *other =
        identity.state == WORKSPACE_IDENTITY_KNOWN ? workspace_moved_by_uuid(moved, identity.uuid) : NULL;
    if (finding->cause != DIAG_CAUSE_IDENTITY_OTHER || other == NULL ||
        workspace_presence_of(workspace, other, NULL) != WORKSPACE_LOST) {
        return true;
    }
    char *path = workspace_assets_path(workspace->assets_path, record->root, NULL);
    bool fine = path != NULL && set(finding, DIAG_CAUSE_IDENTITY_REPLACED, path);
    free(path);
    return fine;
}

/* Takes the places that can be adopted or, if there is none, the first one. Returns whether one can. */
static bool take_places(const struct workspace_moved *moved, const struct workspace_sighting *places, size_t count,
                        struct base_names *paths, bool *out_of_memory)
{
    const char *assets = moved->workspace->assets_path;
    for (size_t i = 0; i < count; i++) {
        if (workspace_present_around(moved->workspace, &moved->roots, places[i].root, out_of_memory) == NULL) {
            char *path = workspace_assets_path(assets, places[i].root, NULL);
            *out_of_memory = !base_names_take(paths, path) || *out_of_memory;
        }
    }
    bool any = paths->count > 0;
    if (!any && !*out_of_memory) {
        *out_of_memory = !base_names_take(paths, workspace_assets_path(assets, places->root, NULL));
    }
    return any;
}

/* False when memory ran out. */
static bool lead_to_place(const struct workspace_moved *moved, struct base_finding *finding)
{
    const struct workspace_record *record =
        workspace_registry_find(&moved->workspace->registry, (int32_t)finding->place.asset_id);
    const struct workspace_record *stuck = NULL;
    struct base_names paths = BASE_NAMES_EMPTY;
    bool out_of_memory = false;
    size_t count = 0;
    const struct workspace_sighting *places =
        record != NULL ? workspace_whereabouts_of(&moved->whereabouts, record->asset_uuid, &count) : NULL;
    const struct lead *lead = lead_of(finding->diagnostic);
    if (record == NULL) {
        return true;
    }
    if (count == 0) {
        return lead_replaced(moved, record, finding);
    }
    bool outside = take_places(moved, places, count, &paths, &out_of_memory);
    enum diag_cause cause = !outside ? lead->inside : lead->several;
    if (count == 1 && outside) {
        base_names_free(&paths);
        (void)workspace_moved_chain(moved, record, places->root, &paths, &stuck, &out_of_memory);
        cause = lead->one;
    }
    if (stuck != NULL) {
        cause = lead->stuck;
        base_names_free(&paths);
        char *path = workspace_assets_path(moved->workspace->assets_path, stuck->root, NULL);
        out_of_memory = !base_names_take(&paths, path) || out_of_memory;
    }
    bool fine = !out_of_memory && set_paths(finding, cause, &paths);
    base_names_free(&paths);
    return fine;
}

static void lead_to_places(const struct workspace *workspace, struct base_findings *findings)
{
    struct workspace_moved moved;
    bool fine = workspace_moved_make(&moved, workspace);
    for (size_t i = 0; fine && i < findings->count; i++) {
        if (is_about_lost(&findings->items[i]) && !lead_to_place(&moved, &findings->items[i])) {
            findings->out_of_memory = true;
            fine = false;
        }
    }
    workspace_moved_free(&moved);
}

void workspace_lead_on(const struct workspace *workspace, struct base_findings *findings)
{
    bool lost = false;
    for (size_t i = 0; i < findings->count; i++) {
        lost = lost || is_about_lost(&findings->items[i]);
    }
    if (lost && !findings->out_of_memory && workspace->assets_fd >= 0) {
        lead_to_places(workspace, findings);
    }
}
