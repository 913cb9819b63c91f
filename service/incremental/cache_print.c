#include "service/incremental/cache.h"
#include "service/incremental/cache_text.h"
#include "service/transaction/atomic.h"
#include "service/transaction/names.h"
#include "json/emit.h"

#include <inttypes.h>

static void print_string(struct base_text *text, const char *key, const char *string)
{
    base_text_addf(text, ",\"%s\":", key);
    struct json_emit emit = json_emit_make(text);
    json_emit_string(&emit, string);
}

static void print_hash(struct base_text *text, struct base_hash hash)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(hash, hex);
    base_text_add_string(text, hex);
}

/* STAMP,"HASH" */
static void print_seen(struct base_text *text, const struct base_content *seen)
{
    const struct base_stamp *stamp = &seen->stamp;
    base_text_addf(text, "[%" PRIu64 ",%" PRIu64 ",%" PRId64 ",%" PRId64 "],\"", stamp->inode, stamp->size,
                   stamp->modified, stamp->changed);
    print_hash(text, seen->hash);
    base_text_add_char(text, '"');
}

void service_cache_text_begin(struct base_text *text, const char *output, int64_t recorded)
{
    *text = BASE_TEXT_EMPTY;
    base_text_addf(text, "{\"schema_version\":%d,\"packer\":\"" PRPACK_VERSION "\",\"writer\":%d",
                   SERVICE_CACHE_SCHEMA_VERSION, WRITER_NUMBER);
    print_string(text, "output", output);
    base_text_addf(text, ",\"recorded\":%" PRId64 ",\"assets\":[", recorded);
}

static void print_inputs(struct base_text *text, const struct workspace_declaration *declaration,
                         const struct base_content *inputs)
{
    for (size_t i = 0; i < declaration->input_count; i++) {
        base_text_add_string(text, i > 0 ? ",[" : "[");
        struct json_emit emit = json_emit_make(text);
        json_emit_string(&emit, declaration->inputs[i].path);
        base_text_add_char(text, ',');
        print_seen(text, &inputs[i]);
        base_text_add_char(text, ']');
    }
}

/* [ID,INPUT,HAS_PIXEL,X,Y,TILE,PIXELS,TILES,MESSAGE] each. */
static void print_warnings(struct base_text *text, const struct writer_packed *packed)
{
    base_text_add_string(text, ",\"warnings\":[");
    for (size_t i = 0; i < packed->warning_count; i++) {
        const struct writer_warning *warning = &packed->warnings[i];
        base_text_addf(text, "%s[\"%s\",%zu,%s,%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",",
                       i > 0 ? "," : "", diag_facts(warning->diagnostic)->id, warning->input,
                       warning->has_pixel ? "true" : "false", warning->x, warning->y, warning->tile, warning->pixels,
                       warning->tiles);
        struct json_emit emit = json_emit_make(text);
        json_emit_string(&emit, warning->message);
        base_text_add_char(text, ']');
    }
    base_text_add_char(text, ']');
}

static void print_packed(struct base_text *text, const struct writer_packed *packed)
{
    base_text_addf(text, ",\"offset\":%" PRIu64 ",\"size\":%" PRIu64 ",\"decoded_size\":%" PRIu64 ",\"metadata\":",
                   packed->offset, packed->size, packed->decoded_size);
    base_text_add_string(text, packed->metadata);
    base_text_add_string(text, ",\"pipeline\":");
    base_text_add_string(text, packed->pipeline != NULL ? packed->pipeline : "null");
    base_text_add_string(text, ",\"tiles\":");
    base_text_add_string(text, packed->tiles != NULL ? packed->tiles : "null");
    print_warnings(text, packed);
    base_text_add_string(text, ",\"payload\":\"");
    print_hash(text, packed->payload_hash);
    base_text_add_string(text, "\",\"decoded\":\"");
    print_hash(text, packed->decoded_hash);
    base_text_add_string(text, "\"}");
}

bool service_cache_text_asset(struct base_text *text, const struct workspace_asset *asset,
                              const struct writer_packed *packed)
{
    const struct workspace_declaration *declaration = &asset->declaration;
    if (text->size > SERVICE_CACHE_SIZE_MAX) {
        text->out_of_memory = true;
    }
    if (base_text_out_of_memory(text)) {
        return false;
    }
    bool first = base_text_string(text)[text->size - 1] == '[';
    base_text_addf(text, "%s{\"asset_id\":%" PRId32, first ? "" : ",", asset->record->asset_id);
    print_string(text, "asset_uuid", asset->record->asset_uuid);
    print_string(text, "root", asset->record->root);
    base_text_add_string(text, ",\"anchor\":[");
    print_seen(text, &declaration->anchor);
    base_text_add_string(text, "],\"inputs\":[");
    print_inputs(text, declaration, packed->inputs);
    base_text_add_char(text, ']');
    print_string(text, "name", declaration->name);
    base_text_addf(text, ",\"name_at\":%zu", declaration->name_at);
    print_string(text, "type", workspace_asset_type_name(declaration->type));
    base_text_addf(text, ",\"preload\":%s,\"slot\":", declaration->preload ? "true" : "false");
    if (declaration->has_slot) {
        base_text_addf(text, "%" PRIu32, declaration->slot);
    } else {
        base_text_add_string(text, "null");
    }
    print_packed(text, packed);
    return !base_text_out_of_memory(text);
}

void service_cache_text_write(struct base_text *text, int registry_fd, uint64_t payload_offset,
                              const struct base_content artifacts[SERVICE_ARTIFACT_COUNT])
{
    base_text_addf(text, "],\"payload_offset\":%" PRIu64 ",\"artifacts\":", payload_offset);
    for (size_t i = 0; i < SERVICE_ARTIFACT_COUNT; i++) {
        base_text_add_string(text, i > 0 ? ",[" : "[[");
        print_seen(text, &artifacts[i]);
        base_text_add_char(text, ']');
    }
    base_text_add_char(text, ']');
    struct service_seal seal;
    struct base_hash hash;
    if (!service_seal_take(registry_fd, &seal) || !service_seal_of(&seal, base_text_bytes(text), &hash)) {
        return; /* then the cache is not written */
    }
    base_text_add_string(text, SERVICE_CACHE_BEFORE_SEAL);
    print_hash(text, hash);
    base_text_add_string(text, SERVICE_CACHE_AFTER_SEAL);
    if (!base_text_out_of_memory(text) && text->size <= SERVICE_CACHE_SIZE_MAX) {
        (void)service_write_atomically(registry_fd, SERVICE_CACHE_NAME, base_text_bytes(text), NULL);
    }
}
