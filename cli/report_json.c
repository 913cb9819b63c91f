#include "cli/report_json.h"

#include <string.h>

static void emit_verdict(struct pp_json_emit *emit, const char *key, enum pp_verdict verdict)
{
    pp_json_emit_key(emit, key);
    if (verdict == PP_VERDICT_UNKNOWN) {
        pp_json_emit_null(emit);
    } else {
        pp_json_emit_bool(emit, verdict == PP_VERDICT_YES);
    }
}

static void emit_u64_member(struct pp_json_emit *emit, const char *key, bool known, uint64_t value)
{
    pp_json_emit_key(emit, key);
    if (known) {
        pp_json_emit_u64(emit, value);
    } else {
        pp_json_emit_null(emit);
    }
}

static void emit_string_member(struct pp_json_emit *emit, const char *key, const char *value)
{
    pp_json_emit_key(emit, key);
    pp_json_emit_string(emit, value);
}

static void emit_id_member(struct pp_json_emit *emit, bool known, int64_t value)
{
    pp_json_emit_key(emit, "asset_id");
    if (known) {
        pp_json_emit_i64(emit, value);
    } else {
        pp_json_emit_null(emit);
    }
}

static void emit_finding(struct pp_json_emit *emit, const struct pp_finding *finding)
{
    const struct pp_place *place = &finding->place;
    pp_json_emit_object(emit);
    emit_string_member(emit, "id", pp_diagnostic_facts(finding->diagnostic)->id);
    emit_string_member(emit, "class", pp_class_letter(finding->class_));
    emit_string_member(emit, "severity", finding->severity == PP_ERROR ? "error" : "warning");
    emit_string_member(emit, "message", finding->message);
    emit_string_member(emit, "file", place->file);
    emit_u64_member(emit, "byte_offset", place->byte_offset >= 0, (uint64_t)place->byte_offset);
    emit_id_member(emit, place->has_asset_id, place->asset_id);
    emit_string_member(emit, "json_pointer", place->json_pointer);
    emit_string_member(emit, "expected", finding->expected);
    emit_string_member(emit, "actual", finding->actual);
    emit_string_member(emit, "help", finding->help);
    pp_json_emit_object_end(emit);
}

/* What the list could not keep for want of memory is one diagnostic of its own. */
static void emit_out_of_memory(struct pp_json_emit *emit)
{
    const struct pp_diagnostic_facts *facts = pp_diagnostic_facts(PP_ENVIRONMENT_MEMORY);
    char message[] = "memory ran out";
    const struct pp_finding finding = {
        .diagnostic = PP_ENVIRONMENT_MEMORY,
        .class_ = PP_CLASS_E,
        .place = PP_NOWHERE,
        .message = message,
        .help = facts->help,
    };
    emit_finding(emit, &finding);
}

static void emit_findings(struct pp_json_emit *emit, const struct pp_findings *findings)
{
    for (size_t i = 0; findings != NULL && i < findings->count; i++) {
        emit_finding(emit, &findings->items[i]);
    }
    if (findings != NULL && findings->out_of_memory) {
        emit_out_of_memory(emit);
    }
}

/* How many findings of each id there were beyond those that are listed. */
static void emit_more(struct pp_json_emit *emit, const struct pp_findings *findings)
{
    for (unsigned i = PP_FINE + 1; findings != NULL && i < PP_DIAGNOSTIC_COUNT; i++) {
        if (findings->total[i] > PP_FINDINGS_KEPT) {
            pp_json_emit_key(emit, pp_diagnostic_facts((enum pp_diagnostic)i)->id);
            pp_json_emit_u64(emit, findings->total[i] - PP_FINDINGS_KEPT);
        }
    }
}

void pp_json_report_begin(struct pp_json_emit *emit, const char *command)
{
    pp_json_emit_object(emit);
    pp_json_emit_key(emit, "schema_version");
    pp_json_emit_u64(emit, 1);
    emit_string_member(emit, "command", command);
}

void pp_json_report_end(struct pp_json_emit *emit, const struct pp_findings *findings, const struct pp_findings *more,
                        const struct pp_context *context)
{
    pp_json_emit_key(emit, "diagnostics");
    pp_json_emit_array(emit);
    emit_findings(emit, findings);
    emit_findings(emit, more);
    pp_json_emit_array_end(emit);
    pp_json_emit_key(emit, "diagnostics_not_listed");
    pp_json_emit_object(emit);
    emit_more(emit, findings);
    emit_more(emit, more);
    pp_json_emit_object_end(emit);
    pp_json_emit_object_end(emit);
    pp_text_add_char(emit->text, '\n');
    if (pp_text_failed(emit->text)) {
        *context->starved = true;
        /* Still one valid line, and no allocation to write it. */
        (void)fputs("{\"schema_version\":1,\"diagnostics\":[{\"id\":\"environment-memory\",\"class\":\"E\","
                    "\"severity\":\"error\",\"message\":\"memory ran out\"}]}\n",
                    context->out);
    } else {
        (void)fwrite(pp_text_string(emit->text), 1, emit->text->size, context->out);
    }
}

static void emit_checked(struct pp_json_emit *emit, const struct pp_report *report)
{
    pp_json_emit_key(emit, "checked");
    pp_json_emit_object(emit);
    emit_u64_member(emit, "assets", true, report->checked.assets);
    emit_u64_member(emit, "bytes", true, report->checked.bytes);
    emit_u64_member(emit, "hashes", true, report->checked.hashes);
    emit_u64_member(emit, "companions", true, report->checked.companions);
    emit_u64_member(emit, "sources", true, report->checked.sources);
    pp_json_emit_object_end(emit);
    pp_json_emit_key(emit, "not_checked");
    pp_json_emit_array(emit);
    for (size_t i = 0; i < report->not_checked_count; i++) {
        pp_json_emit_string(emit, report->not_checked[i]);
    }
    pp_json_emit_array_end(emit);
}

static void emit_prelude(struct pp_json_emit *emit, const struct pp_report *report)
{
    const struct pp_prelude *prelude = &report->prelude;
    pp_json_emit_key(emit, "prelude");
    if (!report->has_prelude) {
        pp_json_emit_null(emit);
        return;
    }
    pp_json_emit_object(emit);
    emit_string_member(emit, "magic", report->legacy ? "PPA1" : "ASPA");
    emit_u64_member(emit, "schema_version", true, prelude->schema_version);
    emit_u64_member(emit, "header_len", true, prelude->header_len);
    emit_u64_member(emit, "payload_offset", true, prelude->payload_offset);
    emit_u64_member(emit, "flags", true, prelude->flags);
    emit_u64_member(emit, "reserved", true, prelude->reserved);
    emit_u64_member(emit, "header_checksum", true, prelude->header_checksum);
    pp_json_emit_object_end(emit);
}

static void emit_asset(struct pp_json_emit *emit, const struct pp_asset_report *asset)
{
    char hash[PP_HASH_HEX + 1];
    pp_json_emit_object(emit);
    emit_id_member(emit, asset->has_asset_id, asset->asset_id);
    emit_string_member(emit, "asset_name", asset->name);
    emit_string_member(emit, "bank_type", asset->bank);
    emit_string_member(emit, "codec", asset->codec);
    emit_u64_member(emit, "decoded_size", asset->has_decoded_size, asset->decoded_size);
    emit_u64_member(emit, "offset", asset->has_offset, asset->offset);
    emit_u64_member(emit, "size", asset->has_size, asset->size);
    pp_json_emit_key(emit, "metadata");
    if (asset->metadata != NULL) {
        pp_json_emit_json(emit, pp_bytes_of_string(asset->metadata));
    } else {
        pp_json_emit_null(emit);
    }
    if (asset->has_hash) {
        pp_hash_to_hex(asset->payload_hash, hash);
    }
    emit_string_member(emit, "payload_xxh3_128", asset->has_hash ? hash : NULL);
    pp_json_emit_object_end(emit);
}

static void emit_assets(struct pp_json_emit *emit, const struct pp_report *report)
{
    pp_json_emit_key(emit, "assets");
    pp_json_emit_array(emit);
    for (size_t i = 0; i < report->asset_count; i++) {
        emit_asset(emit, &report->assets[i]);
    }
    pp_json_emit_array_end(emit);
    pp_json_emit_key(emit, "preload");
    pp_json_emit_array(emit);
    for (size_t i = 0; i < report->preload_count; i++) {
        pp_json_emit_object(emit);
        emit_id_member(emit, report->preload[i].has_asset_id, report->preload[i].asset_id);
        emit_u64_member(emit, "slot", report->preload[i].has_slot, report->preload[i].slot);
        pp_json_emit_object_end(emit);
    }
    pp_json_emit_array_end(emit);
}

static void emit_cartridge(struct pp_json_emit *emit, const struct pp_report *report)
{
    if (report->kind != PP_REPORT_CARTRIDGE) {
        return;
    }
    pp_json_emit_key(emit, "cartridge");
    pp_json_emit_object(emit);
    emit_u64_member(emit, "app_id", report->cartridge.has_app_id, report->cartridge.app_id);
    emit_string_member(emit, "title", report->cartridge.title);
    emit_string_member(emit, "app_version", report->cartridge.app_version);
    emit_string_member(emit, "app_mode", report->cartridge.app_mode);
    pp_json_emit_key(emit, "declares_asset");
    pp_json_emit_bool(emit, report->cartridge.declares_asset);
    pp_json_emit_object_end(emit);
}

void pp_json_report_examination(struct pp_json_emit *emit, const struct pp_report *report)
{
    emit_string_member(emit, "file", report->file);
    emit_string_member(emit, "kind", report->kind == PP_REPORT_CARTRIDGE ? "cartridge" : "pack");
    emit_verdict(emit, "loads", report->loads);
    emit_verdict(emit, "conforms", report->conforms);
    emit_checked(emit, report);
    emit_cartridge(emit, report);
    emit_u64_member(emit, "file_size", report->has_prelude, report->file_size);
    emit_prelude(emit, report);
    emit_assets(emit, report);
}
