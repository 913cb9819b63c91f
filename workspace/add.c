/* prpack add: docs/contracts/workspace.md, 6. */
#include "workspace/add.h"

#include "base/utf8.h"
#include "workspace/declaration.h"
#include "workspace/path.h"
#include "workspace/problem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool pp_is_utf8(const char *string)
{
    struct pp_bytes rest = pp_bytes_of_string(string);
    while (rest.size > 0) {
        uint32_t character;
        size_t length = pp_utf8_decode(rest, &character);
        if (length == 0) {
            return false;
        }
        rest = pp_bytes_make(rest.data + length, rest.size - length);
    }
    return true;
}

bool pp_add_draw_uuid(struct pp_add *add)
{
    int problem = pp_uuid_draw(add->asset_uuid);
    if (problem != 0) {
        pp_report_write_problem(add->findings, &PP_NOWHERE, problem, "draw a uuid");
    }
    return problem == 0;
}

bool pp_add_check_text(struct pp_add *add)
{
    if (pp_text_failed(&add->text)) {
        pp_report_out_of_memory(add->findings);
        return false;
    }
    struct pp_place place = PP_NOWHERE;
    place.file = add->anchor_display;
    if (add->text.size > pp_document_declaration.limit) {
        pp_findings_add(add->findings, PP_INPUT_TOO_LARGE, &place, NULL, NULL,
                        "asset.json would have %zu bytes, more than may be read", add->text.size);
        return false;
    }
    struct pp_record record = {.asset_uuid = add->asset_uuid};
    pp_declaration_free(&add->declaration);
    return pp_declaration_parse(pp_text_bytes(&add->text), &place, &record, &add->declaration, add->findings);
}

static void report_name(struct pp_add *add, const struct pp_record *record)
{
    struct pp_text name = PP_TEXT_EMPTY;
    pp_text_add_printable(&name, pp_bytes_of_string(add->declaration.name), 60);
    struct pp_place place = PP_NOWHERE;
    place.file = add->root_display;
    pp_findings_add(add->findings, PP_DECLARATION_VALUE, &place, "a name of its own", pp_text_string(&name),
                    "asset %d has this name already: choose another one with --name, or in asset.json",
                    (int)record->asset_id);
    pp_text_done(add->findings, &name);
}

/* Whether a record of the build set has the name. What else is wrong with its declaration is not asked here. */
static bool has_name(const struct pp_workspace *workspace, const struct pp_record *record, const char *name,
                     bool *out_of_memory)
{
    struct pp_declaration declaration;
    struct pp_findings ignored;
    pp_findings_init(&ignored);
    bool same = record->included_in_build && pp_workspace_load_record(workspace, record, &declaration, &ignored) &&
                strcmp(declaration.name, name) == 0;
    *out_of_memory = ignored.out_of_memory;
    if (record->included_in_build) {
        pp_declaration_free(&declaration);
    }
    pp_findings_free(&ignored);
    return same;
}

/* Names of the build set are unique: better said now than when it is built. */
static bool check_name(struct pp_add *add)
{
    const struct pp_registry *registry = &add->workspace->registry;
    for (size_t i = 0; i < registry->count; i++) {
        bool out_of_memory;
        if (has_name(add->workspace, &registry->records[i], add->declaration.name, &out_of_memory)) {
            report_name(add, &registry->records[i]);
            return false;
        }
        if (out_of_memory) {
            pp_report_out_of_memory(add->findings);
            return false;
        }
    }
    return true;
}

static bool check_registry(struct pp_add *add)
{
    const struct pp_registry *registry = &add->workspace->registry;
    struct pp_place place = PP_NOWHERE;
    place.file = add->root_display;
    for (size_t i = 0; i < registry->count; i++) {
        const struct pp_record *record = &registry->records[i];
        bool inside = pp_path_within(add->root, record->root);
        if (!inside && !pp_path_within(record->root, add->root)) {
            continue;
        }
        place.has_asset_id = true;
        place.asset_id = record->asset_id;
        if (strcmp(record->root, add->root) == 0) {
            pp_findings_add(add->findings, PP_ROOT_REGISTERED, &place, NULL, NULL, "this root is asset %d already",
                            (int)record->asset_id);
        } else {
            pp_findings_add(add->findings, PP_ROOT_INVALID, &place, "a root outside of all others", NULL,
                            inside ? "the root lies inside the root of asset %d"
                                   : "the root has the root of asset %d inside",
                            (int)record->asset_id);
        }
        return false;
    }
    if (registry->next_asset_id > INT32_MAX) {
        pp_findings_add(add->findings, PP_REGISTRY_SHAPE, &place, NULL, NULL, "all ids up to 2^31-1 are used");
        return false;
    }
    return true;
}

static bool add_root(struct pp_add *add, struct pp_add_result *result)
{
    if (!pp_add_check_options(add) || !pp_add_find_root(add) || !check_registry(add)) {
        return false;
    }
    struct stat status;
    add->made = fstatat(add->root_fd, "asset.json", &status, AT_SYMLINK_NOFOLLOW) != 0;
    if (add->made && errno != ENOENT) {
        struct pp_place place = PP_NOWHERE;
        place.file = add->anchor_display;
        pp_report_read_problem(add->findings, &place, errno, PP_ANCHOR_MISSING, "there is no asset.json");
        return false;
    }
    bool known = add->made ? pp_add_infer(add) : pp_add_adopt(add);
    return known && check_name(add) && pp_add_commit(add, result);
}

bool pp_workspace_add(struct pp_workspace *workspace, const char *root, const struct pp_add_options *options,
                      struct pp_add_result *result, struct pp_findings *findings)
{
    struct pp_add add = {
        .workspace = workspace,
        .options = options,
        .findings = findings,
        .typed = root,
        .root_fd = -1,
    };
    *result = (struct pp_add_result){.root = NULL};
    bool added = add_root(&add, result);
    if (!added) {
        pp_add_result_free(result);
    }
    if (add.root_fd >= 0) {
        (void)close(add.root_fd);
    }
    pp_declaration_free(&add.declaration);
    pp_text_free(&add.text);
    free(add.root);
    free(add.root_display);
    free(add.anchor_display);
    return added;
}

void pp_add_result_free(struct pp_add_result *result)
{
    free(result->root);
    free(result->name);
    *result = (struct pp_add_result){.root = NULL};
}
