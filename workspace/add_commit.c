/* `add` writes: asset.json first, the registry last. docs/contracts/workspace.md, 6.4. */
#include "base/checked.h"
#include "workspace/add.h"
#include "workspace/atomic.h"
#include "workspace/document.h"
#include "workspace/path.h"
#include "workspace/problem.h"
#include "workspace/registry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int write_registry(const struct pp_workspace *workspace, const struct pp_registry *registry, bool *replaced)
{
    struct pp_text text = PP_TEXT_EMPTY;
    int prometeu_fd = -1;
    pp_registry_print(registry, &text);
    int problem = pp_text_failed(&text) ? ENOMEM : 0;
    if (problem == 0 && text.size > pp_document_registry.limit) {
        problem = EFBIG;
    }
    if (problem == 0) {
        problem = pp_directory_open_below(&prometeu_fd, workspace->assets_fd, ".prometeu");
    }
    if (problem == 0) {
        problem = pp_write_atomically(prometeu_fd, "index.json", pp_text_bytes(&text), replaced);
        (void)close(prometeu_fd);
    }
    pp_text_free(&text);
    return problem;
}

/* The registry with one record more, which it owns; the others stay the old one's. False when memory ran out. */
static bool extend(const struct pp_registry *old, struct pp_record record, struct pp_registry *extended)
{
    size_t count;
    size_t size;
    struct pp_record *records = NULL;
    if (pp_add_size(old->count, 1, &count) && pp_mul_size(count, sizeof *records, &size)) {
        records = malloc(size);
    }
    if (records == NULL) {
        return false;
    }
    for (size_t i = 0; i < old->count; i++) {
        records[i] = old->records[i];
    }
    records[old->count] = record;
    *extended = (struct pp_registry){.records = records, .count = count, .next_asset_id = old->next_asset_id + 1};
    return true;
}

/* Lets the workspace have the new registry, and its assets point into that. */
static void replace(struct pp_workspace *workspace, const struct pp_registry *extended)
{
    for (size_t i = 0; i < workspace->asset_count; i++) {
        ptrdiff_t index = workspace->assets[i].record - workspace->registry.records;
        workspace->assets[i].record = extended->records + index;
    }
    free(workspace->registry.records);
    workspace->registry = *extended;
}

static bool write_declaration(struct pp_add *add)
{
    if (add->text.size == 0) {
        return true;
    }
    struct pp_place place = PP_NOWHERE;
    place.file = add->anchor_display;
    int problem = pp_write_atomically(add->root_fd, "asset.json", pp_text_bytes(&add->text), NULL);
    if (problem != 0) {
        pp_report_write_problem(add->findings, &place, problem, "write the file");
    }
    return problem == 0;
}

/* The commit point. An asset.json that this `add` made goes again when it fails. */
static bool write_extended(struct pp_add *add, const struct pp_registry *extended)
{
    bool replaced = false;
    int problem = write_registry(add->workspace, extended, &replaced);
    if (problem == 0) {
        return true;
    }
    char *display = pp_assets_path(add->workspace->directory, PP_REGISTRY_PATH, NULL);
    struct pp_place place = PP_NOWHERE;
    place.file = display;
    pp_report_write_problem(add->findings, &place, problem, "write the registry");
    free(display);
    if (add->made && !replaced) {
        (void)unlinkat(add->root_fd, "asset.json", 0);
    }
    return false;
}

/* Everything that can fail for want of memory is done before the first byte is written. */
bool pp_add_commit(struct pp_add *add, struct pp_add_result *result)
{
    const struct pp_registry *old = &add->workspace->registry;
    struct pp_record record = {
        .asset_id = (int32_t)old->next_asset_id,
        .asset_uuid = strdup(add->asset_uuid),
        .root = strdup(add->root),
        .included_in_build = true,
    };
    struct pp_registry extended;
    *result = (struct pp_add_result){
        .asset_id = record.asset_id,
        .root = strdup(add->root),
        .name = strdup(add->declaration.name),
        .format = pp_format_name(add->declaration.type, add->declaration.format),
        .wrote_declaration = add->made,
    };
    memcpy(result->asset_uuid, add->asset_uuid, sizeof result->asset_uuid);
    if (record.asset_uuid == NULL || record.root == NULL || result->root == NULL || result->name == NULL ||
        !extend(old, record, &extended)) {
        pp_record_free(&record);
        pp_report_out_of_memory(add->findings);
        return false;
    }
    if (!write_declaration(add) || !write_extended(add, &extended)) {
        pp_record_free(&record);
        free(extended.records);
        return false;
    }
    replace(add->workspace, &extended);
    return true;
}
