#include "workspace/find.h"

#include "base/directory.h"
#include "base/report.h"
#include "base/suggest.h"
#include "base/text.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 8 };

/* What is known of the text that was typed. */
struct wanted {
    const char *typed;
    char *root; /* below assets/, of the directory that it names; or NULL */
};

static bool is_id(const char *typed, int32_t asset_id)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%d", (int)asset_id);
    return strcmp(typed, text) == 0;
}

/* The directory below assets/ that a path from the directory of the task leads to. */
static char *resolve(const struct workspace *workspace, const char *typed)
{
    int directory = base_task_directory(workspace->task);
    char *assets = base_directory_resolve(directory, workspace->assets_path);
    char *real = base_directory_resolve(directory, typed);
    char *root = NULL;
    if (assets != NULL && real != NULL && workspace_path_within(real, assets) && real[strlen(assets)] == '/') {
        root = strdup(real + strlen(assets) + 1);
    }
    free(assets);
    free(real);
    return root;
}

/* Whether the typed path is the root as the registry or as messages write it; "/" at the end does not count. */
static bool is_written(const struct workspace *workspace, const char *typed, const char *root)
{
    size_t length = strlen(typed);
    while (length > 1 && typed[length - 1] == '/') {
        length--;
    }
    char *shown = workspace_assets_path("assets", root, NULL);
    char *with_place = workspace_assets_path(workspace->assets_path, root, NULL);
    const char *forms[] = {root, shown, with_place};
    bool is = false;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        is = is || (forms[i] != NULL && strlen(forms[i]) == length && memcmp(forms[i], typed, length) == 0);
    }
    free(shown);
    free(with_place);
    return is;
}

static bool is_root(const struct workspace *workspace, const struct wanted *wanted, const char *root)
{
    return (wanted->root != NULL && strcmp(wanted->root, root) == 0) || is_written(workspace, wanted->typed, root);
}

/* Whether the declaration of a record has this name. One that is faulty has none. */
static bool is_name(const struct workspace *workspace, const struct workspace_record *record, const char *typed)
{
    struct base_findings unused;
    struct workspace_declaration declaration;
    base_findings_init(&unused);
    bool is = workspace_load_record(workspace, record, &declaration, &unused) && strcmp(declaration.name, typed) == 0;
    workspace_declaration_free(&declaration);
    base_findings_free(&unused);
    return is;
}

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

/* Compares the roots, the last part of each, and the name of each declaration without a fault. */
static void compare_all(const struct workspace *workspace, struct near *near)
{
    for (size_t i = 0; i < workspace->registry.count && !base_task_cancelled(workspace->task); i++) {
        const struct workspace_record *record = &workspace->registry.records[i];
        struct base_findings unused;
        struct workspace_declaration declaration;
        base_findings_init(&unused);
        if (workspace_load_record(workspace, record, &declaration, &unused)) {
            compare(near, declaration.name);
        }
        workspace_declaration_free(&declaration);
        base_findings_free(&unused);
        char *path = workspace_assets_path(workspace->assets_path, record->root, NULL);
        compare(near, record->root);
        compare(near, path != NULL ? path : record->root);
        free(path);
    }
}

static void report_none(const struct workspace *workspace, const char *typed, struct base_findings *findings)
{
    struct near near = {.typed = base_bytes_of_string(typed), .best = BASE_DISTANCE_FAR, .name = BASE_TEXT_EMPTY};
    struct base_details details = {.place = {.file = typed},
                                   .expected = "an id, uuid, name or root of a registered asset"};
    if (base_findings_keeps(findings, DIAG_ASSET_UNKNOWN)) {
        compare_all(workspace, &near);
    }
    if (near.name.size > 0) {
        details.cause = DIAG_CAUSE_ASSET_MEANT;
        details.subject = base_text_string(&near.name);
    }
    base_report(findings, DIAG_ASSET_UNKNOWN, &details, "no registered asset is called so");
    base_text_release(&near.name, &findings->out_of_memory);
}

static void report_several(const struct workspace *workspace, const struct workspace_record *const *found, size_t count,
                           const char *typed, struct base_findings *findings)
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
                "%zu assets are called so", count);
    base_text_release(&text, &findings->out_of_memory);
}

const struct workspace_record *workspace_find_asset(const struct workspace *workspace, const char *typed,
                                                    struct base_findings *findings)
{
    const struct workspace_registry *registry = &workspace->registry;
    const struct workspace_record **found = calloc(registry->count + 1, sizeof(const struct workspace_record *));
    if (found == NULL) {
        base_report_out_of_memory(findings, NULL);
        return NULL;
    }
    const struct wanted wanted = {.typed = typed, .root = resolve(workspace, typed)};
    size_t count = 0;
    for (size_t i = 0; i < registry->count && !base_task_cancelled(workspace->task); i++) {
        const struct workspace_record *record = &registry->records[i];
        if (is_id(typed, record->asset_id) || strcmp(typed, record->asset_uuid) == 0 ||
            is_root(workspace, &wanted, record->root) || is_name(workspace, record, typed)) {
            found[count++] = record;
        }
    }
    const struct workspace_record *record = count == 1 ? found[0] : NULL;
    if (count == 0) {
        report_none(workspace, typed, findings);
    } else if (count > 1) {
        report_several(workspace, found, count, typed, findings);
    }
    free(wanted.root);
    free((void *)found);
    return record;
}
