#include "workspace/unregistered_anchors.h"

#include "base/index.h"
#include "workspace/declaration/identity.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/presence.h"
#include "workspace/root_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The anchor lies directly in assets/. */
static void warn_of_loose(const struct workspace *workspace, struct base_findings *findings)
{
    char *path = workspace_assets_path(workspace->assets_path, WORKSPACE_ANCHOR_NAME, NULL);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_ANCHOR_UNREGISTERED,
                &(struct base_details){.place.file = path, .severity = BASE_WARNING, .cause = DIAG_CAUSE_ANCHOR_LOOSE},
                "an asset.json directly in assets/ does not belong to an asset root");
    free(path);
}

/* The unregistered ones, in byte order. False when memory ran out. */
static bool collect(const struct workspace *workspace, const struct base_names *anchors,
                    struct base_names *unregistered, struct base_findings *findings)
{
    struct workspace_root_list roots;
    bool fine = workspace_root_list_make(&roots, &workspace->registry, true, workspace->task);
    for (size_t i = 0; fine && i < anchors->count && !base_task_cancelled_in(workspace->task, i); i++) {
        const char *root = anchors->items[i];
        if (root[0] == '\0') {
            warn_of_loose(workspace, findings);
        } else if (!workspace_root_list_has(&roots, root)) {
            fine = base_names_take(unregistered, strdup(root));
        }
    }
    workspace_root_list_free(&roots);
    return fine;
}

/* The uuids and the roots of the registry, with the positions of their records. */
struct known {
    struct base_index uuids;
    struct base_index roots;
};

/* False when memory ran out. */
static bool index_records(const struct workspace *workspace, struct known *known)
{
    bool fine = true;
    for (size_t i = 0; fine && i < workspace->registry.count; i++) {
        const struct workspace_record *record = &workspace->registry.records[i];
        fine = base_index_add(&known->uuids, base_bytes_of_string(record->asset_uuid), (int64_t)i) &&
               base_index_add(&known->roots, base_bytes_of_string(record->root), (int64_t)i);
    }
    return fine;
}

/* What is to be done about an anchor, which may be that of a registered asset. *said: what is reported about that
 * asset, because a build needs it or all assets are listed, names the directory already (leads.h). False when memory
 * ran out. */
static bool find_cause(const struct workspace *workspace, const struct known *known, const char *root,
                       enum diag_cause *cause, bool *said)
{
    const struct workspace_identity identity = workspace_identity_at(workspace->assets_fd, root);
    int64_t position;
    bool out_of_memory = false;
    if (identity.state == WORKSPACE_IDENTITY_KNOWN &&
        base_index_find(&known->uuids, base_bytes_of_string(identity.uuid), &position)) {
        const struct workspace_record *record = &workspace->registry.records[position];
        bool lost = workspace_presence_of(workspace, record, NULL) == WORKSPACE_LOST;
        *cause = lost ? DIAG_CAUSE_ANCHOR_FOUND : DIAG_CAUSE_ANCHOR_COPY;
        *said = lost && (record->included_in_build || workspace->lists_excluded);
    }
    if (workspace_present_around(workspace, &known->roots, root, &out_of_memory) != NULL) {
        *cause = DIAG_CAUSE_ANCHOR_INSIDE;
    }
    return !out_of_memory && identity.problem != ENOMEM;
}

/* What follows the message. */
static const char *text_of(enum diag_cause cause)
{
    if (cause == DIAG_CAUSE_ANCHOR_INSIDE) {
        return "; it lies in the directory of another asset";
    }
    return cause == DIAG_CAUSE_ANCHOR_FOUND  ? "; an asset whose directory is gone has its uuid"
           : cause == DIAG_CAUSE_ANCHOR_COPY ? "; another asset has its uuid"
                                             : "";
}

static bool warn(const struct workspace *workspace, const struct known *known, const char *root,
                 struct base_findings *findings)
{
    enum diag_cause cause = DIAG_CAUSE_ANCHOR_TO_ADD;
    char *path = workspace_assets_path(workspace->assets_path, root, NULL);
    char *anchor = workspace_assets_path(workspace->assets_path, root, WORKSPACE_ANCHOR_NAME);
    bool fine = path != NULL && anchor != NULL;
    bool said = false;
    if (fine && base_findings_keeps(findings, DIAG_ANCHOR_UNREGISTERED)) {
        fine = find_cause(workspace, known, root, &cause, &said);
    }
    const struct base_details details = {
        .place.file = anchor,
        .severity = BASE_WARNING,
        .cause = cause,
        .subject = path,
    };
    if (!said) {
        base_report(findings, DIAG_ANCHOR_UNREGISTERED, &details,
                    "the directory of this asset.json is not registered%s", text_of(cause));
    }
    free(anchor);
    free(path);
    return fine;
}

bool workspace_report_anchors(struct workspace *workspace, struct base_names *anchors, struct base_findings *findings)
{
    struct base_names unregistered = BASE_NAMES_EMPTY;
    struct known known = {.uuids = BASE_INDEX_EMPTY, .roots = BASE_INDEX_EMPTY};
    base_names_sort(anchors, workspace->task);
    bool fine = collect(workspace, anchors, &unregistered, findings) &&
                (unregistered.count == 0 || index_records(workspace, &known));
    for (size_t i = 0; fine && i < unregistered.count && !base_task_cancelled_in(workspace->task, i); i++) {
        fine = warn(workspace, &known, unregistered.items[i], findings);
    }
    base_index_free(&known.uuids);
    base_index_free(&known.roots);
    workspace->unregistered = unregistered.items;
    workspace->unregistered_count = unregistered.count;
    return fine;
}
