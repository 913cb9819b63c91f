#include "workspace/edit/taken.h"

#include "base/ascii.h"
#include "base/report.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static bool add(struct base_index *index, const char *string, int32_t asset_id)
{
    return base_index_add(index, base_bytes_of_string(string), asset_id);
}

static int32_t find(const struct base_index *index, struct base_bytes string)
{
    int64_t number;
    return base_index_find(index, string, &number) ? (int32_t)number : 0;
}

/* ---- Without regard to case ---- */

/* Of ASCII letters alone: whether other letters are one depends on the file system. */
static void add_lower(struct base_text *text, const char *string)
{
    for (; *string != '\0'; string++) {
        base_text_add_char(text, (char)base_ascii_lower((uint8_t)*string));
    }
}

static bool take_lower(struct base_index *index, const char *string, int32_t asset_id)
{
    struct base_text lower = BASE_TEXT_EMPTY;
    add_lower(&lower, string);
    bool fine = !base_text_out_of_memory(&lower) && base_index_add(index, base_text_bytes(&lower), asset_id);
    base_text_free(&lower);
    return fine;
}

static int32_t find_lower(const struct base_index *index, const char *string, bool *out_of_memory)
{
    struct base_text lower = BASE_TEXT_EMPTY;
    add_lower(&lower, string);
    int32_t asset_id = base_text_out_of_memory(&lower) ? 0 : find(index, base_text_bytes(&lower));
    base_text_release(&lower, out_of_memory);
    return asset_id;
}

int32_t workspace_taken_name_in_any_case(const struct workspace_taken *taken, const char *name, bool *out_of_memory)
{
    return find_lower(&taken->lower_names, name, out_of_memory);
}

int32_t workspace_taken_root_in_any_case(const struct workspace_taken *taken, const char *root, bool *out_of_memory)
{
    return find_lower(&taken->lower_roots, root, out_of_memory);
}

/* ---- The registry ---- */

static bool take_root(struct workspace_taken *taken, const struct workspace_record *record)
{
    return workspace_roots_add(&taken->roots, record->root, record->asset_id) &&
           take_lower(&taken->lower_roots, record->root, record->asset_id) &&
           add(&taken->uuids, record->asset_uuid, record->asset_id);
}

bool workspace_taken_begin(struct workspace_taken *taken, const struct workspace_registry *registry)
{
    *taken = (struct workspace_taken){.roots = WORKSPACE_ROOTS_EMPTY};
    bool fine = true;
    for (size_t i = 0; fine && i < registry->count; i++) {
        fine = take_root(taken, &registry->records[i]);
    }
    return fine;
}

void workspace_taken_free(struct workspace_taken *taken)
{
    workspace_roots_free(&taken->roots);
    base_index_free(&taken->uuids);
    base_index_free(&taken->names);
    base_index_free(&taken->lower_roots);
    base_index_free(&taken->lower_names);
    base_index_free(&taken->updated);
    base_index_free(&taken->excluded_names);
    base_index_free(&taken->copied_names);
    free(taken->copy_numbers);
    taken->copy_numbers = NULL;
}

bool workspace_taken_update(struct workspace_taken *taken, const char *uuid, bool *again)
{
    *again = find(&taken->updated, base_bytes_of_string(uuid)) != 0;
    return add(&taken->updated, uuid, 1);
}

int32_t workspace_taken_uuid(const struct workspace_taken *taken, const char *uuid)
{
    return find(&taken->uuids, base_bytes_of_string(uuid));
}

/* ---- What declarations take ---- */

static void take_slot(struct workspace_taken *taken, const struct workspace_asset *asset)
{
    const struct workspace_declaration *declaration = &asset->declaration;
    struct workspace_taken_bank *bank = &taken->banks[declaration->type];
    bank->preloaded += declaration->preload ? 1 : 0;
    if (declaration->preload && declaration->has_slot && bank->holders[declaration->slot] == 0) {
        bank->holders[declaration->slot] = asset->record->asset_id;
    }
}

bool workspace_taken_join(struct workspace_taken *taken, const struct workspace_asset *asset)
{
    take_slot(taken, asset);
    return add(&taken->names, asset->declaration.name, asset->record->asset_id) &&
           take_lower(&taken->lower_names, asset->declaration.name, asset->record->asset_id);
}

bool workspace_taken_add(struct workspace_taken *taken, const struct workspace_asset *asset)
{
    return take_root(taken, asset->record) && workspace_taken_join(taken, asset);
}

/* What else is wrong with the declaration of a record is not asked here. */
static bool read_declaration(struct workspace_taken *taken, const struct workspace *workspace,
                             const struct workspace_record *record, struct base_findings *findings)
{
    struct workspace_asset asset = {.record = record};
    struct base_findings found;
    base_findings_init(&found);
    bool loaded = workspace_load_record(workspace, record, &asset.declaration, &found);
    if (found.out_of_memory || (loaded && !workspace_taken_join(taken, &asset))) {
        base_report_out_of_memory(&found, NULL);
    }
    bool unread = base_findings_any(&found, DIAG_CLASS_E);
    if (unread) {
        base_findings_move(findings, &found);
    }
    workspace_declaration_free(&asset.declaration);
    base_findings_free(&found);
    return !unread;
}

bool workspace_taken_read(struct workspace_taken *taken, const struct workspace *workspace,
                          struct base_findings *findings)
{
    const struct workspace_registry *registry = &workspace->registry;
    bool fine = true;
    for (size_t i = 0; fine && !taken->declarations_read && i < registry->count; i++) {
        if (registry->records[i].included_in_build) {
            fine = read_declaration(taken, workspace, &registry->records[i], findings);
        }
    }
    taken->declarations_read = fine;
    return fine;
}

bool workspace_taken_begin_read(struct workspace_taken *taken, const struct workspace *workspace,
                                struct base_findings *findings)
{
    if (!workspace_taken_begin(taken, &workspace->registry)) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    return workspace_taken_read(taken, workspace, findings);
}

int32_t workspace_taken_name(const struct workspace_taken *taken, const char *name)
{
    return find(&taken->names, base_bytes_of_string(name));
}

const struct workspace_taken_bank *workspace_taken_bank(const struct workspace_taken *taken,
                                                        enum workspace_asset_type type)
{
    return &taken->banks[type];
}
