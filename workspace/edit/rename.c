#include "workspace/edit/rename.h"

#include "base/directory.h"
#include "base/report.h"
#include "workspace/declaration/declaration.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/document/value.h"
#include "workspace/edit/addition.h"
#include "workspace/edit/name_case.h"
#include "workspace/edit/registry_step.h"
#include "workspace/edit/set_text.h"
#include "workspace/edit/taken.h"
#include "workspace/model/fields.h"
#include "workspace/model/name.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One plan. */
struct renaming {
    const struct workspace *workspace;
    const struct workspace_record *record;
    const char *name;
    struct workspace_plan *plan;
    char **old_name;
    struct base_findings *findings;
    struct base_place place; /* of asset.json */
    int root_fd;
};

static bool report_memory(const struct renaming *renaming)
{
    base_report_out_of_memory(renaming->findings, NULL);
    return false;
}

/* ---- The name ---- */

static bool check_form(const struct renaming *renaming)
{
    const char *fault = workspace_name_fault(renaming->name);
    if (fault == NULL && !workspace_is_utf8(renaming->name)) {
        fault = "is not UTF-8";
    }
    if (fault != NULL) {
        base_report(renaming->findings, DIAG_USAGE,
                    &(struct base_details){.place.request_field = WORKSPACE_FIELD_RENAME_NAME,
                                           .expected = "printable characters"},
                    "the name %s", fault);
    }
    return fault == NULL;
}

static void report_taken(const struct renaming *renaming, int32_t other)
{
    struct base_text name = BASE_TEXT_EMPTY;
    struct base_place place = renaming->place;
    place.request_field = WORKSPACE_FIELD_RENAME_NAME;
    base_text_add_printable(&name, base_bytes_of_string(renaming->name), 60);
    base_report(
        renaming->findings, DIAG_DECLARATION_VALUE,
        &(struct base_details){.place = place, .expected = "a name of its own", .actual = base_text_string(&name)},
        "asset %d already has this name", (int)other);
    base_text_release(&name, &renaming->findings->out_of_memory);
}

/* The asset may have the name but for its case until now. */
static void look_at_case(const struct renaming *renaming, const struct workspace_taken *taken)
{
    const struct workspace_record *record = renaming->record;
    bool *out_of_memory = &renaming->findings->out_of_memory;
    int32_t other = workspace_taken_name_in_any_case(taken, renaming->name, out_of_memory);
    if (other != 0 && other != record->asset_id) {
        char *path = workspace_assets_path(renaming->workspace->assets_path, record->root, NULL);
        workspace_warn_of_name(path, renaming->name, other, renaming->findings);
        free(path);
    }
}

/* Names of the build set are unique. */
static bool check_free(const struct renaming *renaming)
{
    struct workspace_taken taken;
    if (!renaming->record->included_in_build) {
        return true;
    }
    bool fine = workspace_taken_begin_read(&taken, renaming->workspace, renaming->findings);
    int32_t other = fine ? workspace_taken_name(&taken, renaming->name) : 0;
    if (fine && other == 0) {
        look_at_case(renaming, &taken);
    }
    workspace_taken_free(&taken);
    if (other != 0 && other != renaming->record->asset_id) {
        report_taken(renaming, other);
        return false;
    }
    return fine;
}

/* ---- The declaration ---- */

/* The name that a text has, right or wrong, in *renaming->old_name. False when memory ran out. */
static bool take_old_name(const struct renaming *renaming, struct workspace_document *document)
{
    struct json_token value = json_object_member(document->text, json_root(document->text, NULL), "name");
    if (value.kind != JSON_STRING) {
        return true;
    }
    *renaming->old_name = workspace_value_string(document, value);
    return *renaming->old_name != NULL;
}

/* Whether a text is the declaration of the record, without a fault. */
static bool is_accepted(const struct renaming *renaming, struct base_bytes text, struct base_findings *findings)
{
    struct workspace_declaration declaration;
    bool accepted = workspace_declaration_parse(text, &renaming->place, renaming->record, &declaration, findings);
    workspace_declaration_free(&declaration);
    return accepted;
}

/* Whether the new text is accepted. Else says what is wrong with the old one, at its places in the file as it is. */
static bool check_new(const struct renaming *renaming, struct base_bytes old, struct base_bytes text)
{
    struct base_findings unused;
    base_findings_init(&unused);
    bool accepted = is_accepted(renaming, text, &unused);
    bool out_of_memory = unused.out_of_memory;
    base_findings_free(&unused);
    if (out_of_memory) {
        return report_memory(renaming);
    }
    if (!accepted) {
        (void)is_accepted(renaming, old, renaming->findings);
    }
    return accepted;
}

static bool add_step(const struct renaming *renaming, struct base_text *content, struct base_hash replaced)
{
    struct workspace_step *step = workspace_plan_next_step(renaming->plan);
    char *target = step != NULL ? workspace_assets_path(renaming->record->root, WORKSPACE_ANCHOR_NAME, NULL) : NULL;
    if (target == NULL) {
        return report_memory(renaming);
    }
    *step = (struct workspace_step){
        .target = target,
        .path_at = strlen(renaming->record->root) + 1,
        .asset_id = renaming->record->asset_id,
        .content = *content,
        .replaces = true,
        .replaced = replaced,
        .reason = "it gets the new name",
    };
    *content = BASE_TEXT_EMPTY;
    renaming->plan->step_count++;
    return true;
}

/* asset.json with the new name in it. */
static bool plan_anchor(const struct renaming *renaming, struct base_bytes old, struct base_hash replaced)
{
    struct base_text text = BASE_TEXT_EMPTY;
    workspace_set_text(old, "name", renaming->name, &text);
    bool fine = !base_text_out_of_memory(&text) ? true : report_memory(renaming);
    if (fine && text.size > workspace_document_declaration.limit) {
        base_report(renaming->findings, DIAG_INPUT_TOO_LARGE, &(struct base_details){.place = renaming->place},
                    "asset.json would have %zu bytes, more than may be read", text.size);
        fine = false;
    }
    fine = fine && check_new(renaming, old, base_text_bytes(&text)) && add_step(renaming, &text, replaced);
    base_text_free(&text);
    return fine;
}

static bool plan_file(const struct renaming *renaming, struct base_bytes old, struct base_hash replaced)
{
    struct workspace_document document;
    if (!workspace_document_begin(&document, &workspace_document_declaration, old, NULL, &renaming->place,
                                  renaming->findings)) {
        return false;
    }
    if (!take_old_name(renaming, &document)) {
        return report_memory(renaming);
    }
    bool same = *renaming->old_name != NULL && strcmp(*renaming->old_name, renaming->name) == 0;
    if (same) {
        return is_accepted(renaming, old, renaming->findings);
    }
    return plan_anchor(renaming, old, replaced) &&
           workspace_plan_registry_as_it_is(renaming->plan, renaming->workspace, renaming->findings);
}

/* ---- All together ---- */

/* Whether files can be made in the root is checked now: later, the transaction would fail. */
static bool check_rights(const struct renaming *renaming)
{
    if (faccessat(renaming->root_fd, ".", W_OK | X_OK, AT_EACCESS) == 0) {
        return true;
    }
    base_report_write_failure(renaming->findings, &renaming->place, "write the file", errno);
    return false;
}

/* Reports why asset.json cannot be read, as a build would; if a build could read it now, reports the earlier problem.
 */
static void report_unread(const struct renaming *renaming, int problem)
{
    struct workspace_declaration unused;
    uint64_t before = base_findings_errors(renaming->findings);
    (void)workspace_load_record(renaming->workspace, renaming->record, &unused, renaming->findings);
    workspace_declaration_free(&unused);
    if (workspace_nothing_wrong_since(renaming->findings, before)) {
        base_report_read_failure(renaming->findings, &renaming->place, problem);
    }
}

static bool plan_in_root(const struct renaming *renaming)
{
    size_t size = 0;
    struct base_content seen;
    uint64_t before = base_findings_errors(renaming->findings);
    uint8_t *data = workspace_document_read(&workspace_document_declaration, renaming->root_fd, WORKSPACE_ANCHOR_NAME,
                                            &renaming->place, DIAG_NONE, &size, &seen, renaming->findings);
    if (data == NULL && workspace_nothing_wrong_since(renaming->findings, before)) {
        report_unread(renaming, ENOENT);
    }
    bool fine = data != NULL && plan_file(renaming, base_bytes_make(data, size), seen.hash);
    free(data);
    return fine && (renaming->plan->step_count == 0 || check_rights(renaming));
}

static bool plan_all(struct renaming *renaming)
{
    if (!check_form(renaming) || !check_free(renaming)) {
        return false;
    }
    int problem = base_directory_open_below(&renaming->root_fd, renaming->workspace->assets_fd, renaming->record->root);
    if (problem != 0) {
        report_unread(renaming, problem);
        return false;
    }
    bool fine = plan_in_root(renaming);
    (void)close(renaming->root_fd);
    return fine;
}

bool workspace_plan_rename(const struct workspace *workspace, const struct workspace_record *record, const char *name,
                           struct workspace_plan *plan, char **old_name, struct base_findings *findings)
{
    char *display = workspace_assets_path(workspace->assets_path, record->root, WORKSPACE_ANCHOR_NAME);
    struct renaming renaming = {
        .workspace = workspace,
        .record = record,
        .name = name,
        .plan = plan,
        .old_name = old_name,
        .findings = findings,
        .place = {.file = display, .has_asset_id = true, .asset_id = record->asset_id},
        .root_fd = -1,
    };
    *plan = WORKSPACE_PLAN_EMPTY;
    *old_name = NULL;
    bool fine = display != NULL ? plan_all(&renaming) : report_memory(&renaming);
    if (!fine) {
        workspace_plan_drop(plan);
        free(*old_name);
        *old_name = NULL;
    }
    free(display);
    return fine;
}
