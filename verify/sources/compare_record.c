#include "verify/sources/compare_record.h"

bool verify_compare_record(const struct verify_source_asset *asset)
{
    struct base_bytes text = asset->facts->record->text;
    struct json_token uuid = json_object_member(text, asset->recorded, "asset_uuid");
    struct json_token root = json_object_member(text, asset->recorded, "asset_root");
    bool same_uuid = json_token_is(text, uuid, asset->record->uuid);
    bool same_root = json_token_is(text, root, asset->record->root);
    if (!same_uuid) {
        verify_report_recorded(asset, DIAG_RECORD_MISMATCH, uuid, "/asset_uuid", asset->record->uuid,
                               same_root ? "the uuid is not the one of index.json"
                                         : "uuid and root are not those of index.json");
    } else if (!same_root) {
        verify_report_recorded(asset, DIAG_RECORD_MISMATCH, root, "/asset_root", asset->record->root,
                               "the root is not the one of index.json");
    }
    return same_uuid || same_root;
}
