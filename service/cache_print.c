#include "base/json_emit.h"
#include "service/cache.h"
#include "service/cache_text.h"
#include "workspace/atomic.h"
#include "workspace/edit.h"

#include <inttypes.h>
#include <sys/stat.h>

static void print_string(struct pp_text *text, const char *key, const char *string)
{
    pp_text_addf(text, ",\"%s\":", key);
    struct pp_json_emit emit = pp_json_emit_make(text);
    pp_json_emit_string(&emit, string);
}

static void print_hash(struct pp_text *text, struct pp_hash hash)
{
    char hex[PP_HASH_HEX + 1];
    pp_hash_to_hex(hash, hex);
    pp_text_add_string(text, hex);
}

/* STAMP,"HASH" */
static void print_seen(struct pp_text *text, const struct pp_seen *seen)
{
    const struct pp_stamp *stamp = &seen->stamp;
    pp_text_addf(text, "[%" PRIu64 ",%" PRIu64 ",%" PRId64 ",%" PRId64 "],\"", stamp->inode, stamp->size,
                 stamp->modified, stamp->changed);
    print_hash(text, seen->hash);
    pp_text_add_char(text, '"');
}

void pp_cache_text_begin(struct pp_text *text, int registry_fd, const char *output, int64_t recorded)
{
    *text = PP_TEXT_EMPTY;
    struct stat status;
    if (fstat(registry_fd, &status) != 0) {
        text->failed = true;
    } else {
        pp_text_addf(text, "{\"schema_version\":%d,\"packer\":\"" PRPACK_VERSION "\",\"writer\":%d,\"registry\":%ju",
                     PP_CACHE_SCHEMA_VERSION, PP_WRITER_NUMBER, (uintmax_t)status.st_ino);
        print_string(text, "output", output);
        pp_text_addf(text, ",\"recorded\":%" PRId64 ",\"assets\":[", recorded);
    }
}

static void print_inputs(struct pp_text *text, const struct pp_declaration *declaration, const struct pp_seen *inputs)
{
    for (size_t i = 0; i < declaration->input_count; i++) {
        pp_text_add_string(text, i > 0 ? ",[" : "[");
        struct pp_json_emit emit = pp_json_emit_make(text);
        pp_json_emit_string(&emit, declaration->inputs[i].path);
        pp_text_add_char(text, ',');
        print_seen(text, &inputs[i]);
        pp_text_add_char(text, ']');
    }
}

static void print_made(struct pp_text *text, const struct pp_made *made)
{
    pp_text_addf(text, ",\"offset\":%" PRIu64 ",\"size\":%" PRIu64 ",\"decoded_size\":%" PRIu64 ",\"metadata\":",
                 made->offset, made->size, made->decoded_size);
    pp_text_add_string(text, made->metadata);
    pp_text_add_string(text, ",\"pipeline\":");
    pp_text_add_string(text, made->pipeline != NULL ? made->pipeline : "null");
    pp_text_add_string(text, ",\"payload\":\"");
    print_hash(text, made->payload_hash);
    pp_text_add_string(text, "\",\"decoded\":\"");
    print_hash(text, made->decoded_hash);
    pp_text_add_string(text, "\"}");
}

bool pp_cache_text_asset(struct pp_text *text, const struct pp_asset *asset, const struct pp_made *made)
{
    const struct pp_declaration *declaration = &asset->declaration;
    if (text->size > PP_CACHE_SIZE_MAX) {
        text->failed = true;
    }
    if (pp_text_failed(text)) {
        return false;
    }
    bool first = pp_text_string(text)[text->size - 1] == '[';
    pp_text_addf(text, "%s{\"asset_id\":%" PRId32, first ? "" : ",", asset->record->asset_id);
    print_string(text, "asset_uuid", asset->record->asset_uuid);
    print_string(text, "root", asset->record->root);
    pp_text_add_string(text, ",\"anchor\":[");
    print_seen(text, &declaration->anchor);
    pp_text_add_string(text, "],\"inputs\":[");
    print_inputs(text, declaration, made->inputs);
    pp_text_add_char(text, ']');
    print_string(text, "name", declaration->name);
    pp_text_addf(text, ",\"name_at\":%zu", declaration->name_at);
    print_string(text, "type", pp_asset_type_name(declaration->type));
    pp_text_addf(text, ",\"preload\":%s,\"slot\":", declaration->preload ? "true" : "false");
    if (declaration->has_slot) {
        pp_text_addf(text, "%" PRIu32, declaration->slot);
    } else {
        pp_text_add_string(text, "null");
    }
    print_made(text, made);
    return !pp_text_failed(text);
}

void pp_cache_text_write(struct pp_text *text, int registry_fd, uint64_t payload_offset,
                         const struct pp_seen artifacts[PP_ARTIFACT_COUNT])
{
    pp_text_addf(text, "],\"payload_offset\":%" PRIu64 ",\"artifacts\":", payload_offset);
    for (size_t i = 0; i < PP_ARTIFACT_COUNT; i++) {
        pp_text_add_string(text, i > 0 ? ",[" : "[[");
        print_seen(text, &artifacts[i]);
        pp_text_add_char(text, ']');
    }
    pp_text_add_char(text, ']');
    struct pp_hash hash = pp_hash_of(pp_text_bytes(text));
    pp_text_add_string(text, PP_CACHE_BEFORE_HASH);
    print_hash(text, hash);
    pp_text_add_string(text, PP_CACHE_AFTER_HASH);
    if (!pp_text_failed(text) && text->size <= PP_CACHE_SIZE_MAX) {
        (void)pp_write_atomically(registry_fd, PP_CACHE_NAME, pp_text_bytes(text), NULL);
    }
}
