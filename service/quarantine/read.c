#include "service/quarantine/read.h"

#include "base/directory.h"
#include "base/file.h"
#include "service/transaction/folder.h"
#include "service/transaction/names.h"
#include "workspace/model/uuid.h"
#include "workspace/path.h"
#include "json/object.h"
#include "json/value.h"
#include "json/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORD_LIMIT = 256 << 20 };

/* ---- The record ---- */

/* A string without U+0000 in *value, which the caller frees. False: it is none, or *out_of_memory is set. */
static bool take_string(struct base_bytes text, struct json_token token, char **value, bool *out_of_memory)
{
    if (token.kind != JSON_STRING) {
        return false;
    }
    *value = json_token_string(text, token);
    *out_of_memory = *out_of_memory || *value == NULL;
    return *value != NULL;
}

/* Counts the files and their bytes. Numbers that make no sense make the list one that cannot be read. */
static bool take_files(struct base_bytes text, struct json_token files, struct service_kept *kept)
{
    struct json_walk walk;
    struct json_token file;
    if (files.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    json_walk_begin_inside(&walk, text, files);
    while (json_walk_element(&walk, &file)) {
        int64_t size;
        if (!json_token_integer(text, json_object_member(text, file, "size"), 0, JSON_EXACT_MAX, &size) ||
            kept->bytes > (uint64_t)(JSON_EXACT_MAX - size)) {
            return false;
        }
        kept->bytes += (uint64_t)size;
        kept->file_count++;
    }
    return true;
}

/* What is wrong with a record, as a static text that follows "record.json "; NULL: nothing, or *out_of_memory is set.
 */
static const char *take_record(struct base_bytes text, struct service_kept *kept, bool *out_of_memory)
{
    struct json_tokenizer json;
    int64_t number;
    if (!json_validate(&json, text)) {
        return "is not JSON";
    }
    struct json_token root = json_root(text, NULL);
    if (!json_token_integer(text, json_object_member(text, root, "schema_version"), 1, 1, &number)) {
        return "has another schema_version than 1";
    }
    if (!json_token_integer(text, json_object_member(text, root, "operation"), 1, (int64_t)SERVICE_OPERATION_MAX,
                            &number) ||
        (uint64_t)number != kept->operation) {
        return "is of another operation";
    }
    struct json_token name = json_object_member(text, root, "asset_name");
    struct json_token included = json_object_member(text, root, "included_in_build");
    bool fine = take_string(text, json_object_member(text, root, "time"), &kept->time, out_of_memory) &&
                take_string(text, json_object_member(text, root, "asset_uuid"), &kept->asset_uuid, out_of_memory) &&
                take_string(text, json_object_member(text, root, "root"), &kept->root, out_of_memory) &&
                (name.kind == JSON_NULL || take_string(text, name, &kept->name, out_of_memory)) &&
                json_token_integer(text, json_object_member(text, root, "asset_id"), 1, INT32_MAX, &kept->asset_id) &&
                (included.kind == JSON_TRUE || included.kind == JSON_FALSE) &&
                take_files(text, json_object_member(text, root, "files"), kept);
    if (!fine) {
        return "lacks a member, or one has a wrong value";
    }
    kept->included = included.kind == JSON_TRUE;
    if (!workspace_uuid_is_valid(kept->asset_uuid)) {
        return "has an asset_uuid that is none";
    }
    return workspace_root_fault(kept->root) != NULL ? "has a root that is not a path below assets/" : NULL;
}

/* Only the number is known of what is broken. */
static void forget_record(struct service_kept *kept, const char *fault)
{
    struct service_kept broken = {
        .operation = kept->operation, .folder = kept->folder, .has_files = kept->has_files, .fault = fault};
    kept->folder = NULL;
    service_kept_free(kept);
    *kept = broken;
}

/* What the system could not read is in *unread, too. */
static int read_record(int folder_fd, struct service_kept *kept, int *unread)
{
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    bool out_of_memory = false;
    int problem = base_file_open_below(&file, folder_fd, SERVICE_FOLDER_RECORD);
    if (problem == 0) {
        problem = base_file_read_all(&file, RECORD_LIMIT, &data, &size);
        base_file_close(&file);
    }
    const char *fault = problem == ENOENT ? "is not there" : "cannot be read";
    if (problem == 0) {
        fault = take_record(base_bytes_make(data, size), kept, &out_of_memory);
    }
    free(data);
    if (problem == ENOMEM || out_of_memory) {
        return ENOMEM;
    }
    *unread = problem == ENOENT || problem >= BASE_FILE_NOT_REGULAR ? 0 : problem;
    kept->readable = fault == NULL;
    if (fault != NULL) {
        forget_record(kept, fault);
    }
    return 0;
}

/* ---- Folders ---- */

/* Returns 0 or an errno value. */
static int look_for_files(int folder_fd, bool *has_files)
{
    struct stat status;
    if (fstatat(folder_fd, SERVICE_FOLDER_FILES, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? 0 : errno;
    }
    *has_files = S_ISDIR(status.st_mode);
    return 0;
}

int service_quarantine_read(int quarantine_fd, const char *name, struct service_kept *kept, int *unread)
{
    int folder_fd;
    *kept = (struct service_kept){.folder = strdup(name)};
    *unread = 0;
    if (kept->folder == NULL) {
        return ENOMEM;
    }
    (void)service_folder_number(name, &kept->operation);
    int problem = base_directory_enter(&folder_fd, quarantine_fd, name);
    if (problem != 0) {
        kept->fault = "cannot be read";
        *unread = problem;
        return problem == ENOMEM ? ENOMEM : 0;
    }
    *unread = look_for_files(folder_fd, &kept->has_files);
    if (*unread == 0) {
        problem = read_record(folder_fd, kept, unread);
    } else {
        kept->fault = "cannot be read";
    }
    (void)close(folder_fd);
    return problem;
}

void service_kept_free(struct service_kept *kept)
{
    free(kept->folder);
    free(kept->time);
    free(kept->asset_uuid);
    free(kept->name);
    free(kept->root);
    *kept = (struct service_kept){.folder = NULL};
}

int service_quarantine_open(int registry_fd, int *fd)
{
    int problem = base_directory_enter(fd, registry_fd, SERVICE_QUARANTINE_NAME);
    return problem == ENOTDIR || problem == ELOOP ? ENOENT : problem;
}

/* A base_entry_visitor; the context is the list. */
static int visit(void *context, const char *name, enum base_entry_kind kind)
{
    uint64_t number;
    if (kind != BASE_ENTRY_DIRECTORY || !service_folder_number(name, &number)) {
        return 0;
    }
    return base_names_take(context, strdup(name)) ? 0 : ENOMEM;
}

static int by_number(const void *left, const void *right)
{
    const char *a = *(char *const *)left;
    const char *b = *(char *const *)right;
    uint64_t one = 0;
    uint64_t other = 0;
    (void)service_folder_number(a, &one);
    (void)service_folder_number(b, &other);
    return one != other ? (one > other) - (one < other) : strcmp(a, b);
}

int service_quarantine_folders(int quarantine_fd, struct base_names *names)
{
    int fd;
    int problem = base_directory_reopen(&fd, quarantine_fd);
    if (problem == 0) {
        problem = base_directory_each(fd, visit, names);
    }
    if (problem == 0 && names->count > 0) {
        qsort(names->items, names->count, sizeof *names->items, by_number);
    }
    return problem;
}
