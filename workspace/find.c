#include "workspace/find.h"

#include "base/directory.h"
#include "base/path.h"
#include "base/report.h"
#include "base/sort.h"
#include "base/suggest.h"
#include "base/text.h"
#include "workspace/path.h"
#include "workspace/presence.h"
#include "workspace/typed.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 8 };

/* What is known of the text that was typed. */
struct wanted {
    const char *typed;
    char *plain; /* without '/' at its end */
    char *root;  /* below assets/, of the directory that it names from the directory of the task; or NULL */
};

/* ---- Names ---- */

/* NULL: the declaration is faulty, or *out_of_memory is set. */
static char *name_of(const struct workspace *workspace, const struct workspace_record *record, bool *out_of_memory)
{
    struct base_findings unused;
    struct workspace_declaration declaration;
    char *name = NULL;
    base_findings_init(&unused);
    if (workspace_load_record(workspace, record, &declaration, &unused)) {
        name = strdup(declaration.name);
        *out_of_memory = *out_of_memory || name == NULL;
    }
    *out_of_memory = *out_of_memory || unused.out_of_memory;
    workspace_declaration_free(&declaration);
    base_findings_free(&unused);
    return name;
}

bool workspace_finder_begin(struct workspace_finder *finder, const struct workspace *workspace,
                            struct base_findings *findings)
{
    const struct workspace_registry *registry = &workspace->registry;
    *finder =
        (struct workspace_finder){.workspace = workspace, .names = calloc(registry->count + 1, sizeof *finder->names)};
    bool out_of_memory = finder->names == NULL;
    for (size_t i = 0; i < registry->count && !out_of_memory && !base_task_cancelled(workspace->task); i++) {
        finder->names[i] = name_of(workspace, &registry->records[i], &out_of_memory);
    }
    if (out_of_memory) {
        base_report_out_of_memory(findings, NULL);
    }
    return !out_of_memory && !base_task_cancelled(workspace->task);
}

static void free_names(char **names, size_t count)
{
    for (size_t i = 0; names != NULL && i < count; i++) {
        free(names[i]);
    }
    free((void *)names);
}

void workspace_finder_free(struct workspace_finder *finder)
{
    size_t count = finder->workspace != NULL ? finder->workspace->registry.count : 0;
    free_names(finder->names, count);
    free_names(finder->former, count);
    *finder = (struct workspace_finder){.names = NULL};
}

bool workspace_finder_is_lost(const struct workspace_finder *finder, size_t position, bool *out_of_memory)
{
    const struct workspace_record *record = &finder->workspace->registry.records[position];
    int problem = 0;
    bool lost =
        finder->names[position] == NULL && workspace_presence_of(finder->workspace, record, &problem) == WORKSPACE_LOST;
    *out_of_memory = *out_of_memory || problem == ENOMEM;
    return lost;
}

bool workspace_finder_remember(struct workspace_finder *finder, size_t position, char *name)
{
    if (name != NULL && finder->former == NULL) {
        finder->former = calloc(finder->workspace->registry.count + 1, sizeof *finder->former);
    }
    if (name == NULL || finder->former == NULL) {
        free(name);
        return false;
    }
    free(finder->former[position]);
    finder->former[position] = name;
    return true;
}

const char *workspace_finder_name(const struct workspace_finder *finder, const struct workspace_record *record)
{
    return finder->names[record - finder->workspace->registry.records];
}

/* ---- What was typed ---- */

static bool is_id(const char *typed, int32_t asset_id)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%d", (int)asset_id);
    return strcmp(typed, text) == 0;
}

static bool wanted_begin(struct wanted *wanted, const struct workspace *workspace, const char *typed)
{
    size_t length = strlen(typed);
    while (length > 1 && typed[length - 1] == '/') {
        length--;
    }
    *wanted = (struct wanted){.typed = typed, .plain = strndup(typed, length)};
    if (wanted->plain != NULL && length > 0) {
        wanted->root = workspace_typed_root(workspace, wanted->plain);
    }
    return wanted->plain != NULL;
}

static void wanted_free(struct wanted *wanted)
{
    free(wanted->plain);
    free(wanted->root);
}

/* Whether a path is `root` in the directory `above`. */
static bool is_below(const char *path, const char *above, const char *root)
{
    size_t length = strlen(above);
    return strncmp(path, above, length) == 0 && path[length] == '/' && strcmp(path + length + 1, root) == 0;
}

/* Whether the typed path is the root as the registry or as messages write it, or leads there. */
static bool is_root(const struct workspace *workspace, const struct wanted *wanted, const char *root)
{
    return (wanted->root != NULL && strcmp(wanted->root, root) == 0) || strcmp(wanted->plain, root) == 0 ||
           is_below(wanted->plain, "assets", root) || is_below(wanted->plain, workspace->assets_path, root);
}

static bool is_wanted(const struct workspace_finder *finder, const struct wanted *wanted,
                      const struct workspace_record *record)
{
    const char *name = workspace_finder_name(finder, record);
    return is_id(wanted->typed, record->asset_id) || strcmp(wanted->typed, record->asset_uuid) == 0 ||
           is_root(finder->workspace, wanted, record->root) || (name != NULL && strcmp(wanted->typed, name) == 0);
}

/* ---- Around what was typed ---- */

/* Whether a path lies in a directory. */
static bool is_inside(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    return length > 0 && strncmp(path, directory, length) == 0 && path[length] == '/';
}

/* What was typed as a path from assets/ on. */
static const char *from_assets(const struct workspace *workspace, const struct wanted *wanted)
{
    const char *plain = wanted->plain;
    if (wanted->root != NULL) {
        return wanted->root;
    }
    if (is_inside(plain, "assets")) {
        return plain + sizeof "assets";
    }
    return is_inside(plain, workspace->assets_path) ? plain + strlen(workspace->assets_path) + 1 : plain;
}

/* The assets in the typed directory or, if it is a path inside an asset, that asset. Returns their number. */
static size_t find_around(const struct workspace_finder *finder, const struct wanted *wanted,
                          const struct workspace_record **found)
{
    const struct workspace_registry *registry = &finder->workspace->registry;
    const char *path = from_assets(finder->workspace, wanted);
    size_t count = 0;
    for (size_t i = 0; i < registry->count && !base_task_cancelled_in(finder->workspace->task, i); i++) {
        const char *root = registry->records[i].root;
        if (is_inside(path, root) || is_inside(root, path)) {
            found[count++] = &registry->records[i];
        }
    }
    return count;
}

/* ---- Reports ---- */

/* The closest name or root to what was typed. */
struct near {
    struct base_bytes typed;
    unsigned best;
    struct base_text name; /* empty: none is close */
};

static void compare(struct near *near, const char *name)
{
    unsigned distance = base_edit_distance(near->typed, name);
    if (distance < near->best) {
        near->best = distance;
        base_text_clear(&near->name);
        base_text_add_string(&near->name, name);
    }
}

/* Compares the roots, as they are and as messages write them, the name of each declaration without a fault, and what an
 * asset without an asset.json was called. */
static void compare_all(const struct workspace_finder *finder, struct near *near)
{
    const struct workspace *workspace = finder->workspace;
    for (size_t i = 0; i < workspace->registry.count && !base_task_cancelled(workspace->task); i++) {
        const struct workspace_record *record = &workspace->registry.records[i];
        const char *name = finder->names[i] == NULL && finder->former != NULL ? finder->former[i] : finder->names[i];
        if (name != NULL) {
            compare(near, name);
        }
        char *path = workspace_assets_path(workspace->assets_path, record->root, NULL);
        compare(near, record->root);
        compare(near, path != NULL ? path : record->root);
        free(path);
    }
}

/* Nothing is called so. `meant` is what probably was meant, or NULL. */
static void report_meant(const char *typed, const char *meant, const char *message, struct base_findings *findings)
{
    struct base_details details = {.place = {.file = typed},
                                   .expected = "an id, uuid, name or root of a registered asset"};
    if (meant != NULL) {
        details.cause = DIAG_CAUSE_ASSET_MEANT;
        details.subject = meant;
    }
    base_report(findings, DIAG_ASSET_UNKNOWN, &details, "%s", message);
}

static void report_none(const struct workspace_finder *finder, const char *typed, struct base_findings *findings)
{
    struct near near = {.typed = base_bytes_of_string(typed), .best = BASE_DISTANCE_FAR, .name = BASE_TEXT_EMPTY};
    if (base_findings_keeps(findings, DIAG_ASSET_UNKNOWN)) {
        compare_all(finder, &near);
    }
    report_meant(typed, near.name.size > 0 ? base_text_string(&near.name) : NULL, "no registered asset is called so",
                 findings);
    base_text_release(&near.name, &findings->out_of_memory);
}

/* The one asset around what was typed is what was meant. */
static void report_one_around(const struct workspace_finder *finder, const struct workspace_record *record,
                              const struct wanted *wanted, struct base_findings *findings)
{
    char *path = workspace_assets_path(finder->workspace->assets_path, record->root, NULL);
    struct base_text message = BASE_TEXT_EMPTY;
    bool inside = is_inside(from_assets(finder->workspace, wanted), record->root);
    base_text_addf(&message, "no registered asset is called so: %s asset %" PRId32,
                   inside ? "it is in the directory of" : "it is a directory with", record->asset_id);
    report_meant(wanted->typed, path != NULL ? path : record->root, base_text_string(&message), findings);
    base_text_release(&message, &findings->out_of_memory);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    free(path);
}

/* `what` is said of their number. */
static void report_several(const struct workspace *workspace, const struct workspace_record *const *found, size_t count,
                           const char *typed, const char *what, struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < count && i < MOST_SHOWN; i++) {
        char *path = workspace_assets_path(workspace->assets_path, found[i]->root, NULL);
        base_text_addf(&text, "%sasset %d (", i == 0 ? "" : ", ", (int)found[i]->asset_id);
        base_text_add_printable(&text, base_bytes_of_string(path != NULL ? path : found[i]->root), 200);
        base_text_add_char(&text, ')');
        free(path);
    }
    if (count > MOST_SHOWN) {
        base_text_addf(&text, " and %zu more", count - MOST_SHOWN);
    }
    const struct base_place place = {.file = typed};
    base_report(findings, DIAG_ASSET_UNKNOWN,
                &(struct base_details){.place = place,
                                       .expected = "one asset",
                                       .actual = base_text_string(&text),
                                       .remedy = "Name it by its id or its directory."},
                "%zu assets are %s", count, what);
    base_text_release(&text, &findings->out_of_memory);
}

/* `found` is room for all records. */
static void report_unknown(const struct workspace_finder *finder, const struct wanted *wanted,
                           const struct workspace_record **found, struct base_findings *findings)
{
    size_t count = find_around(finder, wanted, found);
    if (count == 0) {
        report_none(finder, wanted->typed, findings);
    } else if (count == 1) {
        report_one_around(finder, found[0], wanted, findings);
    } else {
        report_several(finder->workspace, found, count, wanted->typed, "in this directory", findings);
    }
}

/* ---- Finding ---- */

/* The records that were called so, and are not called anything now. Returns their number. */
static size_t find_former(const struct workspace_finder *finder, const char *typed,
                          const struct workspace_record **found)
{
    const struct workspace_registry *registry = &finder->workspace->registry;
    size_t count = 0;
    for (size_t i = 0; finder->former != NULL && i < registry->count; i++) {
        if (finder->former[i] != NULL && strcmp(typed, finder->former[i]) == 0) {
            found[count++] = &registry->records[i];
        }
    }
    return count;
}

const struct workspace_record *workspace_finder_find(const struct workspace_finder *finder, const char *typed,
                                                     struct base_findings *findings)
{
    const struct workspace_registry *registry = &finder->workspace->registry;
    const struct workspace_record **found = calloc(registry->count + 1, sizeof(const struct workspace_record *));
    struct wanted wanted = {.plain = NULL};
    if (found == NULL || !wanted_begin(&wanted, finder->workspace, typed)) {
        base_report_out_of_memory(findings, NULL);
        free((void *)found);
        return NULL;
    }
    size_t count = 0;
    for (size_t i = 0; i < registry->count && !base_task_cancelled_in(finder->workspace->task, i); i++) {
        if (is_wanted(finder, &wanted, &registry->records[i])) {
            found[count++] = &registry->records[i];
        }
    }
    count = count == 0 ? find_former(finder, typed, found) : count;
    const struct workspace_record *record = count == 1 ? found[0] : NULL;
    if (count == 0) {
        report_unknown(finder, &wanted, found, findings);
    } else if (count > 1) {
        report_several(finder->workspace, found, count, typed, "called so", findings);
    }
    wanted_free(&wanted);
    free((void *)found);
    return record;
}

static int by_id(const void *a, const void *b)
{
    const struct workspace_record *x = *(const struct workspace_record *const *)a;
    const struct workspace_record *y = *(const struct workspace_record *const *)b;
    return (x->asset_id > y->asset_id) - (x->asset_id < y->asset_id);
}

bool workspace_finder_find_all(const struct workspace_finder *finder, const char *const *typed, size_t count,
                               const struct workspace_record **found, size_t *found_count,
                               struct base_findings *findings)
{
    struct base_task *task = finder->workspace->task;
    size_t named = 0;
    for (size_t i = 0; i < count && !findings->out_of_memory && !base_task_cancelled(task); i++) {
        found[named] = workspace_finder_find(finder, typed[i], findings);
        named += found[named] != NULL;
    }
    *found_count = 0;
    if (named < count || !base_sort(found, named, sizeof(const struct workspace_record *), by_id, task)) {
        return false;
    }
    for (size_t i = 0; i < named; i++) {
        if (i == 0 || found[i] != found[*found_count - 1]) {
            found[(*found_count)++] = found[i];
        }
    }
    return true;
}
