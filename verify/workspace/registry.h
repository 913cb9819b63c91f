/* assets/.prometeu/index.json: which assets belong to the game. docs/contracts/workspace.md, 2. A reading of its own,
 * apart from workspace/. */
#ifndef PRPACK_VERIFY_WORKSPACE_REGISTRY_H
#define PRPACK_VERIFY_WORKSPACE_REGISTRY_H

#include "base/strings.h"
#include "verify/core/spelling.h"
#include "verify/workspace/document.h"

struct verify_record_of_registry {
    int32_t asset_id;
    bool included;
    uint32_t index;                     /* in the list of all records */
    struct verify_document_place place; /* of the whole record; the limit of the file fits */
    uint32_t uuid_at;                   /* positions of its values */
    uint32_t root_at;
    char uuid[VERIFY_UUID_LENGTH + 1];
    const char *root; /* lives as long as the registry */
};

/* After a successful reading `records` has those of the build set alone, in rising asset_id. */
struct verify_registry {
    char *path; /* of index.json, as findings name it */
    struct verify_record_of_registry *records;
    size_t count;
    struct base_strings strings;
};

/* Reads it below assets_fd, whose name is assets_path. False when it breaks a rule, or memory ran out: that is in
 * findings, and there is no build set. *bytes is the size of the file. Free the registry in any case. */
bool verify_registry_read(struct verify_registry *registry, int assets_fd, const char *assets_path,
                          struct base_task *task, struct base_findings *findings, uint64_t *bytes);
void verify_registry_free(struct verify_registry *registry);

#endif
