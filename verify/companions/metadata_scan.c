#include "verify/companions/metadata_scan.h"

#include "verify/companions/metadata_form.h"
#include "verify/core/spelling.h"
#include "json/scan.h"

#include <stdlib.h>

/* A document as the packer writes it, in one pass: each byte is compared with the expected one. At the first difference
 * the general way decides. Every function begins at `at` and returns where it ends, or NULL to give
 * up. */
struct document {
    struct base_task *task;
    const struct verify_facts *facts;
    struct verify_record *record;
    const uint8_t *begin;
    const uint8_t *end;
    struct json_scan_nest nest; /* of the pipeline at hand */
    bool has_tiles;             /* an asset has `tiles` */
};

static const uint8_t *scan_hash(const struct document *document, const uint8_t *at, struct base_hash *hash)
{
    if (document->end - at < BASE_HASH_HEX || !base_hash_from_hex(base_bytes_make(at, BASE_HASH_HEX), hash)) {
        return NULL;
    }
    return at + BASE_HASH_HEX;
}

static const uint8_t *scan_path(const struct document *document, const uint8_t *at)
{
    const uint8_t *end = json_scan_string(at, document->end, document->nest.task);
    return end != NULL && verify_recorded_is_path(base_bytes_make(at, (size_t)(end - at))) ? end : NULL;
}

static const uint8_t *scan_uuid(const struct document *document, const uint8_t *at)
{
    if (document->end - at < VERIFY_UUID_LENGTH || !verify_is_uuid(base_bytes_make(at, VERIFY_UUID_LENGTH))) {
        return NULL;
    }
    return at + VERIFY_UUID_LENGTH;
}

static const uint8_t *scan_input(const struct document *document, const uint8_t *at)
{
    struct base_hash hash;
    uint64_t size;
    at = JSON_SCAN_LITERAL(at, document->end, "{\"path\":\"");
    at = at != NULL ? scan_path(document, at) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\",\"size\":") : NULL;
    at = at != NULL ? json_scan_integer(at, document->end, &size) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, ",\"xxh3_128\":\"") : NULL;
    at = at != NULL ? scan_hash(document, at, &hash) : NULL;
    return at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\"}") : NULL;
}

/* What follows an element: true at a comma, which is stepped over; false at the array's end, or with *at NULL. */
static bool goes_on(const struct document *document, const uint8_t **at)
{
    if (*at == NULL || *at == document->end || (**at != ',' && **at != ']')) {
        *at = NULL;
        return false;
    }
    return *(*at)++ == ',';
}

/* Begins after '['; returns the position after ']'. */
static const uint8_t *scan_inputs(const struct document *document, const uint8_t *at)
{
    if (at < document->end && *at == ']') {
        return at + 1;
    }
    do {
        at = scan_input(document, at);
    } while (goes_on(document, &at));
    return at;
}

/* The element's asset_id is that of the entry at the same place. */
static const uint8_t *scan_identity(const struct document *document, const uint8_t *at,
                                    const struct verify_entry *known)
{
    uint64_t asset_id = 0;
    at = JSON_SCAN_LITERAL(at, document->end, "{\"asset_id\":");
    at = at != NULL ? json_scan_integer(at, document->end, &asset_id) : NULL;
    if (at == NULL || (known->flags & VERIFY_ENTRY_HAS_ID) == 0 || (int64_t)asset_id != known->asset_id) {
        return NULL;
    }
    at = JSON_SCAN_LITERAL(at, document->end, ",\"asset_root\":\"");
    at = at != NULL ? scan_path(document, at) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\",\"asset_uuid\":\"") : NULL;
    return at != NULL ? scan_uuid(document, at) : NULL;
}

/* Begins at a number; a negative one is for the general way. */
static const uint8_t *scan_palettes(const struct document *document, const uint8_t *at)
{
    uint64_t palette;
    do {
        at = json_scan_integer(at, document->end, &palette);
    } while (goes_on(document, &at));
    return at;
}

static const uint8_t *scan_sprite(const struct document *document, const uint8_t *at)
{
    uint64_t number;
    at = JSON_SCAN_LITERAL(at, document->end, "{\"columns\":");
    at = at != NULL ? json_scan_integer(at, document->end, &number) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, ",\"palette") : NULL;
    const uint8_t *list = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "s\":[") : NULL;
    if (list != NULL) {
        at = scan_palettes(document, list);
    } else {
        at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\":") : NULL;
        at = at != NULL ? json_scan_integer(at, document->end, &number) : NULL;
    }
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, ",\"path\":\"") : NULL;
    at = at != NULL ? scan_path(document, at) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\",\"rows\":") : NULL;
    at = at != NULL ? json_scan_integer(at, document->end, &number) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, ",\"tile\":") : NULL;
    at = at != NULL ? json_scan_integer(at, document->end, &number) : NULL;
    return at != NULL ? JSON_SCAN_LITERAL(at, document->end, "}") : NULL;
}

/* Begins after '['; returns the position after ']'. */
static const uint8_t *scan_tiles(const struct document *document, const uint8_t *at)
{
    do {
        at = scan_sprite(document, at);
    } while (goes_on(document, &at));
    return at;
}

/* `tiles` of an asset, when it has them. */
static const uint8_t *scan_optional_tiles(struct document *document, const uint8_t *at,
                                          struct verify_recorded_asset *asset)
{
    const uint8_t *tiles = JSON_SCAN_LITERAL(at, document->end, ",\"tiles\":[");
    if (tiles == NULL) {
        return at;
    }
    document->has_tiles = true;
    asset->tiles_at = (size_t)(tiles - 1 - document->begin);
    return scan_tiles(document, tiles);
}

static const uint8_t *scan_asset(struct document *document, const uint8_t *at)
{
    struct verify_record *record = document->record;
    if (record->asset_count == document->facts->entry_count) {
        return NULL;
    }
    struct verify_recorded_asset *asset = &record->assets[record->asset_count];
    asset->at = (size_t)(at - document->begin);
    at = scan_identity(document, at, &document->facts->entries[record->asset_count]);
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\",\"decoded_xxh3_128\":\"") : NULL;
    at = at != NULL ? scan_hash(document, at, &asset->decoded) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\",\"inputs\":[") : NULL;
    at = at != NULL ? scan_inputs(document, at) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, ",\"payload_xxh3_128\":\"") : NULL;
    at = at != NULL ? scan_hash(document, at, &asset->payload) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\"") : NULL;
    const uint8_t *pipeline = at != NULL ? JSON_SCAN_LITERAL(at, document->end, ",\"pipeline\":{") : NULL;
    if (pipeline != NULL) {
        at = json_scan_object(&document->nest, pipeline, document->end);
    }
    at = at != NULL ? scan_optional_tiles(document, at, asset) : NULL;
    record->asset_count++;
    return at != NULL ? JSON_SCAN_LITERAL(at, document->end, "}") : NULL;
}

/* Begins after '['; returns the position after ']'. */
static const uint8_t *scan_assets(struct document *document, const uint8_t *at)
{
    if (at < document->end && *at == ']') {
        return at + 1;
    }
    do {
        at = base_task_cancelled_in(document->task, document->record->asset_count) ? NULL : scan_asset(document, at);
    } while (goes_on(document, &at));
    return at;
}

static const uint8_t *scan_pack(const struct document *document, const uint8_t *at)
{
    struct verify_record *record = document->record;
    at = JSON_SCAN_LITERAL(at, document->end, ",\"assets_pa\":{\"header_xxh3_128\":\"");
    at = at != NULL ? scan_hash(document, at, &record->header) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\",\"size\":") : NULL;
    at = at != NULL ? json_scan_integer(at, document->end, &record->pack_size) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, ",\"xxh3_128\":\"") : NULL;
    at = at != NULL ? scan_hash(document, at, &record->pack) : NULL;
    return at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\"}") : NULL;
}

static const uint8_t *scan_document(struct document *document)
{
    struct verify_record *record = document->record;
    const uint8_t *at = JSON_SCAN_LITERAL(document->begin, document->end, "{\"assets\":[");
    at = at != NULL ? scan_assets(document, at) : NULL;
    at = at != NULL && record->asset_count == document->facts->entry_count ? scan_pack(document, at) : NULL;
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, ",\"document_xxh3_128\":\"") : NULL;
    if (at == NULL) {
        return NULL;
    }
    record->document_at = (size_t)(at - document->begin) - 1;
    at = scan_hash(document, at, &record->document);
    at = at != NULL ? JSON_SCAN_LITERAL(at, document->end, "\",\"hash\":\"xxh3-128\",\"schema_version\":") : NULL;
    if (at == NULL || at == document->end || (*at != '2' && (*at != '1' || document->has_tiles))) {
        return NULL;
    }
    record->version = (unsigned)(*at - '0');
    return JSON_SCAN_LITERAL(at + 1, document->end, "}");
}

bool verify_recorded_scan(struct base_task *task, const struct verify_facts *facts, struct verify_record *record)
{
    if (facts->asset_table.kind != JSON_ARRAY_BEGIN || record->text.size == 0) {
        return false;
    }
    struct document document = {
        .task = task,
        .nest = {.task = task},
        .facts = facts,
        .record = record,
        .begin = record->text.data,
        .end = record->text.data + record->text.size,
    };
    record->assets = calloc(facts->entry_count + 1, sizeof *record->assets);
    if (record->assets != NULL && scan_document(&document) == document.end) {
        return true;
    }
    free(record->assets);
    record->assets = NULL;
    record->asset_count = 0;
    return false;
}
