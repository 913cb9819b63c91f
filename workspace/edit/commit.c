#include "workspace/edit/commit.h"

#include "base/checked.h"
#include "base/directory.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/edit/atomic.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/registry/registry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int write_registry(int prometeu_fd, const struct workspace_registry *registry, bool *replaced)
{
    struct base_text text = BASE_TEXT_EMPTY;
    workspace_registry_print(registry, &text);
    int problem = base_text_out_of_memory(&text) ? ENOMEM : 0;
    if (problem == 0 && text.size > workspace_document_registry.limit) {
        problem = EFBIG;
    }
    if (problem == 0) {
        problem = workspace_write_atomically(prometeu_fd, WORKSPACE_REGISTRY_NAME, base_text_bytes(&text), replaced);
    }
    base_text_free(&text);
    return problem;
}

/* The registry with one record more, which it owns; the others stay the old one's. False when memory ran out. */
static bool extend(const struct workspace_registry *old, struct workspace_record record,
                   struct workspace_registry *extended)
{
    size_t count;
    size_t size;
    struct workspace_record *records = NULL;
    if (base_add_size(old->count, 1, &count) && base_mul_size(count, sizeof *records, &size)) {
        records = malloc(size);
    }
    if (records == NULL) {
        return false;
    }
    for (size_t i = 0; i < old->count; i++) {
        records[i] = old->records[i];
    }
    records[old->count] = record;
    *extended =
        (struct workspace_registry){.records = records, .count = count, .next_asset_id = old->next_asset_id + 1};
    return true;
}

/* Lets the workspace have the new registry, and its assets point into that. */
static void replace(struct workspace *workspace, const struct workspace_registry *extended)
{
    for (size_t i = 0; i < workspace->asset_count; i++) {
        ptrdiff_t index = workspace->assets[i].record - workspace->registry.records;
        workspace->assets[i].record = extended->records + index;
    }
    free(workspace->registry.records);
    workspace->registry = *extended;
}

static bool report(const struct workspace_addition *add, const char *file, int problem, const char *doing)
{
    struct base_place place = BASE_NOWHERE;
    place.file = file;
    base_report_write_failure(add->findings, &place, doing, problem);
    return false;
}

/* An asset.json that this `add` made goes again when it fails. */
static void take_back(const struct workspace_addition *add)
{
    if (add->made) {
        (void)unlinkat(add->root_fd, WORKSPACE_ANCHOR_NAME, 0);
    }
}

static bool write_declaration(struct workspace_addition *add, int prometeu_fd)
{
    if (add->text.size == 0) {
        return true;
    }
    bool replaced;
    int problem = workspace_write_atomically_from(prometeu_fd, add->root_fd, WORKSPACE_ANCHOR_NAME,
                                                  base_text_bytes(&add->text), &replaced);
    if (problem != 0 && replaced) {
        take_back(add);
    }
    return problem == 0 || report(add, add->anchor_display, problem, "write the file");
}

static bool report_registry(const struct workspace_addition *add, int problem)
{
    char *display = workspace_assets_path(add->workspace->directory, WORKSPACE_REGISTRY_PATH, NULL);
    (void)report(add, display, problem, "write the registry");
    free(display);
    return false;
}

/* The commit point. */
static bool write_extended(struct workspace_addition *add, int prometeu_fd, const struct workspace_registry *extended)
{
    bool replaced = false;
    int problem = write_registry(prometeu_fd, extended, &replaced);
    if (problem != 0 && !replaced) {
        take_back(add);
    }
    return problem == 0 || report_registry(add, problem);
}

static bool write_both(struct workspace_addition *add, const struct workspace_registry *extended)
{
    int prometeu_fd;
    int problem = base_directory_open_below(&prometeu_fd, add->workspace->assets_fd, WORKSPACE_REGISTRY_DIRECTORY);
    if (problem != 0) {
        return report_registry(add, problem);
    }
    bool written = write_declaration(add, prometeu_fd) && write_extended(add, prometeu_fd, extended);
    (void)close(prometeu_fd);
    return written;
}

/* Everything that can fail for want of memory is done before the first byte is written. */
bool workspace_add_commit(struct workspace_addition *add, struct workspace_add_result *result)
{
    const struct workspace_registry *old = &add->workspace->registry;
    struct workspace_record record = {
        .asset_id = (int32_t)old->next_asset_id,
        .asset_uuid = strdup(add->asset_uuid),
        .root = strdup(add->root),
        .included_in_build = true,
    };
    struct workspace_registry extended;
    *result = (struct workspace_add_result){
        .asset_id = record.asset_id,
        .root = strdup(add->root),
        .name = strdup(add->declaration.name),
        .format = workspace_format_name(add->declaration.type, add->declaration.format),
        .wrote_declaration = add->made,
    };
    memcpy(result->asset_uuid, add->asset_uuid, sizeof result->asset_uuid);
    if (record.asset_uuid == NULL || record.root == NULL || result->root == NULL || result->name == NULL ||
        !extend(old, record, &extended)) {
        workspace_record_free(&record);
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    if (!write_both(add, &extended)) {
        workspace_record_free(&record);
        free(extended.records);
        return false;
    }
    replace(add->workspace, &extended);
    return true;
}
