/* The build set: every declaration of it, and the rule that holds between them. */
#include "workspace/load.h"

#include "base/text.h"
#include "workspace/path.h"
#include "workspace/problem.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    const struct pp_asset *x = *(const struct pp_asset *const *)a;
    const struct pp_asset *y = *(const struct pp_asset *const *)b;
    int order = strcmp(x->declaration.name, y->declaration.name);
    if (order != 0) {
        return order;
    }
    return (x->record->asset_id > y->record->asset_id) - (x->record->asset_id < y->record->asset_id);
}

static void report_name(const struct pp_workspace *workspace, const struct pp_asset *asset,
                        const struct pp_asset *first, struct pp_findings *findings)
{
    char *path = pp_assets_path(workspace->directory, asset->record->root, "asset.json");
    struct pp_text name = PP_TEXT_EMPTY;
    struct pp_text roots = PP_TEXT_EMPTY;
    pp_text_add_printable(&name, pp_bytes_of_string(asset->declaration.name), 60);
    pp_text_add_printable(&roots, pp_bytes_of_string(first->record->root), 60);
    pp_text_add_string(&roots, "\" and \"");
    pp_text_add_printable(&roots, pp_bytes_of_string(asset->record->root), 60);
    struct pp_place place = {
        .file = path,
        .byte_offset = (int64_t)asset->declaration.name_at,
        .json_pointer = "/name",
        .has_asset_id = true,
        .asset_id = asset->record->asset_id,
    };
    pp_findings_add(findings, PP_DECLARATION_VALUE, &place, "a name of its own", pp_text_string(&name),
                    "the assets %d and %d have one name: \"%s\"", (int)first->record->asset_id,
                    (int)asset->record->asset_id, pp_text_string(&roots));
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    pp_text_done(findings, &roots);
    pp_text_done(findings, &name);
    free(path);
}

static void check_names(const struct pp_workspace *workspace, struct pp_findings *findings)
{
    if (workspace->asset_count == 0) {
        return;
    }
    const struct pp_asset **sorted = calloc(workspace->asset_count, sizeof(const struct pp_asset *));
    if (sorted == NULL) {
        pp_report_out_of_memory(findings);
        return;
    }
    for (size_t i = 0; i < workspace->asset_count; i++) {
        sorted[i] = &workspace->assets[i];
    }
    qsort(sorted, workspace->asset_count, sizeof(const struct pp_asset *), by_name);
    size_t first = 0;
    for (size_t i = 1; i < workspace->asset_count; i++) {
        if (strcmp(sorted[i]->declaration.name, sorted[first]->declaration.name) == 0) {
            report_name(workspace, sorted[i], sorted[first], findings);
        } else {
            first = i;
        }
    }
    free(sorted);
}

static enum pp_known know_nothing(void *context, const struct pp_record *record, struct pp_declaration *declaration)
{
    (void)context;
    (void)record;
    (void)declaration;
    return PP_KNOWN_NOT;
}

bool pp_workspace_load(struct pp_workspace *workspace, struct pp_findings *findings)
{
    return pp_workspace_load_unknown(workspace, know_nothing, NULL, findings);
}

bool pp_workspace_load_unknown(struct pp_workspace *workspace, pp_known_declaration known, void *context,
                               struct pp_findings *findings)
{
    uint64_t before = pp_findings_errors(findings);
    pp_workspace_drop_assets(workspace);
    bool faulty = false;
    size_t included = 0;
    for (size_t i = 0; i < workspace->registry.count; i++) {
        included += workspace->registry.records[i].included_in_build ? 1 : 0;
    }
    if (included > 0) {
        workspace->assets = calloc(included, sizeof *workspace->assets);
        if (workspace->assets == NULL) {
            pp_report_out_of_memory(findings);
            return false;
        }
    }
    for (size_t i = 0; i < workspace->registry.count && !findings->out_of_memory; i++) {
        const struct pp_record *record = &workspace->registry.records[i];
        if (record->included_in_build) {
            struct pp_asset *asset = &workspace->assets[workspace->asset_count];
            asset->record = record;
            enum pp_known state = known(context, record, &asset->declaration);
            bool loaded =
                state == PP_KNOWN_LOADED || state == PP_KNOWN_KEPT ||
                (state == PP_KNOWN_NOT && pp_workspace_load_record(workspace, record, &asset->declaration, findings));
            asset->kept = state == PP_KNOWN_KEPT;
            faulty = faulty || !loaded;
            workspace->asset_count += loaded;
        }
    }
    check_names(workspace, findings);
    return !faulty && pp_nothing_wrong_since(findings, before);
}
