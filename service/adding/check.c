#include "service/adding/check.h"

#include "workspace/path.h"
#include "writer/check.h"

#include <stdlib.h>
#include <string.h>

/* What a cause of the writer, which speaks of an asset with its asset.json, is called while it is added. */
static const struct exchange {
    enum diag_cause built;
    enum diag_cause added;
    enum diag_cause each; /* the same where each file of a directory becomes an asset */
    bool declared;        /* also where an asset.json is there already */
    bool of_directory;    /* the remedy speaks of the directory that was named */
} exchanges[] = {
    {DIAG_CAUSE_PALETTES_NONE, DIAG_CAUSE_PALETTES_TO_ADD, DIAG_CAUSE_PALETTES_EACH, true, true},
    {DIAG_CAUSE_IMAGE_TILES, DIAG_CAUSE_IMAGE_TILES_NEW, DIAG_CAUSE_IMAGE_TILES_NEW, false, false},
    {DIAG_CAUSE_IMAGE_SPACED, DIAG_CAUSE_IMAGE_SPACED_NEW, DIAG_CAUSE_IMAGE_SPACED_NEW, false, false},
    {DIAG_CAUSE_PALETTE_BANKED, DIAG_CAUSE_PALETTE_BANKED_ADD, DIAG_CAUSE_PALETTE_BANKED, false, true},
    {DIAG_CAUSE_SOUND_STEREO_DECLARE, DIAG_CAUSE_SOUND_STEREO_ADD, DIAG_CAUSE_SOUND_STEREO_EACH, false, true},
};

static const struct exchange *find_exchange(enum diag_cause built, bool made)
{
    for (size_t i = 0; i < sizeof exchanges / sizeof exchanges[0]; i++) {
        if (exchanges[i].built == built && (made || exchanges[i].declared)) {
            return &exchanges[i];
        }
    }
    return NULL;
}

/* Gives a finding the cause of what is added. False when memory ran out. */
static bool exchange(struct base_finding *finding, const struct service_add_check *check, bool made,
                     const char *directory)
{
    const struct exchange *found = find_exchange(finding->cause, made);
    if (found == NULL) {
        return true;
    }
    finding->cause = check->each ? found->each : found->added;
    if (found->of_directory) {
        free(finding->subject);
        finding->subject = directory != NULL ? strdup(directory) : NULL;
    }
    return !found->of_directory || finding->subject != NULL;
}

void service_add_check(void *context, const struct workspace *workspace, const struct workspace_asset *asset, bool made,
                       struct base_findings *findings)
{
    const struct service_add_check *check = context;
    writer_check_asset(check->task, workspace, asset, check->max_decoded, findings);
    if (check->registered || findings->count == 0) {
        return;
    }
    char *directory = workspace_assets_path(workspace->assets_path, asset->record->root, NULL);
    for (size_t i = 0; i < findings->count; i++) {
        if (!exchange(&findings->items[i], check, made, directory)) {
            findings->out_of_memory = true;
        }
    }
    free(directory);
}
