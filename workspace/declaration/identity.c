#include "workspace/declaration/identity.h"

#include "base/directory.h"
#include "base/file.h"
#include "base/hash.h"
#include "workspace/model/limits.h"
#include "json/value.h"
#include "json/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A value of asset_uuid. */
static enum workspace_identity_state read_uuid(struct base_bytes text, struct json_token value,
                                               char uuid[WORKSPACE_UUID_SIZE + 1])
{
    if (value.kind != JSON_STRING) {
        return WORKSPACE_IDENTITY_UNKNOWN;
    }
    struct base_bytes span = json_span(text, value);
    if (span.size == 0) {
        return WORKSPACE_IDENTITY_EMPTY;
    }
    uint8_t bytes[WORKSPACE_UUID_SIZE];
    if (json_unescape(span, bytes, sizeof bytes) != sizeof bytes) {
        return WORKSPACE_IDENTITY_UNKNOWN;
    }
    memcpy(uuid, bytes, sizeof bytes);
    uuid[WORKSPACE_UUID_SIZE] = '\0';
    return workspace_uuid_is_valid(uuid) ? WORKSPACE_IDENTITY_KNOWN : WORKSPACE_IDENTITY_UNKNOWN;
}

struct workspace_identity workspace_identity_of(struct base_bytes text)
{
    struct workspace_identity identity = {.state = WORKSPACE_IDENTITY_EMPTY};
    struct json_tokenizer json;
    json_begin(&json, text);
    struct json_token root = json_root(text, NULL);
    if (!json_finish(&json) || root.kind != JSON_OBJECT_BEGIN) {
        return (struct workspace_identity){.state = WORKSPACE_IDENTITY_UNKNOWN};
    }
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    bool found = false;
    json_walk_begin_inside(&walk, text, root);
    while (json_walk_member(&walk, &key, &value)) {
        if (!json_equals(json_span(text, key), "asset_uuid")) {
            continue;
        }
        identity.state = found ? WORKSPACE_IDENTITY_UNKNOWN : read_uuid(text, value, identity.uuid);
        found = true;
    }
    return identity;
}

struct workspace_identity workspace_identity_in(int root_fd)
{
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    int problem = base_file_open_below(&file, root_fd, WORKSPACE_ANCHOR_NAME);
    if (problem == ENOENT || problem == ENOTDIR) {
        return (struct workspace_identity){.state = WORKSPACE_IDENTITY_NONE};
    }
    if (problem == 0) {
        problem = base_file_read_all(&file, WORKSPACE_ANCHOR_BYTES_MAX, &data, &size);
    }
    base_file_close(&file);
    struct workspace_identity identity = {.state = WORKSPACE_IDENTITY_UNKNOWN, .problem = problem};
    if (problem == 0) {
        identity = workspace_identity_of(base_bytes_make(data, size));
        identity.hash = base_hash_of(base_bytes_make(data, size));
    }
    free(data);
    return identity;
}

struct workspace_identity workspace_identity_at(int assets_fd, const char *root)
{
    int fd;
    int problem = base_directory_open_below(&fd, assets_fd, root);
    if (problem != 0) {
        bool gone = problem == ENOENT || problem == ENOTDIR;
        return (struct workspace_identity){.state = gone ? WORKSPACE_IDENTITY_NONE : WORKSPACE_IDENTITY_UNKNOWN,
                                           .problem = gone ? 0 : problem};
    }
    struct workspace_identity identity = workspace_identity_in(fd);
    (void)close(fd);
    return identity;
}
