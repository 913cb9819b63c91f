#include "base/array.h"
#include "service/incremental/cache.h"
#include "service/incremental/cache_text.h"
#include "workspace/document/document.h"
#include "workspace/edit/edit.h"
#include "workspace/model/name.h"
#include "workspace/path.h"
#include "json/check.h"
#include "json/value.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A document whose members come in one order only. After the first surprise everything fails. Invariant: the strings
 * that were taken need no more room than the text before the tokenizer. */
struct reading {
    struct json_tokenizer json;
    struct service_cache *cache;
    char *free_strings;
    bool failed;
};

static struct json_token take(struct reading *reading, enum json_kind kind)
{
    struct json_token token = json_next(&reading->json);
    reading->failed = reading->failed || token.kind != kind;
    return token;
}

static void take_key(struct reading *reading, const char *name)
{
    struct json_token token = take(reading, JSON_KEY);
    reading->failed = reading->failed || !json_equals(json_span(reading->json.text, token), name);
}

/* A whole number from 0 to `most`. */
static uint64_t take_number(struct reading *reading, uint64_t most)
{
    struct json_token token = take(reading, JSON_NUMBER);
    if (reading->failed) {
        return 0;
    }
    struct json_integer integer = json_integer(reading->json.text, token);
    reading->failed = !token.integral || integer.negative || integer.huge || integer.magnitude > most;
    return reading->failed ? 0 : integer.magnitude;
}

static int64_t take_time(struct reading *reading)
{
    return (int64_t)take_number(reading, INT64_MAX);
}

/* Keeps what was written at free_strings. */
static const char *keep_string(struct reading *reading, size_t size)
{
    char *string = reading->free_strings;
    reading->failed = reading->failed || memchr(string, 0, size) != NULL;
    string[size] = '\0';
    reading->free_strings += size + 1;
    return string;
}

static const char *take_string(struct reading *reading)
{
    struct json_token token = take(reading, JSON_STRING);
    if (reading->failed) {
        return "";
    }
    struct base_bytes span = json_span(reading->json.text, token);
    return keep_string(reading, json_unescape(span, (uint8_t *)reading->free_strings, span.size));
}

static struct base_hash take_hash(struct reading *reading)
{
    struct json_token token = take(reading, JSON_STRING);
    struct base_hash hash = {.bytes = {0}};
    reading->failed = reading->failed || !base_hash_from_hex(json_span(reading->json.text, token), &hash);
    return hash;
}

static bool take_bool(struct reading *reading)
{
    struct json_token token = json_next(&reading->json);
    reading->failed = reading->failed || (token.kind != JSON_TRUE && token.kind != JSON_FALSE);
    return token.kind == JSON_TRUE;
}

/* An object in canonical form, or null where that is allowed. */
static const char *take_object(struct reading *reading, bool nullable)
{
    struct json_token token = json_next(&reading->json);
    struct json_token end = json_skip(&reading->json, token);
    if (nullable && token.kind == JSON_NULL) {
        return NULL;
    }
    reading->failed = reading->failed || token.kind != JSON_OBJECT_BEGIN || end.kind != JSON_OBJECT_END;
    if (reading->failed) {
        return "";
    }
    struct base_bytes span = base_bytes_make(reading->json.text.data + token.begin, end.end - token.begin);
    reading->failed = json_first_difference(span) != span.size;
    memcpy(reading->free_strings, span.data, span.size);
    return keep_string(reading, span.size);
}

/* STAMP,"HASH" and the bracket behind. */
static struct workspace_content take_seen(struct reading *reading)
{
    struct workspace_content seen;
    (void)take(reading, JSON_ARRAY_BEGIN);
    seen.stamp.inode = take_number(reading, UINT64_MAX);
    seen.stamp.size = take_number(reading, UINT64_MAX);
    seen.stamp.modified = take_time(reading);
    seen.stamp.changed = take_time(reading);
    (void)take(reading, JSON_ARRAY_END);
    seen.hash = take_hash(reading);
    (void)take(reading, JSON_ARRAY_END);
    return seen;
}

/* Whether the array, whose head was read, has one more element that begins with a token of that kind. */
static bool take_more(struct reading *reading, enum json_kind kind)
{
    struct json_token token = json_next(&reading->json);
    reading->failed = reading->failed || (token.kind != kind && token.kind != JSON_ARRAY_END);
    return !reading->failed && token.kind == kind;
}

static void take_input(struct reading *reading)
{
    struct service_cache *cache = reading->cache;
    const char **paths =
        base_array_grow((void *)cache->paths, cache->input_count, &cache->path_capacity, sizeof *paths);
    cache->paths = paths != NULL ? paths : cache->paths;
    struct workspace_content *inputs =
        base_array_grow(cache->inputs, cache->input_count, &cache->seen_capacity, sizeof *inputs);
    cache->inputs = inputs != NULL ? inputs : cache->inputs;
    if (paths == NULL || inputs == NULL) {
        reading->failed = true;
        return;
    }
    const char *path = take_string(reading);
    struct workspace_content seen = take_seen(reading);
    reading->failed = reading->failed || workspace_path_fault(path) != NULL;
    cache->paths[cache->input_count] = path;
    cache->inputs[cache->input_count] = seen;
    cache->input_count++;
}

static void take_slot(struct reading *reading, struct service_cached_asset *asset)
{
    struct json_token token = json_next(&reading->json);
    if (token.kind == JSON_NULL) {
        return;
    }
    struct json_integer slot = {.huge = true};
    if (token.kind == JSON_NUMBER && token.integral) {
        slot = json_integer(reading->json.text, token);
    }
    reading->failed = reading->failed || slot.huge || slot.negative || slot.magnitude > 15 || !asset->preload;
    asset->has_slot = true;
    asset->slot = (uint32_t)(slot.magnitude & 15);
}

static struct writer_made take_made(struct reading *reading)
{
    struct writer_made made;
    take_key(reading, "offset");
    made.offset = take_number(reading, INT64_MAX);
    take_key(reading, "size");
    made.size = take_number(reading, INT64_MAX);
    take_key(reading, "decoded_size");
    made.decoded_size = take_number(reading, INT64_MAX);
    take_key(reading, "metadata");
    made.metadata = take_object(reading, false);
    take_key(reading, "pipeline");
    made.pipeline = take_object(reading, true);
    take_key(reading, "payload");
    made.payload_hash = take_hash(reading);
    take_key(reading, "decoded");
    made.decoded_hash = take_hash(reading);
    return made;
}

/* An asset whose brace was read. */
static void take_asset(struct reading *reading)
{
    struct service_cached_asset asset = {.first_input = reading->cache->input_count};
    take_key(reading, "asset_id");
    asset.asset_id = (int32_t)take_number(reading, INT32_MAX);
    take_key(reading, "asset_uuid");
    asset.asset_uuid = take_string(reading);
    take_key(reading, "root");
    asset.root = take_string(reading);
    take_key(reading, "anchor");
    (void)take(reading, JSON_ARRAY_BEGIN);
    asset.anchor = take_seen(reading);
    take_key(reading, "inputs");
    (void)take(reading, JSON_ARRAY_BEGIN);
    while (take_more(reading, JSON_ARRAY_BEGIN)) {
        take_input(reading);
    }
    asset.input_count = reading->cache->input_count - asset.first_input;
    take_key(reading, "name");
    asset.name = take_string(reading);
    take_key(reading, "name_at");
    asset.name_at = (size_t)take_number(reading, workspace_document_declaration.limit);
    take_key(reading, "type");
    const char *type = take_string(reading);
    take_key(reading, "preload");
    asset.preload = take_bool(reading);
    take_key(reading, "slot");
    take_slot(reading, &asset);
    asset.made = take_made(reading);
    (void)take(reading, JSON_OBJECT_END);

    struct service_cache *cache = reading->cache;
    bool rises = cache->count == 0 || cache->assets[cache->count - 1].asset_id < asset.asset_id;
    if (reading->failed || !rises || workspace_name_fault(asset.name) != NULL ||
        !workspace_asset_type_find(type, &asset.type)) {
        reading->failed = true;
        return;
    }
    struct service_cached_asset *assets =
        base_array_grow(cache->assets, cache->count, &cache->asset_capacity, sizeof *assets);
    if (assets == NULL) {
        reading->failed = true;
        return;
    }
    cache->assets = assets;
    assets[cache->count++] = asset;
}

static void take_artifacts(struct reading *reading)
{
    take_key(reading, "artifacts");
    (void)take(reading, JSON_ARRAY_BEGIN);
    for (size_t i = 0; i < SERVICE_ARTIFACT_COUNT; i++) {
        (void)take(reading, JSON_ARRAY_BEGIN);
        reading->cache->artifacts[i] = take_seen(reading);
    }
    (void)take(reading, JSON_ARRAY_END);
}

static void take_document(struct reading *reading, const struct service_cache_scope *scope)
{
    (void)take(reading, JSON_OBJECT_BEGIN);
    take_key(reading, "schema_version");
    bool known = take_number(reading, UINT64_MAX) == SERVICE_CACHE_SCHEMA_VERSION;
    take_key(reading, "packer");
    known = strcmp(take_string(reading), scope->packer) == 0 && known;
    take_key(reading, "writer");
    known = take_number(reading, UINT64_MAX) == WRITER_NUMBER && known;
    take_key(reading, "registry");
    known = take_number(reading, UINT64_MAX) == scope->registry && known;
    take_key(reading, "output");
    known = strcmp(take_string(reading), scope->output) == 0 && known;
    reading->failed = reading->failed || !known;
    take_key(reading, "recorded");
    reading->cache->recorded = take_time(reading);
    take_key(reading, "assets");
    (void)take(reading, JSON_ARRAY_BEGIN);
    while (take_more(reading, JSON_OBJECT_BEGIN)) {
        take_asset(reading);
    }
    take_key(reading, "payload_offset");
    reading->cache->payload_offset = take_number(reading, INT64_MAX);
    take_artifacts(reading);
    take_key(reading, "document_xxh3_128");
    (void)take_hash(reading);
    (void)take(reading, JSON_OBJECT_END);
    (void)take(reading, JSON_END);
}

/* Whether the text ends with the hash of what comes before it. */
static bool has_own_hash(struct base_bytes text)
{
    enum { BEFORE = sizeof SERVICE_CACHE_BEFORE_HASH - 1, AFTER = sizeof SERVICE_CACHE_AFTER_HASH - 1 };
    enum { TAIL = BEFORE + BASE_HASH_HEX + AFTER };
    if (text.size < TAIL) {
        return false;
    }
    struct base_hash hash;
    const uint8_t *tail = text.data + text.size - TAIL;
    return base_hash_from_hex(base_bytes_make(tail + BEFORE, BASE_HASH_HEX), &hash) &&
           base_hash_equal(hash, base_hash_of(base_bytes_make(text.data, text.size - TAIL)));
}

static void connect(struct service_cache *cache)
{
    for (size_t i = 0; i < cache->count; i++) {
        struct service_cached_asset *asset = &cache->assets[i];
        if (asset->input_count > 0) {
            asset->paths = cache->paths + asset->first_input;
            asset->inputs = cache->inputs + asset->first_input;
        }
        asset->made.inputs = asset->inputs;
    }
}

bool service_cache_parse(struct service_cache *cache, struct base_bytes text, const struct service_cache_scope *scope)
{
    *cache = SERVICE_CACHE_EMPTY;
    cache->strings = has_own_hash(text) ? malloc(text.size + 1) : NULL;
    if (cache->strings == NULL) {
        return false;
    }
    struct reading reading = {.cache = cache, .free_strings = cache->strings};
    json_begin(&reading.json, text);
    take_document(&reading, scope);
    connect(cache);
    if (reading.failed) {
        service_cache_free(cache);
    }
    return !reading.failed;
}

bool service_cache_read(struct service_cache *cache, int registry_fd, const char *output)
{
    *cache = SERVICE_CACHE_EMPTY;
    struct base_file file;
    struct stat status;
    if (fstat(registry_fd, &status) != 0 || base_file_open_below(&file, registry_fd, WORKSPACE_CACHE_NAME) != 0) {
        return false;
    }
    const struct service_cache_scope scope = {PRPACK_VERSION, (uint64_t)status.st_ino, output};
    uint8_t *data = NULL;
    size_t size = 0;
    bool read = base_file_read_all(&file, SERVICE_CACHE_SIZE_MAX, &data, &size) == 0 &&
                service_cache_parse(cache, base_bytes_make(data, size), &scope);
    free(data);
    base_file_close(&file);
    return read;
}

void service_cache_free(struct service_cache *cache)
{
    free(cache->assets);
    free(cache->paths);
    free(cache->inputs);
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
