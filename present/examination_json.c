#include "present/examination_json.h"
#include "present/json.h"

static void emit_verdict(struct json_emit *emit, const char *key, enum service_verdict verdict)
{
    json_emit_key(emit, key);
    if (verdict == SERVICE_VERDICT_UNKNOWN) {
        json_emit_null(emit);
    } else {
        json_emit_bool(emit, verdict == SERVICE_VERDICT_YES);
    }
}

static void emit_checked(struct json_emit *emit, const struct service_report *report)
{
    json_emit_key(emit, "checked");
    json_emit_object(emit);
    present_json_u64(emit, "assets", true, report->checked.assets);
    present_json_u64(emit, "bytes", true, report->checked.bytes);
    present_json_u64(emit, "hashes", true, report->checked.hashes);
    present_json_u64(emit, "companions", true, report->checked.companions);
    present_json_u64(emit, "sources", true, report->checked.sources);
    json_emit_object_end(emit);
    json_emit_key(emit, "not_checked");
    json_emit_array(emit);
    for (size_t i = 0; i < report->not_checked_count; i++) {
        json_emit_string(emit, report->not_checked[i]);
    }
    json_emit_array_end(emit);
}

static void emit_prelude(struct json_emit *emit, const struct service_report *report)
{
    const struct service_prelude *prelude = &report->prelude;
    json_emit_key(emit, "prelude");
    if (!report->has_prelude) {
        json_emit_null(emit);
        return;
    }
    json_emit_object(emit);
    present_json_string(emit, "magic", prelude->legacy ? "PPA1" : "ASPA");
    present_json_u64(emit, "schema_version", true, prelude->schema_version);
    present_json_u64(emit, "header_len", true, prelude->header_len);
    present_json_u64(emit, "payload_offset", true, prelude->payload_offset);
    present_json_u64(emit, "flags", true, prelude->flags);
    present_json_u64(emit, "reserved", true, prelude->reserved);
    present_json_u64(emit, "header_checksum", true, prelude->header_checksum);
    json_emit_object_end(emit);
}

static void emit_asset(struct json_emit *emit, const struct service_report_asset *asset)
{
    char hash[BASE_HASH_HEX + 1];
    json_emit_object(emit);
    present_json_asset_id(emit, asset->has_asset_id, asset->asset_id);
    present_json_string(emit, "asset_name", asset->name);
    present_json_string(emit, "bank_type", asset->bank);
    present_json_string(emit, "codec", asset->codec);
    present_json_u64(emit, "decoded_size", asset->has_decoded_size, asset->decoded_size);
    present_json_u64(emit, "offset", asset->has_offset, asset->offset);
    present_json_u64(emit, "size", asset->has_size, asset->size);
    json_emit_key(emit, "metadata");
    if (asset->metadata != NULL) {
        json_emit_json(emit, base_bytes_of_string(asset->metadata));
    } else {
        json_emit_null(emit);
    }
    if (asset->has_hash) {
        base_hash_to_hex(asset->payload_hash, hash);
    }
    present_json_string(emit, "payload_xxh3_128", asset->has_hash ? hash : NULL);
    json_emit_object_end(emit);
}

static void emit_assets(struct json_emit *emit, const struct service_report *report)
{
    json_emit_key(emit, "assets");
    json_emit_array(emit);
    for (size_t i = 0; i < report->asset_count; i++) {
        const struct service_report_asset asset = service_report_asset(report, i);
        emit_asset(emit, &asset);
    }
    json_emit_array_end(emit);
    json_emit_key(emit, "preload");
    json_emit_array(emit);
    for (size_t i = 0; i < report->preload_count; i++) {
        const struct service_report_preload preload = service_report_preload(report, i);
        json_emit_object(emit);
        present_json_asset_id(emit, preload.has_asset_id, preload.asset_id);
        present_json_u64(emit, "slot", preload.has_slot, preload.slot);
        json_emit_object_end(emit);
    }
    json_emit_array_end(emit);
}

static void emit_cartridge(struct json_emit *emit, const struct service_report *report)
{
    if (report->kind != SERVICE_REPORT_CARTRIDGE) {
        return;
    }
    json_emit_key(emit, "cartridge");
    json_emit_object(emit);
    present_json_u64(emit, "app_id", report->cartridge.has_app_id, report->cartridge.app_id);
    present_json_string(emit, "title", report->cartridge.title);
    present_json_string(emit, "app_version", report->cartridge.app_version);
    present_json_string(emit, "app_mode", report->cartridge.app_mode);
    json_emit_key(emit, "declares_asset");
    json_emit_bool(emit, report->cartridge.declares_asset);
    json_emit_object_end(emit);
}

void present_json_examination(struct json_emit *emit, const struct service_report *report)
{
    present_json_string(emit, "file", report->file);
    present_json_string(emit, "kind", report->kind == SERVICE_REPORT_CARTRIDGE ? "cartridge" : "pack");
    emit_verdict(emit, "loads", report->loads);
    emit_verdict(emit, "conforms", report->conforms);
    emit_checked(emit, report);
    emit_cartridge(emit, report);
    present_json_u64(emit, "file_size", report->has_prelude, report->file_size);
    emit_prelude(emit, report);
    emit_assets(emit, report);
}
