#include "service/adding/check.h"

#include "workspace/path.h"
#include "writer/check.h"

#include <stdlib.h>
#include <string.h>

/* Replaces a cause of the writer, whose remedy assumes a registered asset, by that of an asset that is being added. */
static const struct exchange {
    enum diag_cause built;
    enum diag_cause added;
    enum diag_cause each;     /* the same where each file of a directory becomes an asset */
    enum diag_cause declared; /* the same where an asset.json is there already */
    bool of_directory;        /* the remedy speaks of the directory that was named */
} exchanges[] = {
    {DIAG_CAUSE_PALETTES_NONE, DIAG_CAUSE_PALETTES_TO_ADD, DIAG_CAUSE_PALETTES_EACH, DIAG_CAUSE_PALETTES_TO_DECLARE,
     true},
    {DIAG_CAUSE_IMAGE_TILES, DIAG_CAUSE_IMAGE_TILES_NEW, DIAG_CAUSE_IMAGE_TILES_NEW, DIAG_CAUSE_IMAGE_TILES, false},
    {DIAG_CAUSE_IMAGE_SPACED, DIAG_CAUSE_IMAGE_SPACED_NEW, DIAG_CAUSE_IMAGE_SPACED_NEW, DIAG_CAUSE_IMAGE_SPACED, false},
    {DIAG_CAUSE_PALETTE_BANKED, DIAG_CAUSE_PALETTE_BANKED_ADD, DIAG_CAUSE_PALETTE_BANKED, DIAG_CAUSE_PALETTE_BANKED,
     true},
    {DIAG_CAUSE_SOUND_STEREO_DECLARE, DIAG_CAUSE_SOUND_STEREO_ADD, DIAG_CAUSE_SOUND_STEREO_EACH,
     DIAG_CAUSE_SOUND_STEREO_DECLARE, true},
};

/* If palettes are missing and pictures are not whole tiles, one command corrects both. */
static const struct exchange padded[] = {
    {DIAG_CAUSE_PALETTES_NONE, DIAG_CAUSE_PALETTES_TO_PAD, DIAG_CAUSE_PALETTES_EACH_PAD, DIAG_CAUSE_PALETTES_LATER,
     true},
    {DIAG_CAUSE_IMAGE_TILES, DIAG_CAUSE_IMAGE_TILES_TO_PAD, DIAG_CAUSE_IMAGE_TILES_EACH, DIAG_CAUSE_IMAGE_TILES, true},
};

/* What is wrong besides colours. */
enum pictures {
    PICTURES_FINE,
    PICTURES_TO_PAD, /* they are not whole tiles, and that is all */
    PICTURES_FAULTY, /* no palette can be found for them */
};

/* The check of one asset. */
struct checked {
    const struct service_add_check *check;
    const struct workspace_asset *asset;
    bool palettes_missing;
    enum pictures pictures;
    const char *directory;
};

/* Sums up the findings. Findings that were dropped are unknown, so they count as faults. */
static void look_at(struct checked *checked, const struct base_findings *findings)
{
    uint64_t errors = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct base_finding *finding = &findings->items[i];
        checked->palettes_missing = checked->palettes_missing || finding->cause == DIAG_CAUSE_PALETTES_NONE;
        if (finding->severity != BASE_ERROR) {
            continue;
        }
        errors++;
        if (finding->cause == DIAG_CAUSE_IMAGE_TILES && checked->asset->is_unwritten &&
            checked->pictures == PICTURES_FINE) {
            checked->pictures = PICTURES_TO_PAD;
        } else if (finding->cause != DIAG_CAUSE_IMAGE_TILES || !checked->asset->is_unwritten) {
            bool is_colour = finding->diagnostic == DIAG_PALETTE_MISSING ||
                             (finding->diagnostic == DIAG_PIXEL_INEXPRESSIBLE && finding->cause == DIAG_CAUSE_NONE);
            checked->pictures = is_colour ? checked->pictures : PICTURES_FAULTY;
        }
    }
    if (errors < base_findings_errors(findings)) {
        checked->pictures = PICTURES_FAULTY;
    }
}

static const struct exchange *find(const struct exchange *list, size_t count, enum diag_cause built)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].built == built) {
            return &list[i];
        }
    }
    return NULL;
}

static const struct exchange *find_exchange(const struct checked *checked, enum diag_cause built)
{
    const struct exchange *found = NULL;
    if (checked->palettes_missing && checked->pictures == PICTURES_TO_PAD) {
        found = find(padded, sizeof padded / sizeof padded[0], built);
    }
    return found != NULL ? found : find(exchanges, sizeof exchanges / sizeof exchanges[0], built);
}

/* Gives a finding another cause, whose remedy speaks of the directory. False when memory ran out. */
static bool set_cause(struct base_finding *finding, enum diag_cause cause, const char *directory)
{
    finding->cause = cause;
    if (directory != NULL) {
        free(finding->subject);
        finding->subject = strdup(directory);
    }
    return directory == NULL || finding->subject != NULL;
}

/* New frames of a registered asset may have colours that its palettes do not have. False when memory ran out. */
static bool exchange_update(struct base_finding *finding, const struct checked *checked)
{
    bool is_colour = finding->diagnostic == DIAG_PIXEL_INEXPRESSIBLE && finding->cause == DIAG_CAUSE_NONE;
    bool helps = checked->pictures == PICTURES_FINE && !checked->asset->declaration.rules.banked;
    return !is_colour || !helps || set_cause(finding, DIAG_CAUSE_COLOURS_NEW, checked->directory);
}

/* Gives a finding the cause of what is added. False when memory ran out. */
static bool exchange(struct base_finding *finding, const struct checked *checked)
{
    const struct service_add_check *check = checked->check;
    if (finding->cause == DIAG_CAUSE_PALETTES_NONE && checked->pictures == PICTURES_FAULTY) {
        finding->cause = DIAG_CAUSE_PALETTES_LATER;
        return true;
    }
    if (check->update) {
        return exchange_update(finding, checked);
    }
    const struct exchange *found = check->anyway ? NULL : find_exchange(checked, finding->cause);
    if (found == NULL) {
        return true;
    }
    enum diag_cause cause = check->each ? found->each : checked->asset->is_unwritten ? found->added : found->declared;
    return cause == finding->cause || set_cause(finding, cause, found->of_directory ? checked->directory : NULL);
}

void service_add_check(void *context, const struct workspace *workspace, const struct workspace_asset *asset,
                       struct base_findings *findings)
{
    const struct service_add_check *check = context;
    writer_check_asset(check->task, workspace, asset, check->max_decoded, NULL, findings);
    if (findings->count == 0) {
        return;
    }
    char *directory = workspace_assets_path(workspace->assets_path, asset->record->root, NULL);
    struct checked checked = {.check = check, .asset = asset, .directory = directory};
    look_at(&checked, findings);
    findings->out_of_memory = findings->out_of_memory || directory == NULL;
    for (size_t i = 0; directory != NULL && i < findings->count; i++) {
        if (!exchange(&findings->items[i], &checked)) {
            findings->out_of_memory = true;
        }
    }
    free(directory);
}
