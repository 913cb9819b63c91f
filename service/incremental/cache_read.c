#include "base/array.h"
#include "service/incremental/cache.h"
#include "service/incremental/cache_text.h"
#include "service/transaction/names.h"
#include "workspace/document/document.h"
#include "workspace/model/limits.h"
#include "workspace/model/name.h"
#include "workspace/path.h"
#include "json/check.h"
#include "json/ordered.h"
#include "json/value.h"

#include <stdlib.h>
#include <string.h>

/* A cache while it is read. Invariant: the strings that were taken need no more room than the text before the
 * tokenizer.
 */
struct reading {
    struct json_ordered json;
    enum service_cache_lack lack; /* if it fails */
    struct service_cache *cache;
    char *free_strings;
};

static void fail_unless(struct reading *reading, bool holds)
{
    reading->json.failed = reading->json.failed || !holds;
}

/* The same for what another cache may have. The first reason counts. */
static void reject_unless(struct reading *reading, bool holds, enum service_cache_lack lack)
{
    if (!holds && reading->lack == SERVICE_CACHE_NONE) {
        reading->lack = lack;
    }
    fail_unless(reading, holds);
}

static int64_t take_time(struct reading *reading)
{
    return (int64_t)json_ordered_number(&reading->json, INT64_MAX);
}

/* Keeps what was written at free_strings. */
static const char *keep_string(struct reading *reading, size_t size)
{
    char *string = reading->free_strings;
    fail_unless(reading, memchr(string, 0, size) == NULL);
    string[size] = '\0';
    reading->free_strings += size + 1;
    return string;
}

static const char *take_string(struct reading *reading)
{
    struct json_token token = json_ordered_take(&reading->json, JSON_STRING);
    if (reading->json.failed) {
        return "";
    }
    struct base_bytes span = json_span(reading->json.json.text, token);
    return keep_string(reading, json_unescape(span, (uint8_t *)reading->free_strings, span.size));
}

static struct base_hash take_hash(struct reading *reading)
{
    struct json_token token = json_ordered_take(&reading->json, JSON_STRING);
    struct base_hash hash = {.bytes = {0}};
    fail_unless(reading, base_hash_from_hex(json_span(reading->json.json.text, token), &hash));
    return hash;
}

/* A value in canonical form, as it is. */
static const char *keep_value(struct reading *reading, struct json_token value)
{
    if (reading->json.failed) {
        return "";
    }
    struct base_bytes span = json_span(reading->json.json.text, value);
    fail_unless(reading, json_first_difference(span, NULL) == span.size);
    if (span.size > 0) { /* else it has no bytes to copy from */
        memcpy(reading->free_strings, span.data, span.size);
    }
    return keep_string(reading, span.size);
}

/* An object in canonical form, or null where that is allowed. */
static const char *take_object(struct reading *reading, bool nullable)
{
    bool absent = false;
    struct json_token object = json_ordered_object(&reading->json, nullable ? &absent : NULL);
    return absent ? NULL : keep_value(reading, object);
}

/* An array in canonical form, or null. */
static const char *take_array(struct reading *reading)
{
    bool absent = false;
    struct json_token array = json_ordered_array(&reading->json, &absent);
    return absent ? NULL : keep_value(reading, array);
}

/* STAMP,"HASH" and the bracket after it. */
static struct base_content take_seen(struct reading *reading)
{
    struct base_content seen;
    (void)json_ordered_take(&reading->json, JSON_ARRAY_BEGIN);
    seen.stamp.inode = json_ordered_number(&reading->json, UINT64_MAX);
    seen.stamp.size = json_ordered_number(&reading->json, UINT64_MAX);
    seen.stamp.modified = take_time(reading);
    seen.stamp.changed = take_time(reading);
    (void)json_ordered_take(&reading->json, JSON_ARRAY_END);
    seen.hash = take_hash(reading);
    (void)json_ordered_take(&reading->json, JSON_ARRAY_END);
    return seen;
}

static void take_input(struct reading *reading)
{
    struct service_cache *cache = reading->cache;
    const char **paths =
        base_array_grow((void *)cache->paths, cache->input_count, &cache->path_capacity, sizeof *paths);
    cache->paths = paths != NULL ? paths : cache->paths;
    struct base_content *inputs =
        base_array_grow(cache->inputs, cache->input_count, &cache->seen_capacity, sizeof *inputs);
    cache->inputs = inputs != NULL ? inputs : cache->inputs;
    if (paths == NULL || inputs == NULL) {
        reading->json.failed = true;
        return;
    }
    const char *path = take_string(reading);
    struct base_content seen = take_seen(reading);
    fail_unless(reading, workspace_path_fault(path) == NULL);
    cache->paths[cache->input_count] = path;
    cache->inputs[cache->input_count] = seen;
    cache->input_count++;
}

static void take_slot(struct reading *reading, struct service_cached_asset *asset)
{
    struct json_token token = json_next(&reading->json.json);
    if (token.kind == JSON_NULL) {
        return;
    }
    int64_t slot = 0;
    fail_unless(reading, asset->preload &&
                             json_token_integer(reading->json.json.text, token, 0, WORKSPACE_SLOT_COUNT - 1, &slot));
    asset->has_slot = true;
    asset->slot = (uint32_t)slot;
}

/* A warning whose bracket was read. */
static void take_warning(struct reading *reading)
{
    struct service_cache *cache = reading->cache;
    struct json_token id = json_ordered_take(&reading->json, JSON_STRING);
    struct writer_warning warning = {.diagnostic = diag_from_id(json_span(reading->json.json.text, id))};
    warning.input = (size_t)json_ordered_number(&reading->json, INT32_MAX);
    warning.has_pixel = json_ordered_boolean(&reading->json);
    warning.x = (uint32_t)json_ordered_number(&reading->json, UINT32_MAX);
    warning.y = (uint32_t)json_ordered_number(&reading->json, UINT32_MAX);
    warning.tile = (uint32_t)json_ordered_number(&reading->json, UINT32_MAX);
    warning.pixels = (uint32_t)json_ordered_number(&reading->json, UINT32_MAX);
    warning.tiles = (uint32_t)json_ordered_number(&reading->json, UINT32_MAX);
    warning.message = take_string(reading);
    (void)json_ordered_take(&reading->json, JSON_ARRAY_END);
    fail_unless(reading, warning.diagnostic != DIAG_NONE);
    struct writer_warning *warnings =
        base_array_grow(cache->warnings, cache->warning_count, &cache->warning_capacity, sizeof *warnings);
    cache->warnings = warnings != NULL ? warnings : cache->warnings;
    fail_unless(reading, warnings != NULL);
    if (!reading->json.failed) {
        warnings[cache->warning_count++] = warning;
    }
}

/* The warnings of the asset that is read. They are about its inputs. */
static void take_warnings(struct reading *reading, const struct service_cached_asset *asset)
{
    struct service_cache *cache = reading->cache;
    json_ordered_key(&reading->json, "warnings");
    (void)json_ordered_take(&reading->json, JSON_ARRAY_BEGIN);
    while (json_ordered_more(&reading->json, JSON_ARRAY_BEGIN)) {
        take_warning(reading);
        fail_unless(reading,
                    reading->json.failed || cache->warnings[cache->warning_count - 1].input < asset->input_count);
    }
}

static struct writer_packed take_packed(struct reading *reading, const struct service_cached_asset *asset)
{
    struct writer_packed packed = {.warning_count = reading->cache->warning_count};
    json_ordered_key(&reading->json, "offset");
    packed.offset = json_ordered_number(&reading->json, INT64_MAX);
    json_ordered_key(&reading->json, "size");
    packed.size = json_ordered_number(&reading->json, INT64_MAX);
    json_ordered_key(&reading->json, "decoded_size");
    packed.decoded_size = json_ordered_number(&reading->json, INT64_MAX);
    json_ordered_key(&reading->json, "metadata");
    packed.metadata = take_object(reading, false);
    json_ordered_key(&reading->json, "pipeline");
    packed.pipeline = take_object(reading, true);
    json_ordered_key(&reading->json, "tiles");
    packed.tiles = take_array(reading);
    take_warnings(reading, asset);
    packed.warning_count = reading->cache->warning_count - packed.warning_count;
    json_ordered_key(&reading->json, "payload");
    packed.payload_hash = take_hash(reading);
    json_ordered_key(&reading->json, "decoded");
    packed.decoded_hash = take_hash(reading);
    return packed;
}

/* An asset whose brace was read. */
static void take_asset(struct reading *reading)
{
    struct service_cached_asset asset = {.first_input = reading->cache->input_count,
                                         .first_warning = reading->cache->warning_count};
    json_ordered_key(&reading->json, "asset_id");
    asset.asset_id = (int32_t)json_ordered_number(&reading->json, INT32_MAX);
    json_ordered_key(&reading->json, "asset_uuid");
    asset.asset_uuid = take_string(reading);
    json_ordered_key(&reading->json, "root");
    asset.root = take_string(reading);
    json_ordered_key(&reading->json, "anchor");
    (void)json_ordered_take(&reading->json, JSON_ARRAY_BEGIN);
    asset.anchor = take_seen(reading);
    json_ordered_key(&reading->json, "inputs");
    (void)json_ordered_take(&reading->json, JSON_ARRAY_BEGIN);
    while (json_ordered_more(&reading->json, JSON_ARRAY_BEGIN)) {
        take_input(reading);
    }
    asset.input_count = reading->cache->input_count - asset.first_input;
    json_ordered_key(&reading->json, "name");
    asset.name = take_string(reading);
    json_ordered_key(&reading->json, "name_at");
    asset.name_at = (size_t)json_ordered_number(&reading->json, workspace_document_declaration.limit);
    json_ordered_key(&reading->json, "type");
    const char *type = take_string(reading);
    json_ordered_key(&reading->json, "preload");
    asset.preload = json_ordered_boolean(&reading->json);
    json_ordered_key(&reading->json, "slot");
    take_slot(reading, &asset);
    asset.packed = take_packed(reading, &asset);
    (void)json_ordered_take(&reading->json, JSON_OBJECT_END);

    struct service_cache *cache = reading->cache;
    bool rises = cache->count == 0 || cache->assets[cache->count - 1].asset_id < asset.asset_id;
    if (reading->json.failed || !rises || workspace_name_fault(asset.name) != NULL ||
        !workspace_asset_type_find(type, &asset.type)) {
        reading->json.failed = true;
        return;
    }
    struct service_cached_asset *assets =
        base_array_grow(cache->assets, cache->count, &cache->asset_capacity, sizeof *assets);
    if (assets == NULL) {
        reading->json.failed = true;
        return;
    }
    cache->assets = assets;
    assets[cache->count++] = asset;
}

static void take_artifacts(struct reading *reading)
{
    json_ordered_key(&reading->json, "artifacts");
    (void)json_ordered_take(&reading->json, JSON_ARRAY_BEGIN);
    for (size_t i = 0; i < SERVICE_ARTIFACT_COUNT; i++) {
        (void)json_ordered_take(&reading->json, JSON_ARRAY_BEGIN);
        reading->cache->artifacts[i] = take_seen(reading);
    }
    (void)json_ordered_take(&reading->json, JSON_ARRAY_END);
}

static void take_document(struct reading *reading, const struct service_cache_scope *scope)
{
    (void)json_ordered_take(&reading->json, JSON_OBJECT_BEGIN);
    json_ordered_key(&reading->json, "schema_version");
    bool known = json_ordered_number(&reading->json, UINT64_MAX) == SERVICE_CACHE_SCHEMA_VERSION;
    json_ordered_key(&reading->json, "packer");
    known = strcmp(take_string(reading), scope->packer) == 0 && known;
    json_ordered_key(&reading->json, "writer");
    known = json_ordered_number(&reading->json, UINT64_MAX) == WRITER_NUMBER && known;
    reject_unless(reading, known, SERVICE_CACHE_OTHER_PACKER);
    json_ordered_key(&reading->json, "output");
    reject_unless(reading, strcmp(take_string(reading), scope->output) == 0, SERVICE_CACHE_OTHER_OUTPUT);
    json_ordered_key(&reading->json, "recorded");
    reading->cache->recorded = take_time(reading);
    json_ordered_key(&reading->json, "assets");
    (void)json_ordered_take(&reading->json, JSON_ARRAY_BEGIN);
    while (json_ordered_more(&reading->json, JSON_OBJECT_BEGIN)) {
        take_asset(reading);
    }
    json_ordered_key(&reading->json, "payload_offset");
    reading->cache->payload_offset = json_ordered_number(&reading->json, INT64_MAX);
    take_artifacts(reading);
    json_ordered_key(&reading->json, "seal");
    (void)take_hash(reading);
    (void)json_ordered_take(&reading->json, JSON_OBJECT_END);
    (void)json_ordered_take(&reading->json, JSON_END);
}

/* Whether the text ends with the seal of what comes before it. */
static bool is_sealed(struct base_bytes text, const struct service_seal *seal)
{
    enum { BEFORE = sizeof SERVICE_CACHE_BEFORE_SEAL - 1, AFTER = sizeof SERVICE_CACHE_AFTER_SEAL - 1 };
    enum { TAIL = BEFORE + BASE_HASH_HEX + AFTER };
    if (text.size < TAIL) {
        return false;
    }
    struct base_hash hash;
    const uint8_t *tail = text.data + text.size - TAIL;
    return base_hash_from_hex(base_bytes_make(tail + BEFORE, BASE_HASH_HEX), &hash) &&
           service_seal_holds(seal, base_bytes_make(text.data, text.size - TAIL), hash);
}

static void connect(struct service_cache *cache)
{
    for (size_t i = 0; i < cache->count; i++) {
        struct service_cached_asset *asset = &cache->assets[i];
        if (asset->input_count > 0) {
            asset->paths = cache->paths + asset->first_input;
            asset->inputs = cache->inputs + asset->first_input;
        }
        asset->packed.inputs = asset->inputs;
        if (asset->packed.warning_count > 0) {
            asset->packed.warnings = cache->warnings + asset->first_warning;
        }
    }
}

bool service_cache_parse(struct service_cache *cache, struct base_task *task, struct base_bytes text,
                         const struct service_cache_scope *scope)
{
    *cache = SERVICE_CACHE_EMPTY;
    cache->strings = is_sealed(text, scope->seal) ? malloc(text.size + 1) : NULL;
    if (cache->strings == NULL) {
        return false;
    }
    struct reading reading = {.cache = cache, .free_strings = cache->strings};
    json_ordered_begin(&reading.json, text);
    reading.json.json.task = task;
    take_document(&reading, scope);
    connect(cache);
    if (reading.json.failed) {
        service_cache_free(cache);
        cache->lack = reading.lack;
    }
    return !reading.json.failed;
}

bool service_cache_read(struct service_cache *cache, struct base_task *task, int registry_fd, const char *output)
{
    *cache = SERVICE_CACHE_EMPTY;
    struct base_file file;
    struct service_seal seal;
    if (!service_seal_take(registry_fd, &seal) || base_file_open_below(&file, registry_fd, SERVICE_CACHE_NAME) != 0) {
        return false;
    }
    const struct service_cache_scope scope = {PRPACK_VERSION, &seal, output};
    uint8_t *data = NULL;
    size_t size = 0;
    bool read = base_file_read_all(&file, SERVICE_CACHE_SIZE_MAX, &data, &size) == 0 &&
                service_cache_parse(cache, task, base_bytes_make(data, size), &scope);
    free(data);
    base_file_close(&file);
    return read;
}

void service_cache_free(struct service_cache *cache)
{
    free(cache->assets);
    free(cache->paths);
    free(cache->inputs);
    free(cache->warnings);
    free(cache->strings);
    *cache = SERVICE_CACHE_EMPTY;
}

static int by_id(const void *key, const void *item)
{
    const int32_t *asset_id = key;
    const struct service_cached_asset *asset = item;
    return (*asset_id > asset->asset_id) - (*asset_id < asset->asset_id);
}

struct service_cached_asset *service_cache_find(const struct service_cache *cache, int32_t asset_id)
{
    return cache->count == 0 ? NULL : bsearch(&asset_id, cache->assets, cache->count, sizeof *cache->assets, by_id);
}
