#include "service/adding/check.h"

#include "writer/check.h"

/* What a cause of the writer, which speaks of an asset with its asset.json, is called while it is added. */
static const struct {
    enum diag_cause built;
    enum diag_cause added;
    bool declared; /* also where an asset.json is there already */
} causes[] = {
    {DIAG_CAUSE_PALETTES_NONE, DIAG_CAUSE_PALETTES_TO_ADD, true},
    {DIAG_CAUSE_IMAGE_TILES, DIAG_CAUSE_IMAGE_TILES_NEW, false},
    {DIAG_CAUSE_IMAGE_SPACED, DIAG_CAUSE_IMAGE_SPACED_NEW, false},
    {DIAG_CAUSE_SOUND_STEREO_DECLARE, DIAG_CAUSE_SOUND_STEREO_ADD, false},
};

static enum diag_cause cause_of(enum diag_cause built, bool made)
{
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        if (causes[i].built == built && (made || causes[i].declared)) {
            return causes[i].added;
        }
    }
    return built;
}

void service_add_check(void *context, const struct workspace *workspace, const struct workspace_asset *asset, bool made,
                       struct base_findings *findings)
{
    const struct service_add_check *check = context;
    writer_check_asset(check->task, workspace, asset, check->max_decoded, findings);
    for (size_t i = 0; !check->registered && i < findings->count; i++) {
        findings->items[i].cause = cause_of(findings->items[i].cause, made);
    }
}
