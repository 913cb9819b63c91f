#include "fuzz/oracle/workspace_second.h"

#include "fuzz/lib/findings.h"
#include "fuzz/lib/scratch.h"
#include "verify/workspace/declaration.h"
#include "verify/workspace/registry.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void take(struct second_declaration *declaration, struct verify_declared *declared)
{
    *declaration = (struct second_declaration){
        .name = declared->name,
        .paths = calloc(declared->input_count + 1, sizeof *declaration->paths),
        .path_count = declared->input_count,
        .bank = (int)declared->bank,
        .preload = declared->preload,
        .has_slot = declared->has_slot,
        .has_palettes = declared->has_palettes,
        .has_decoded_size = declared->has_decoded_size,
        .slot = declared->slot,
        .tile_size = declared->tile_size,
        .decoded_size = declared->decoded_size,
    };
    declared->name = NULL;
    FUZZ_CHECK(declaration->paths != NULL);
    for (size_t i = 0; i < declared->input_count; i++) {
        declaration->paths[i] = declared->inputs[i].path;
        declared->inputs[i].path = NULL;
    }
}

bool second_declaration_read(struct second_declaration *declaration, struct base_bytes text, int32_t asset_id,
                             const char *uuid)
{
    struct verify_record_of_registry record = {.asset_id = asset_id, .included = true, .root = "a"};
    struct verify_declared declared;
    struct base_findings findings;
    *declaration = (struct second_declaration){.name = NULL};
    FUZZ_CHECK(strlen(uuid) < sizeof record.uuid);
    memcpy(record.uuid, uuid, strlen(uuid) + 1);
    scratch_write("second/asset.json", text);
    int root_fd = scratch_open("second");
    base_findings_init(&findings);
    bool taken = verify_declared_read(&declared, &record, root_fd, "a", NULL, &findings);
    FUZZ_CHECK(taken == (base_findings_errors(&findings) == 0));
    fuzz_check_findings(&findings, text.size);
    if (taken) {
        take(declaration, &declared);
    }
    verify_declared_free(&declared);
    base_findings_free(&findings);
    (void)close(root_fd);
    return taken;
}

void second_declaration_free(struct second_declaration *declaration)
{
    for (size_t i = 0; i < declaration->path_count; i++) {
        free(declaration->paths[i]);
    }
    free((void *)declaration->paths);
    free(declaration->name);
    *declaration = (struct second_declaration){.name = NULL};
}

bool second_registry_read(struct base_bytes text, size_t *included)
{
    struct verify_registry registry;
    struct base_findings findings;
    uint64_t bytes;
    scratch_write("second/.prometeu/index.json", text);
    int assets_fd = scratch_open("second");
    base_findings_init(&findings);
    bool taken = verify_registry_read(&registry, assets_fd, "a", NULL, &findings, &bytes);
    FUZZ_CHECK(taken == (base_findings_errors(&findings) == 0) && bytes == text.size);
    fuzz_check_findings(&findings, text.size);
    *included = registry.count;
    verify_registry_free(&registry);
    base_findings_free(&findings);
    (void)close(assets_fd);
    return taken;
}
