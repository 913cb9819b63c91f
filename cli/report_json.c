#include "cli/report_json.h"

#include <string.h>

static void emit_verdict(struct json_emit *emit, const char *key, enum verify_verdict verdict)
{
    json_emit_key(emit, key);
    if (verdict == VERIFY_VERDICT_UNKNOWN) {
        json_emit_null(emit);
    } else {
        json_emit_bool(emit, verdict == VERIFY_VERDICT_YES);
    }
}

static void emit_u64_member(struct json_emit *emit, const char *key, bool known, uint64_t value)
{
    json_emit_key(emit, key);
    if (known) {
        json_emit_u64(emit, value);
    } else {
        json_emit_null(emit);
    }
}

static void emit_string_member(struct json_emit *emit, const char *key, const char *value)
{
    json_emit_key(emit, key);
    json_emit_string(emit, value);
}

static void emit_id_member(struct json_emit *emit, bool known, int64_t value)
{
    json_emit_key(emit, "asset_id");
    if (known) {
        json_emit_i64(emit, value);
    } else {
        json_emit_null(emit);
    }
}

static void emit_finding(struct json_emit *emit, const struct base_finding *finding)
{
    const struct base_place *place = &finding->place;
    json_emit_object(emit);
    emit_string_member(emit, "id", diag_facts(finding->diagnostic)->id);
    emit_string_member(emit, "class", diag_class_letter(finding->class_));
    emit_string_member(emit, "severity", finding->severity == BASE_ERROR ? "error" : "warning");
    emit_string_member(emit, "message", finding->message);
    emit_string_member(emit, "file", place->file);
    emit_u64_member(emit, "byte_offset", place->byte_offset >= 0, (uint64_t)place->byte_offset);
    emit_id_member(emit, place->has_asset_id, place->asset_id);
    emit_string_member(emit, "json_pointer", place->json_pointer);
    emit_string_member(emit, "expected", finding->expected);
    emit_string_member(emit, "actual", finding->actual);
    emit_string_member(emit, "help", finding->help);
    json_emit_object_end(emit);
}

/* What the list could not keep for want of memory is one diagnostic of its own. */
static void emit_out_of_memory(struct json_emit *emit)
{
    const struct diag_facts *facts = diag_facts(DIAG_ENVIRONMENT_MEMORY);
    char message[] = "memory ran out";
    const struct base_finding finding = {
        .diagnostic = DIAG_ENVIRONMENT_MEMORY,
        .class_ = DIAG_CLASS_E,
        .place = BASE_NOWHERE,
        .message = message,
        .help = facts->help,
    };
    emit_finding(emit, &finding);
}

static void emit_findings(struct json_emit *emit, const struct base_findings *findings)
{
    bool listed = false;
    for (size_t i = 0; findings != NULL && i < findings->count; i++) {
        emit_finding(emit, &findings->items[i]);
        listed = listed || findings->items[i].diagnostic == DIAG_ENVIRONMENT_MEMORY;
    }
    if (findings != NULL && findings->out_of_memory && !listed) {
        emit_out_of_memory(emit);
    }
}

/* How many findings of each id there were beyond those that are listed. */
static void emit_more(struct json_emit *emit, const struct base_findings *findings)
{
    for (unsigned i = DIAG_NONE + 1; findings != NULL && i < DIAG_COUNT; i++) {
        if (findings->total[i] > BASE_FINDINGS_KEPT) {
            json_emit_key(emit, diag_facts((enum diag)i)->id);
            json_emit_u64(emit, findings->total[i] - BASE_FINDINGS_KEPT);
        }
    }
}

void cli_json_report_begin(struct json_emit *emit, const char *command)
{
    json_emit_object(emit);
    json_emit_key(emit, "schema_version");
    json_emit_u64(emit, 1);
    emit_string_member(emit, "command", command);
}

void cli_json_report_end(struct json_emit *emit, const struct base_findings *findings, const struct base_findings *more,
                         const struct cli_context *context)
{
    json_emit_key(emit, "diagnostics");
    json_emit_array(emit);
    emit_findings(emit, findings);
    emit_findings(emit, more);
    json_emit_array_end(emit);
    json_emit_key(emit, "diagnostics_not_listed");
    json_emit_object(emit);
    emit_more(emit, findings);
    emit_more(emit, more);
    json_emit_object_end(emit);
    json_emit_object_end(emit);
    base_text_add_char(emit->text, '\n');
    if (base_text_failed(emit->text)) {
        *context->out_of_memory = true;
        /* Still one valid line, and no allocation to write it. */
        (void)fputs("{\"schema_version\":1,\"diagnostics\":[{\"id\":\"environment-memory\",\"class\":\"E\","
                    "\"severity\":\"error\",\"message\":\"memory ran out\"}]}\n",
                    context->out);
    } else {
        (void)fwrite(base_text_string(emit->text), 1, emit->text->size, context->out);
    }
}

static void emit_checked(struct json_emit *emit, const struct verify_report *report)
{
    json_emit_key(emit, "checked");
    json_emit_object(emit);
    emit_u64_member(emit, "assets", true, report->checked.assets);
    emit_u64_member(emit, "bytes", true, report->checked.bytes);
    emit_u64_member(emit, "hashes", true, report->checked.hashes);
    emit_u64_member(emit, "companions", true, report->checked.companions);
    emit_u64_member(emit, "sources", true, report->checked.sources);
    json_emit_object_end(emit);
    json_emit_key(emit, "not_checked");
    json_emit_array(emit);
    for (size_t i = 0; i < report->not_checked_count; i++) {
        json_emit_string(emit, report->not_checked[i]);
    }
    json_emit_array_end(emit);
}

static void emit_prelude(struct json_emit *emit, const struct verify_report *report)
{
    const struct pp_prelude *prelude = &report->prelude;
    json_emit_key(emit, "prelude");
    if (!report->has_prelude) {
        json_emit_null(emit);
        return;
    }
    json_emit_object(emit);
    emit_string_member(emit, "magic", report->legacy ? "PPA1" : "ASPA");
    emit_u64_member(emit, "schema_version", true, prelude->schema_version);
    emit_u64_member(emit, "header_len", true, prelude->header_len);
    emit_u64_member(emit, "payload_offset", true, prelude->payload_offset);
    emit_u64_member(emit, "flags", true, prelude->flags);
    emit_u64_member(emit, "reserved", true, prelude->reserved);
    emit_u64_member(emit, "header_checksum", true, prelude->header_checksum);
    json_emit_object_end(emit);
}

static void emit_asset(struct json_emit *emit, const struct verify_asset_report *asset)
{
    char hash[BASE_HASH_HEX + 1];
    json_emit_object(emit);
    emit_id_member(emit, asset->has_asset_id, asset->asset_id);
    emit_string_member(emit, "asset_name", asset->name);
    emit_string_member(emit, "bank_type", asset->bank);
    emit_string_member(emit, "codec", asset->codec);
    emit_u64_member(emit, "decoded_size", asset->has_decoded_size, asset->decoded_size);
    emit_u64_member(emit, "offset", asset->has_offset, asset->offset);
    emit_u64_member(emit, "size", asset->has_size, asset->size);
    json_emit_key(emit, "metadata");
    if (asset->metadata != NULL) {
        json_emit_json(emit, base_bytes_of_string(asset->metadata));
    } else {
        json_emit_null(emit);
    }
    if (asset->has_hash) {
        base_hash_to_hex(asset->payload_hash, hash);
    }
    emit_string_member(emit, "payload_xxh3_128", asset->has_hash ? hash : NULL);
    json_emit_object_end(emit);
}

static void emit_assets(struct json_emit *emit, const struct verify_report *report)
{
    json_emit_key(emit, "assets");
    json_emit_array(emit);
    for (size_t i = 0; i < report->asset_count; i++) {
        emit_asset(emit, &report->assets[i]);
    }
    json_emit_array_end(emit);
    json_emit_key(emit, "preload");
    json_emit_array(emit);
    for (size_t i = 0; i < report->preload_count; i++) {
        json_emit_object(emit);
        emit_id_member(emit, report->preload[i].has_asset_id, report->preload[i].asset_id);
        emit_u64_member(emit, "slot", report->preload[i].has_slot, report->preload[i].slot);
        json_emit_object_end(emit);
    }
    json_emit_array_end(emit);
}

static void emit_cartridge(struct json_emit *emit, const struct verify_report *report)
{
    if (report->kind != VERIFY_REPORT_CARTRIDGE) {
        return;
    }
    json_emit_key(emit, "cartridge");
    json_emit_object(emit);
    emit_u64_member(emit, "app_id", report->cartridge.has_app_id, report->cartridge.app_id);
    emit_string_member(emit, "title", report->cartridge.title);
    emit_string_member(emit, "app_version", report->cartridge.app_version);
    emit_string_member(emit, "app_mode", report->cartridge.app_mode);
    json_emit_key(emit, "declares_asset");
    json_emit_bool(emit, report->cartridge.declares_asset);
    json_emit_object_end(emit);
}

void cli_json_report_examination(struct json_emit *emit, const struct verify_report *report)
{
    emit_string_member(emit, "file", report->file);
    emit_string_member(emit, "kind", report->kind == VERIFY_REPORT_CARTRIDGE ? "cartridge" : "pack");
    emit_verdict(emit, "loads", report->loads);
    emit_verdict(emit, "conforms", report->conforms);
    emit_checked(emit, report);
    emit_cartridge(emit, report);
    emit_u64_member(emit, "file_size", report->has_prelude, report->file_size);
    emit_prelude(emit, report);
    emit_assets(emit, report);
}
