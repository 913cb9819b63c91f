#include "writer/emit/companions.h"

#include "base/hash.h"
#include "writer/canonical_json.h"
#include "writer/report.h"

#include <inttypes.h>

/* A document is handed on in pieces of about this size. */
enum { PIECE_SIZE = 262144 };

/* A document that is hashed while it is written. Invariant: the bytes before `position` are in the file. */
struct document {
    struct writer_out out;
    struct base_text text; /* what comes next */
    uint64_t position;
    struct base_hasher *hasher;
    struct base_findings *findings;
};

static bool write_whole(const struct writer_staging *staging, const char *name, struct base_bytes bytes,
                        struct base_findings *findings)
{
    struct writer_out out;
    if (!writer_out_create(&out, staging, name, findings)) {
        return false;
    }
    out.task = staging->task;
    bool done = writer_out_write(&out, 0, bytes, findings) && writer_out_finish(&out, findings);
    writer_out_abandon(&out);
    return done;
}

bool writer_write_asset_table(const struct writer_staging *staging, const struct writer_header *header,
                              struct base_findings *findings)
{
    return write_whole(staging, "asset_table.json", base_text_bytes(&header->asset_table), findings);
}

bool writer_write_preload(const struct writer_staging *staging, const struct writer_header *header,
                          struct base_findings *findings)
{
    return write_whole(staging, "preload.json", base_text_bytes(&header->preload), findings);
}

static void add_hash(struct base_text *text, const char *key, struct base_hash hash)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(hash, hex);
    base_text_addf(text, "\"%s\":\"%s\"", key, hex);
}

static void print_inputs(struct base_text *text, const struct writer_planned *planned)
{
    const struct workspace_declaration *declaration = &planned->asset->declaration;
    base_text_add_string(text, ",\"inputs\":[");
    for (size_t i = 0; i < declaration->input_count; i++) {
        base_text_add_string(text, i > 0 ? ",{\"path\":" : "{\"path\":");
        writer_canonical_string(text, declaration->inputs[i].path);
        base_text_addf(text, ",\"size\":%" PRIu64 ",", planned->seen[i].stamp.size);
        add_hash(text, "xxh3_128", planned->seen[i].hash);
        base_text_add_char(text, '}');
    }
    base_text_add_string(text, "],");
}

static void print_asset(struct base_text *text, const struct writer_planned *planned)
{
    const struct workspace_record *record = planned->asset->record;
    base_text_addf(text, "{\"asset_id\":%" PRId32 ",\"asset_root\":", record->asset_id);
    writer_canonical_string(text, record->root);
    base_text_add_string(text, ",\"asset_uuid\":");
    writer_canonical_string(text, record->asset_uuid);
    base_text_add_char(text, ',');
    add_hash(text, "decoded_xxh3_128", planned->decoded_hash);
    print_inputs(text, planned);
    add_hash(text, "payload_xxh3_128", planned->payload_hash);
    if (planned->pipeline != NULL) {
        base_text_add_string(text, ",\"pipeline\":");
        base_text_add_string(text, planned->pipeline);
    }
    if (planned->tiles != NULL) {
        base_text_add_string(text, ",\"tiles\":");
        base_text_add_string(text, planned->tiles);
    }
    base_text_add_char(text, '}');
}

/* Writes what has been printed, and hashes it when it belongs to the hash. */
static bool flush(struct document *document, bool hashed)
{
    if (base_text_out_of_memory(&document->text)) {
        return writer_report_memory(document->findings);
    }
    struct base_bytes bytes = base_text_bytes(&document->text);
    if (hashed) {
        base_hasher_add(document->hasher, bytes);
    }
    if (!writer_out_write(&document->out, document->position, bytes, document->findings)) {
        return false;
    }
    document->position += bytes.size;
    base_text_clear(&document->text);
    return true;
}

static bool write_assets(struct document *document, const struct writer_plan *plan)
{
    struct base_text *text = &document->text;
    struct base_meter written;
    base_meter_begin(&written, document->out.task, BASE_PHASE_WRITING, BASE_UNIT_ASSETS, plan->count);
    base_text_add_string(text, "{\"assets\":[");
    for (size_t i = 0; i < plan->count; i++) {
        if (i > 0) {
            base_text_add_char(text, ',');
        }
        print_asset(text, &plan->assets[i]);
        base_meter_add(&written, 1);
        if ((text->size >= PIECE_SIZE && !flush(document, true)) || base_task_cancelled(document->out.task)) {
            return false;
        }
    }
    base_text_add_char(text, ']');
    return true;
}

/* The document's own hash is over everything but the member that holds it. What follows that member is the same in
 * every document, so it is hashed before it is written, and the document still goes out front to back. */
static bool write_document(struct document *document, const struct writer_plan *plan,
                           const struct writer_header *header, const struct writer_pack_facts *facts)
{
    static const char tail[] = ",\"hash\":\"xxh3-128\",\"schema_version\":2}";
    struct base_text *text = &document->text;
    if (!write_assets(document, plan)) {
        return false;
    }
    base_text_add_string(text, ",\"assets_pa\":{");
    add_hash(text, "header_xxh3_128", header->hash);
    base_text_addf(text, ",\"size\":%" PRIu64 ",", facts->size);
    add_hash(text, "xxh3_128", facts->hash);
    base_text_add_char(text, '}');
    if (!flush(document, true)) {
        return false;
    }
    base_hasher_add(document->hasher, base_bytes_of_string(tail));
    base_text_add_char(text, ',');
    add_hash(text, "document_xxh3_128", base_hasher_result(document->hasher));
    base_text_add_string(text, tail);
    return flush(document, false) && writer_out_finish(&document->out, document->findings);
}

bool writer_write_metadata(const struct writer_staging *staging, const struct writer_plan *plan,
                           const struct writer_header *header, const struct writer_pack_facts *facts,
                           struct base_findings *findings)
{
    struct document document = {.text = BASE_TEXT_EMPTY, .findings = findings};
    if (!writer_out_create(&document.out, staging, "asset_table_metadata.json", findings)) {
        return false;
    }
    document.out.task = staging->task;
    document.hasher = base_hasher_create();
    bool done =
        document.hasher != NULL ? write_document(&document, plan, header, facts) : writer_report_memory(findings);
    base_hasher_destroy(document.hasher);
    base_text_free(&document.text);
    writer_out_abandon(&document.out);
    return done;
}
