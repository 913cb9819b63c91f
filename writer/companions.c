#include "writer/companions.h"

#include "writer/canonical_json.h"
#include "writer/report.h"

#include <inttypes.h>

/* A document is handed on in pieces of about this size. */
enum { PIECE_SIZE = 262144 };

/* A document that is hashed while it is written. Invariant: the bytes before `position` are in the file. */
struct document {
    struct pp_out out;
    struct pp_text text; /* what comes next */
    uint64_t position;
    struct pp_hasher *hasher;
    struct pp_findings *findings;
};

static bool write_whole(const struct pp_staging *staging, const char *name, struct pp_bytes bytes,
                        struct pp_findings *findings)
{
    struct pp_out out;
    bool done = pp_writer_out_create(&out, staging->fd, staging->display, name, findings) &&
                pp_writer_out_write(&out, 0, bytes, findings) && pp_writer_out_finish(&out, findings);
    pp_writer_out_abandon(&out);
    return done;
}

bool pp_writer_write_asset_table(const struct pp_staging *staging, const struct pp_header *header,
                                 struct pp_findings *findings)
{
    return write_whole(staging, "asset_table.json", pp_text_bytes(&header->asset_table), findings);
}

bool pp_writer_write_preload(const struct pp_staging *staging, const struct pp_header *header,
                             struct pp_findings *findings)
{
    return write_whole(staging, "preload.json", pp_text_bytes(&header->preload), findings);
}

static void add_hash(struct pp_text *text, const char *key, struct pp_hash hash)
{
    char hex[PP_HASH_HEX + 1];
    pp_hash_to_hex(hash, hex);
    pp_text_addf(text, "\"%s\":\"%s\"", key, hex);
}

static void print_inputs(struct pp_text *text, const struct pp_planned *planned)
{
    const struct pp_declaration *declaration = &planned->asset->declaration;
    pp_text_add_string(text, ",\"inputs\":[");
    for (size_t i = 0; i < declaration->input_count; i++) {
        pp_text_add_string(text, i > 0 ? ",{\"path\":" : "{\"path\":");
        pp_writer_canonical_string(text, declaration->inputs[i].path);
        pp_text_addf(text, ",\"size\":%" PRIu64 ",", planned->seen[i].stamp.size);
        add_hash(text, "xxh3_128", planned->seen[i].hash);
        pp_text_add_char(text, '}');
    }
    pp_text_add_string(text, "],");
}

static void print_asset(struct pp_text *text, const struct pp_planned *planned)
{
    const struct pp_record *record = planned->asset->record;
    pp_text_addf(text, "{\"asset_id\":%" PRId32 ",\"asset_root\":", record->asset_id);
    pp_writer_canonical_string(text, record->root);
    pp_text_add_string(text, ",\"asset_uuid\":");
    pp_writer_canonical_string(text, record->asset_uuid);
    pp_text_add_char(text, ',');
    add_hash(text, "decoded_xxh3_128", planned->decoded_hash);
    print_inputs(text, planned);
    add_hash(text, "payload_xxh3_128", planned->payload_hash);
    if (planned->pipeline != NULL) {
        pp_text_add_string(text, ",\"pipeline\":");
        pp_text_add_string(text, planned->pipeline);
    }
    pp_text_add_char(text, '}');
}

/* Writes what has been printed, and hashes it when it belongs to the hash. */
static bool flush(struct document *document, bool hashed)
{
    if (pp_text_failed(&document->text)) {
        return pp_writer_report_memory(document->findings);
    }
    struct pp_bytes bytes = pp_text_bytes(&document->text);
    if (hashed) {
        pp_hasher_add(document->hasher, bytes);
    }
    if (!pp_writer_out_write(&document->out, document->position, bytes, document->findings)) {
        return false;
    }
    document->position += bytes.size;
    pp_text_clear(&document->text);
    return true;
}

static bool write_assets(struct document *document, const struct pp_plan *plan)
{
    struct pp_text *text = &document->text;
    pp_text_add_string(text, "{\"assets\":[");
    for (size_t i = 0; i < plan->count; i++) {
        if (i > 0) {
            pp_text_add_char(text, ',');
        }
        print_asset(text, &plan->assets[i]);
        if (text->size >= PIECE_SIZE && !flush(document, true)) {
            return false;
        }
    }
    pp_text_add_char(text, ']');
    return true;
}

/* The document's own hash is over everything but the member that holds it. What follows that member is the same in
 * every document, so it is hashed before it is written, and the document still goes out front to back. */
static bool write_document(struct document *document, const struct pp_plan *plan, const struct pp_header *header,
                           const struct pp_pack_facts *facts)
{
    static const char tail[] = ",\"hash\":\"xxh3-128\",\"schema_version\":1}";
    struct pp_text *text = &document->text;
    if (!write_assets(document, plan)) {
        return false;
    }
    pp_text_add_string(text, ",\"assets_pa\":{");
    add_hash(text, "header_xxh3_128", header->hash);
    pp_text_addf(text, ",\"size\":%" PRIu64 ",", facts->size);
    add_hash(text, "xxh3_128", facts->hash);
    pp_text_add_char(text, '}');
    if (!flush(document, true)) {
        return false;
    }
    pp_hasher_add(document->hasher, pp_bytes_of_string(tail));
    pp_text_add_char(text, ',');
    add_hash(text, "document_xxh3_128", pp_hasher_result(document->hasher));
    pp_text_add_string(text, tail);
    return flush(document, false) && pp_writer_out_finish(&document->out, document->findings);
}

bool pp_writer_write_metadata(const struct pp_staging *staging, const struct pp_plan *plan,
                              const struct pp_header *header, const struct pp_pack_facts *facts,
                              struct pp_findings *findings)
{
    struct document document = {.text = PP_TEXT_EMPTY, .findings = findings};
    if (!pp_writer_out_create(&document.out, staging->fd, staging->display, "asset_table_metadata.json", findings)) {
        return false;
    }
    document.hasher = pp_hasher_create();
    bool done =
        document.hasher != NULL ? write_document(&document, plan, header, facts) : pp_writer_report_memory(findings);
    pp_hasher_destroy(document.hasher);
    pp_text_free(&document.text);
    pp_writer_out_abandon(&document.out);
    return done;
}
