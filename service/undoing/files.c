#include "service/undoing/files.h"

#include "base/hash.h"
#include "service/undoing/build_set.h"
#include "service/undoing/later.h"
#include "service/undoing/made.h"
#include "service/undoing/now.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

/* The content before the operation, of what it left. False: it is not what the operation left. */
static bool splice_back(const struct service_past_file *file, struct base_bytes now, struct base_text *content)
{
    if (!base_hash_equal(base_hash_of(now), file->after) || file->at > now.size ||
        file->inserted > now.size - file->at) {
        return false;
    }
    size_t rest = file->at + file->inserted;
    base_text_add(content, base_bytes_make(now.data, file->at));
    base_text_add(content, base_bytes_make(file->removed, file->removed_size));
    base_text_add(content, base_bytes_make(now.data + rest, now.size - rest));
    return base_text_out_of_memory(content) || base_hash_equal(base_hash_of(base_text_bytes(content)), file->before);
}

static bool add_file(const struct service_undoing *undoing, const struct service_past_file *file, const char *root,
                     struct base_text *content)
{
    struct workspace_step *step =
        service_undoing_add_file_step(undoing, WORKSPACE_ACTION_WRITE, file, root, "it gets the content that it had");
    if (step == NULL) {
        return false;
    }
    step->replaces = true;
    step->replaced = file->after;
    step->content = *content;
    *content = BASE_TEXT_EMPTY;
    return true;
}

/* How a file is. */
struct found {
    bool fits; /* as the operation left it */
    bool is_there;
    struct base_hash now; /* of a regular file */
};

/* Makes of what is there now what was there before. False with the reason reported. */
static bool read_back(const struct service_undoing *undoing, const struct service_past_file *file, const char *path,
                      struct base_text *content, struct found *found)
{
    struct service_undoing_now now;
    bool fine = service_undoing_read_now(undoing, path, &now);
    struct base_bytes bytes = base_bytes_make(now.data, now.size);
    *found = (struct found){
        .fits = fine && now.is_regular && splice_back(file, bytes, content),
        .is_there = now.is_there,
        .now = base_hash_of(bytes),
    };
    free(now.data);
    return base_text_out_of_memory(content) ? service_undoing_report_memory(undoing) : fine;
}

static bool block_changed(const struct service_undoing *undoing, const struct service_past_file *file, const char *path,
                          struct base_hash now)
{
    const struct service_undoing_thing thing = {.asset_id = file->asset_id, .path = file->path, .now = now};
    const struct service_undoing_fault fault = {
        .cause = DIAG_CAUSE_UNDO_CHANGED,
        .path = path,
        .asset_id = file->asset_id,
        .message = "the file is not as it left it",
    };
    return service_undoing_block_changed(undoing, &thing, &fault);
}

static bool take_back(const struct service_undoing *undoing, const struct service_past_file *file, const char *path,
                      struct base_text *content)
{
    struct found found;
    return read_back(undoing, file, path, content, &found) &&
           (found.fits || block_changed(undoing, file, path, found.now));
}

static bool undo_below(struct service_undoing *undoing, const struct service_past_file *file,
                       const struct workspace_record *record, const char *path)
{
    struct base_text content = BASE_TEXT_EMPTY;
    bool names = record->included_in_build && strcmp(file->path, WORKSPACE_ANCHOR_NAME) == 0;
    bool fine = take_back(undoing, file, path, &content) &&
                (!names || service_undoing_check_declaration(undoing, record, path, base_text_bytes(&content))) &&
                add_file(undoing, file, record->root, &content);
    base_text_free(&content);
    return fine;
}

/* The record that the operation made of an asset, which goes out of the registry again. NULL: it made none. */
static const struct workspace_record *find_made(const struct service_undoing *undoing, int32_t asset_id)
{
    for (size_t i = 0; i < undoing->past.change_count; i++) {
        const struct service_past_change *past = &undoing->past.changes[i];
        if (!past->has_before && past->after.asset_id == asset_id) {
            return &past->after;
        }
    }
    return NULL;
}

/* What was written into the files of an asset that goes out of the registry. The undo is not refused when one is not as
 * the operation left it: it stays as it is. */
static bool undo_leaving(const struct service_undoing *undoing, const struct service_past_file *file,
                         const struct workspace_record *made, const char *path)
{
    struct base_text content = BASE_TEXT_EMPTY;
    struct found found;
    bool fine = read_back(undoing, file, path, &content, &found);
    if (fine && found.fits) {
        fine = add_file(undoing, file, made->root, &content);
    } else if (fine && found.is_there) {
        service_undoing_keep(undoing, path, file->asset_id);
    }
    base_text_free(&content);
    return fine;
}

static bool undo_replaced(struct service_undoing *undoing, const struct service_past_file *file,
                          const struct workspace_record *record, bool leaves)
{
    char *path = workspace_assets_path(record->root, file->path, NULL);
    if (path == NULL) {
        return service_undoing_report_memory(undoing);
    }
    bool fine = leaves ? undo_leaving(undoing, file, record, path) : undo_below(undoing, file, record, path);
    free(path);
    return fine;
}

static bool undo_file(struct service_undoing *undoing, const struct service_past_file *file)
{
    const struct workspace_record *made = find_made(undoing, file->asset_id);
    const struct workspace_record *record =
        made != NULL ? made : workspace_registry_find(&undoing->registry, file->asset_id);
    if (record == NULL) {
        const struct service_undoing_fault fault = {
            .cause = DIAG_CAUSE_UNDO_BRANCH, .asset_id = file->asset_id, .message = "the asset is not registered"};
        return service_undoing_block_changed(undoing, &(struct service_undoing_thing){.asset_id = file->asset_id},
                                             &fault);
    }
    switch (file->kind) {
    case SERVICE_PAST_MADE:
        return service_undoing_delete(undoing, file, record->root);
    case SERVICE_PAST_DELETED:
        return service_undoing_write_again(undoing, file, record);
    case SERVICE_PAST_REPLACED:
        break;
    }
    return undo_replaced(undoing, file, record, made != NULL);
}

bool service_undoing_files(struct service_undoing *undoing)
{
    bool fine = true;
    for (size_t i = 0; i < undoing->past.file_count; i++) {
        fine = undo_file(undoing, &undoing->past.files[i]) && fine;
    }
    return fine;
}
