#include "service/report.h"

#include "verify/verify.h"

#include <stdlib.h>

struct service_report_asset service_report_asset(const struct service_report *report, size_t index)
{
    const struct verify_asset_report *asset = &report->examined->assets[index];
    return (struct service_report_asset){
        .has_asset_id = asset->has_asset_id,
        .asset_id = asset->asset_id,
        .name = asset->name,
        .bank = asset->bank,
        .codec = asset->codec,
        .has_offset = asset->has_offset,
        .has_size = asset->has_size,
        .has_decoded_size = asset->has_decoded_size,
        .offset = asset->offset,
        .size = asset->size,
        .decoded_size = asset->decoded_size,
        .metadata = asset->metadata,
        .root = asset->root,
        .uuid = asset->uuid,
        .tiles = asset->tiles,
        .has_hash = asset->has_hash,
        .payload_hash = asset->payload_hash,
    };
}

struct service_report_preload service_report_preload(const struct service_report *report, size_t index)
{
    const struct verify_preload_report *preload = &report->examined->preload[index];
    return (struct service_report_preload){
        .has_asset_id = preload->has_asset_id,
        .has_slot = preload->has_slot,
        .asset_id = preload->asset_id,
        .slot = preload->slot,
    };
}

enum service_status service_status_of_report(const struct service_report *report)
{
    enum service_status status = service_status_of_findings(&report->findings);
    if (status == SERVICE_STATUS_WELL && report->conforms != SERVICE_VERDICT_YES) {
        return report->conforms == SERVICE_VERDICT_NO ? SERVICE_STATUS_WRONG : SERVICE_STATUS_ENVIRONMENT;
    }
    return status;
}

void service_report_free(struct service_report *report)
{
    base_findings_free(&report->findings);
    if (report->examined != NULL) {
        verify_report_free(report->examined);
        free(report->examined);
    }
    *report = SERVICE_REPORT_EMPTY;
}
