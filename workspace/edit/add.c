/* prpack add: docs/contracts/workspace.md, 6. */
#include "workspace/document/problem.h"
#include "workspace/edit/addition.h"
#include "workspace/edit/adopt.h"
#include "workspace/edit/commit.h"
#include "workspace/edit/infer.h"
#include "workspace/edit/options.h"
#include "workspace/edit/root.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void report_name(struct workspace_addition *add, const struct workspace_record *record)
{
    struct base_text name = BASE_TEXT_EMPTY;
    base_text_add_printable(&name, base_bytes_of_string(add->declaration.name), 60);
    struct base_place place = BASE_NOWHERE;
    place.file = add->root_display;
    place.request_field = WORKSPACE_ADD_FIELD_NAME;
    base_findings_add(add->findings, DIAG_DECLARATION_VALUE, &place, "a name of its own", base_text_string(&name),
                      "asset %d already has this name", (int)record->asset_id);
    base_text_release(&name, &add->findings->out_of_memory);
}

/* Whether a record of the build set has the name. What else is wrong with its declaration is not asked here. */
static bool has_name(const struct workspace *workspace, const struct workspace_record *record, const char *name,
                     bool *out_of_memory)
{
    struct workspace_declaration declaration;
    struct base_findings ignored;
    base_findings_init(&ignored);
    bool same = record->included_in_build && workspace_load_record(workspace, record, &declaration, &ignored) &&
                strcmp(declaration.name, name) == 0;
    *out_of_memory = ignored.out_of_memory;
    if (record->included_in_build) {
        workspace_declaration_free(&declaration);
    }
    base_findings_free(&ignored);
    return same;
}

/* Names of the build set are unique: better said now than when it is built. */
static bool check_name(struct workspace_addition *add)
{
    const struct workspace_registry *registry = &add->workspace->registry;
    for (size_t i = 0; i < registry->count; i++) {
        bool out_of_memory;
        if (has_name(add->workspace, &registry->records[i], add->declaration.name, &out_of_memory)) {
            report_name(add, &registry->records[i]);
            return false;
        }
        if (out_of_memory) {
            base_report_out_of_memory(add->findings, NULL);
            return false;
        }
    }
    return true;
}

static bool check_registry(struct workspace_addition *add)
{
    const struct workspace_registry *registry = &add->workspace->registry;
    struct base_place place = BASE_NOWHERE;
    place.file = add->root_display;
    for (size_t i = 0; i < registry->count; i++) {
        const struct workspace_record *record = &registry->records[i];
        bool inside = workspace_path_within(add->root, record->root);
        if (!inside && !workspace_path_within(record->root, add->root)) {
            continue;
        }
        place.has_asset_id = true;
        place.asset_id = record->asset_id;
        if (strcmp(record->root, add->root) == 0) {
            base_findings_add(add->findings, DIAG_ROOT_REGISTERED, &place, NULL, NULL, "this root is already asset %d",
                              (int)record->asset_id);
        } else {
            base_findings_add(add->findings, DIAG_ROOT_INVALID, &place, "a root outside of all others", NULL,
                              inside ? "the root lies inside the root of asset %d"
                                     : "the root contains the root of asset %d",
                              (int)record->asset_id);
        }
        return false;
    }
    if (registry->next_asset_id > INT32_MAX) {
        base_findings_add(add->findings, DIAG_REGISTRY_SHAPE, &place, NULL, NULL, "all ids up to 2^31-1 are used");
        return false;
    }
    return true;
}

static bool add_root(struct workspace_addition *add, struct workspace_add_result *result)
{
    if (!workspace_add_check_options(add) || !workspace_add_find_root(add) || !check_registry(add)) {
        return false;
    }
    struct stat status;
    add->made = fstatat(add->root_fd, WORKSPACE_ANCHOR_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0;
    if (add->made && errno != ENOENT) {
        struct base_place place = BASE_NOWHERE;
        place.file = add->anchor_display;
        workspace_report_read_problem(add->findings, &place, errno, DIAG_ANCHOR_MISSING, "there is no asset.json");
        return false;
    }
    bool known = add->made ? workspace_add_infer(add) : workspace_add_adopt(add);
    return known && check_name(add) && workspace_add_commit(add, result);
}

bool workspace_add(struct workspace *workspace, const char *root, const struct workspace_add_options *options,
                   struct workspace_add_result *result, struct base_findings *findings)
{
    struct workspace_addition add = {
        .workspace = workspace,
        .options = options,
        .findings = findings,
        .typed = root,
        .root_fd = -1,
    };
    *result = (struct workspace_add_result){.root = NULL};
    bool added = add_root(&add, result);
    if (!added) {
        workspace_add_result_free(result);
    }
    if (add.root_fd >= 0) {
        (void)close(add.root_fd);
    }
    workspace_declaration_free(&add.declaration);
    base_text_free(&add.text);
    free(add.root);
    free(add.root_display);
    free(add.anchor_display);
    return added;
}

void workspace_add_result_free(struct workspace_add_result *result)
{
    free(result->root);
    free(result->name);
    *result = (struct workspace_add_result){.root = NULL};
}
