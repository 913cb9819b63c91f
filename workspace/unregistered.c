/* What is not registered: docs/contracts/workspace.md, 4. */
#include "base/sort.h"
#include "base/text.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/root_list.h"
#include "workspace/scanned.h"
#include "workspace/unregistered_anchors.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_SHOWN = 3, NAME_SHOWN = 60 };

static void warn_of_unreadable(const struct workspace *workspace, const char *directory, struct base_findings *findings)
{
    char *path = workspace_assets_path(workspace->assets_path, directory[0] != '\0' ? directory : NULL, NULL);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_ENVIRONMENT_READ, &(struct base_details){.place.file = path, .severity = BASE_WARNING},
                "the directory could not be read: anchors in it are not seen");
    free(path);
}

static int by_directory(const void *a, const void *b)
{
    return strcmp(((const struct workspace_art *)a)->directory, ((const struct workspace_art *)b)->directory);
}

static void add_count(struct base_text *text, uint64_t count, const char *singular)
{
    base_text_addf(text, "%llu %s%s", (unsigned long long)count, singular, count == 1 ? "" : "s");
}

/* "3 directories with 12 pictures and 1 sound are not registered: "a", "b", "c"": names as `add` takes them. */
static void describe_art(const struct workspace *workspace, struct base_text *text)
{
    uint64_t pictures = 0;
    uint64_t sounds = 0;
    for (size_t i = 0; i < workspace->art_count; i++) {
        pictures += workspace->art[i].pictures;
        sounds += workspace->art[i].sounds;
    }
    base_text_addf(text, "%zu director%s with ", workspace->art_count, workspace->art_count == 1 ? "y" : "ies");
    if (pictures > 0) {
        add_count(text, pictures, "picture");
    }
    base_text_add_string(text, pictures > 0 && sounds > 0 ? " and " : "");
    if (sounds > 0) {
        add_count(text, sounds, "sound");
    }
    base_text_add_string(text, workspace->art_count == 1 ? " is not registered: " : " are not registered: ");
    for (size_t i = 0; i < workspace->art_count && i < NAMES_SHOWN; i++) {
        const char *directory = workspace->art[i].directory;
        base_text_add_string(text, i > 0 ? ", " : "");
        base_text_add_quoted(text, base_bytes_of_string(directory[0] != '\0' ? directory : "assets/"), NAME_SHOWN);
    }
    if (workspace->art_count > NAMES_SHOWN) {
        base_text_addf(text, " and %zu more", workspace->art_count - NAMES_SHOWN);
    }
}

/* What is to be done about a directory; NONE: register it as it is. Registered roots may lie in it. */
static enum diag_cause cause_of_art(const struct workspace_root_list *roots, const struct workspace_art *art)
{
    bool top = art->directory[0] == '\0';
    bool around = top || workspace_root_list_below(roots, art->directory);
    if (!top && art->pictures == 0 && (around || art->sounds > 1)) {
        return DIAG_CAUSE_ART_SOUNDS;
    }
    return around ? DIAG_CAUSE_ART_LOOSE : DIAG_CAUSE_NONE;
}

/* The first directory of which more is to be said than to register it. *subject, which the caller frees, is its path,
 * or NULL. False when memory ran out. */
static bool find_cause_of_art(const struct workspace *workspace, enum diag_cause *cause, char **subject)
{
    struct workspace_root_list roots;
    *cause = DIAG_CAUSE_NONE;
    *subject = NULL;
    if (!workspace_root_list_make(&roots, &workspace->registry, true, workspace->task)) {
        return false;
    }
    size_t i = 0;
    while (i < workspace->art_count && *cause == DIAG_CAUSE_NONE) {
        *cause = cause_of_art(&roots, &workspace->art[i++]);
    }
    workspace_root_list_free(&roots);
    if (*cause == DIAG_CAUSE_NONE) {
        return true;
    }
    const char *directory = workspace->art[i - 1].directory;
    *subject = workspace_assets_path(workspace->assets_path, directory[0] != '\0' ? directory : NULL, NULL);
    return *subject != NULL;
}

static void report_art(struct workspace *workspace, struct workspace_scanned *scanned, struct base_findings *findings)
{
    workspace->art = scanned->art;
    workspace->art_count = scanned->art_count;
    scanned->art = NULL;
    scanned->art_count = 0;
    if (workspace->art_count == 0) {
        return;
    }
    (void)base_sort(workspace->art, workspace->art_count, sizeof *workspace->art, by_directory, workspace->task);
    struct base_text text = BASE_TEXT_EMPTY;
    describe_art(workspace, &text);
    struct base_details details = {.place.file = workspace->assets_path, .severity = BASE_WARNING};
    char *subject;
    findings->out_of_memory = !find_cause_of_art(workspace, &details.cause, &subject) || findings->out_of_memory;
    details.subject = subject;
    base_report(findings, DIAG_ART_UNREGISTERED, &details, "%s", base_text_string(&text));
    free(subject);
    base_text_release(&text, &findings->out_of_memory);
}

/* Warns when no asset is in the build set. */
static void report_empty(const struct workspace *workspace, struct base_findings *findings)
{
    for (size_t i = 0; i < workspace->registry.count; i++) {
        if (workspace->registry.records[i].included_in_build) {
            return;
        }
    }
    char *path = workspace_assets_path(workspace->assets_path, WORKSPACE_REGISTRY_PATH, NULL);
    bool none = workspace->registry.count == 0;
    const struct base_details details = {
        .place.file = path,
        .severity = BASE_WARNING,
        .cause = none ? DIAG_CAUSE_NONE : DIAG_CAUSE_WORKSPACE_EXCLUDED,
    };
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_WORKSPACE_EMPTY, &details, "%s",
                none ? "there are 0 assets" : "no asset is included in the build");
    free(path);
}

bool workspace_report_unregistered(struct workspace *workspace, struct workspace_scanned *scanned,
                                   struct base_findings *findings)
{
    base_names_sort(&scanned->unreadable, workspace->task);
    for (size_t i = 0; i < scanned->unreadable.count && !base_task_cancelled_in(workspace->task, i); i++) {
        warn_of_unreadable(workspace, scanned->unreadable.items[i], findings);
    }
    bool fine = workspace_report_anchors(workspace, &scanned->anchors, findings);
    report_art(workspace, scanned, findings);
    report_empty(workspace, findings);
    return fine;
}
