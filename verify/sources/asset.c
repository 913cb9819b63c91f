#include "verify/sources/asset.h"

#include "base/path.h"
#include "verify/sources/compare_declaration.h"
#include "verify/sources/compare_image.h"
#include "verify/sources/compare_raw.h"
#include "verify/sources/compare_sound.h"
#include "verify/sources/declaration.h"
#include "verify/sources/inputs.h"

#include <stdlib.h>

static void compare_payload(const struct verify_source_asset *asset, const struct verify_declared *declaration,
                            const struct verify_source_seen *source)
{
    const struct verify_entry *known = asset->known;
    const char *const *sources = (const char *const *)declaration->paths + declaration->first_source;
    size_t count = declaration->path_count - declaration->first_source;
    if (!verify_entry_is_bank(known, declaration->bank) || count == 0) {
        char *path = base_path_join(asset->root_path, "asset.json");
        verify_report_source(asset, DIAG_SOURCE_CHANGED, path, -1,
                             "asset.json declares another bank than the pack has");
        free(path);
    } else if ((known->flags & VERIFY_ENTRY_IS_READABLE) == 0) {
        verify_report_not_checked(asset->sink, "sources of assets without a slice inside the file");
    } else if (declaration->format == VERIFY_SOURCE_RAW) {
        verify_compare_raw(asset, sources[0], source);
    } else if (declaration->format == VERIFY_SOURCE_GLYPH && (known->flags & VERIFY_ENTRY_HAS_GLYPH) != 0) {
        verify_compare_image(asset, sources, count);
    } else if (declaration->format == VERIFY_SOURCE_SOUND && (known->flags & VERIFY_ENTRY_HAS_SOUND) != 0) {
        verify_compare_sound(asset, sources[0]);
    } else {
        verify_report_not_checked(asset->sink, "sources of assets with broken metadata or size");
    }
}

/* A source that was written to between its two readings does not give back the payload, and that is not a fault of the
 * pack: what was found is reported only when the inputs are still what is recorded. */
static void compare_steady_payload(const struct verify_source_asset *asset, const struct verify_declared *declaration,
                                   struct json_token inputs, const struct verify_source_seen *source)
{
    struct base_findings *findings = &asset->sink->findings;
    struct base_findings earlier = *findings;
    struct base_findings found;
    base_findings_init(findings);
    compare_payload(asset, declaration, source);
    found = *findings;
    *findings = earlier;
    struct verify_source_seen again;
    if (base_findings_errors(&found) == 0 || verify_compare_inputs(asset, inputs, declaration, &again)) {
        base_findings_move(findings, &found);
    }
    base_findings_free(&found);
}

void verify_compare_asset(const struct verify_source_asset *asset, struct json_token inputs)
{
    struct verify_declared declaration;
    bool declared = verify_declared_read(asset, &declaration);
    if (declared) {
        verify_compare_declaration(asset, &declaration);
    }
    struct verify_source_seen source = {.size = 0};
    if (verify_compare_inputs(asset, inputs, declared ? &declaration : NULL, &source) && declared) {
        compare_steady_payload(asset, &declaration, inputs, &source);
    }
    verify_declared_free(&declaration);
}
