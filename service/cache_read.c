#include "base/checked.h"
#include "base/json_check.h"
#include "service/cache.h"
#include "service/cache_text.h"
#include "workspace/declaration.h"
#include "workspace/edit.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A document whose members come in one order only. After the first surprise everything fails. Invariant: the strings that were
 * taken need no more room than the text before the tokenizer. */
struct reading {
    struct pp_json json;
    struct pp_cache *cache;
    char *free_strings;
    bool failed;
};

static struct pp_json_token take(struct reading *reading, enum pp_json_kind kind)
{
    struct pp_json_token token = pp_json_next(&reading->json);
    reading->failed = reading->failed || token.kind != kind;
    return token;
}

static void take_key(struct reading *reading, const char *name)
{
    struct pp_json_token token = take(reading, PP_JSON_KEY);
    reading->failed = reading->failed || !pp_json_is(pp_json_span(reading->json.text, token), name);
}

/* A whole number from 0 to `most`. */
static uint64_t take_number(struct reading *reading, uint64_t most)
{
    struct pp_json_token token = take(reading, PP_JSON_NUMBER);
    if (reading->failed) {
        return 0;
    }
    struct pp_json_integer integer = pp_json_integer(reading->json.text, token);
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
    struct pp_json_token token = take(reading, PP_JSON_STRING);
    if (reading->failed) {
        return "";
    }
    struct pp_bytes span = pp_json_span(reading->json.text, token);
    return keep_string(reading, pp_json_unescape(span, (uint8_t *)reading->free_strings, span.size));
}

static struct pp_hash take_hash(struct reading *reading)
{
    struct pp_json_token token = take(reading, PP_JSON_STRING);
    struct pp_hash hash = {.bytes = {0}};
    reading->failed = reading->failed || !pp_hash_from_hex(pp_json_span(reading->json.text, token), &hash);
    return hash;
}

static bool take_bool(struct reading *reading)
{
    struct pp_json_token token = pp_json_next(&reading->json);
    reading->failed = reading->failed || (token.kind != PP_JSON_TRUE && token.kind != PP_JSON_FALSE);
    return token.kind == PP_JSON_TRUE;
}

/* An object in canonical form, or null where that is allowed. */
static const char *take_object(struct reading *reading, bool nullable)
{
    struct pp_json_token token = pp_json_next(&reading->json);
    struct pp_json_token end = pp_json_skip(&reading->json, token);
    if (nullable && token.kind == PP_JSON_NULL) {
        return NULL;
    }
    reading->failed = reading->failed || token.kind != PP_JSON_OBJECT_BEGIN || end.kind != PP_JSON_OBJECT_END;
    if (reading->failed) {
        return "";
    }
    struct pp_bytes span = pp_bytes_make(reading->json.text.data + token.begin, end.end - token.begin);
    reading->failed = pp_json_first_difference(span) != span.size;
    memcpy(reading->free_strings, span.data, span.size);
    return keep_string(reading, span.size);
}

/* STAMP,"HASH" and the bracket behind. */
static struct pp_seen take_seen(struct reading *reading)
{
    struct pp_seen seen;
    (void)take(reading, PP_JSON_ARRAY_BEGIN);
    seen.stamp.inode = take_number(reading, UINT64_MAX);
    seen.stamp.size = take_number(reading, UINT64_MAX);
    seen.stamp.modified = take_time(reading);
    seen.stamp.changed = take_time(reading);
    (void)take(reading, PP_JSON_ARRAY_END);
    seen.hash = take_hash(reading);
    (void)take(reading, PP_JSON_ARRAY_END);
    return seen;
}

/* Whether the array, whose head was read, has one more element that begins with a token of that kind. */
static bool take_more(struct reading *reading, enum pp_json_kind kind)
{
    struct pp_json_token token = pp_json_next(&reading->json);
    reading->failed = reading->failed || (token.kind != kind && token.kind != PP_JSON_ARRAY_END);
    return !reading->failed && token.kind == kind;
}

/* Room for one more element: memory grows with the elements that are there. */
static bool make_room(void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return true;
    }
    size_t wanted = *capacity == 0 ? 64 : *capacity * 2;
    size_t bytes;
    void *grown = pp_mul_size(wanted, size, &bytes) ? realloc(*items, bytes) : NULL;
    if (grown == NULL) {
        return false;
    }
    *items = grown;
    *capacity = wanted;
    return true;
}

static void take_input(struct reading *reading)
{
    struct pp_cache *cache = reading->cache;
    void *paths = cache->paths;
    void *inputs = cache->inputs;
    bool room = make_room(&paths, cache->input_count, &cache->path_capacity, sizeof *cache->paths);
    cache->paths = paths;
    room = room && make_room(&inputs, cache->input_count, &cache->seen_capacity, sizeof *cache->inputs);
    cache->inputs = inputs;
    if (!room) {
        reading->failed = true;
        return;
    }
    const char *path = take_string(reading);
    struct pp_seen seen = take_seen(reading);
    reading->failed = reading->failed || pp_path_fault(path) != NULL;
    cache->paths[cache->input_count] = path;
    cache->inputs[cache->input_count] = seen;
    cache->input_count++;
}

static void take_slot(struct reading *reading, struct pp_cached_asset *asset)
{
    struct pp_json_token token = pp_json_next(&reading->json);
    if (token.kind == PP_JSON_NULL) {
        return;
    }
    struct pp_json_integer slot = {.huge = true};
    if (token.kind == PP_JSON_NUMBER && token.integral) {
        slot = pp_json_integer(reading->json.text, token);
    }
    reading->failed = reading->failed || slot.huge || slot.negative || slot.magnitude > 15 || !asset->preload;
    asset->has_slot = true;
    asset->slot = (uint32_t)(slot.magnitude & 15);
}

static struct pp_made take_made(struct reading *reading)
{
    struct pp_made made;
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
    struct pp_cached_asset asset = {.first_input = reading->cache->input_count};
    take_key(reading, "asset_id");
    asset.asset_id = (int32_t)take_number(reading, INT32_MAX);
    take_key(reading, "asset_uuid");
    asset.asset_uuid = take_string(reading);
    take_key(reading, "root");
    asset.root = take_string(reading);
    take_key(reading, "anchor");
    (void)take(reading, PP_JSON_ARRAY_BEGIN);
    asset.anchor = take_seen(reading);
    take_key(reading, "inputs");
    (void)take(reading, PP_JSON_ARRAY_BEGIN);
    while (take_more(reading, PP_JSON_ARRAY_BEGIN)) {
        take_input(reading);
    }
    asset.input_count = reading->cache->input_count - asset.first_input;
    take_key(reading, "name");
    asset.name = take_string(reading);
    take_key(reading, "name_at");
    asset.name_at = (size_t)take_number(reading, pp_document_declaration.limit);
    take_key(reading, "type");
    const char *type = take_string(reading);
    take_key(reading, "preload");
    asset.preload = take_bool(reading);
    take_key(reading, "slot");
    take_slot(reading, &asset);
    asset.made = take_made(reading);
    (void)take(reading, PP_JSON_OBJECT_END);

    struct pp_cache *cache = reading->cache;
    bool rises = cache->count == 0 || cache->assets[cache->count - 1].asset_id < asset.asset_id;
    void *assets = cache->assets;
    if (reading->failed || !rises || pp_name_fault(asset.name) != NULL || !pp_asset_type_find(type, &asset.type) ||
        !make_room(&assets, cache->count, &cache->asset_capacity, sizeof asset)) {
        reading->failed = true;
        return;
    }
    cache->assets = assets;
    cache->assets[cache->count++] = asset;
}

static void take_artifacts(struct reading *reading)
{
    take_key(reading, "artifacts");
    (void)take(reading, PP_JSON_ARRAY_BEGIN);
    for (size_t i = 0; i < PP_ARTIFACT_COUNT; i++) {
        (void)take(reading, PP_JSON_ARRAY_BEGIN);
        reading->cache->artifacts[i] = take_seen(reading);
    }
    (void)take(reading, PP_JSON_ARRAY_END);
}

static void take_document(struct reading *reading, const struct pp_cache_scope *scope)
{
    (void)take(reading, PP_JSON_OBJECT_BEGIN);
    take_key(reading, "schema_version");
    bool known = take_number(reading, UINT64_MAX) == PP_CACHE_SCHEMA_VERSION;
    take_key(reading, "packer");
    known = strcmp(take_string(reading), scope->packer) == 0 && known;
    take_key(reading, "writer");
    known = take_number(reading, UINT64_MAX) == PP_WRITER_NUMBER && known;
    take_key(reading, "registry");
    known = take_number(reading, UINT64_MAX) == scope->registry && known;
    take_key(reading, "output");
    known = strcmp(take_string(reading), scope->output) == 0 && known;
    reading->failed = reading->failed || !known;
    take_key(reading, "recorded");
    reading->cache->recorded = take_time(reading);
    take_key(reading, "assets");
    (void)take(reading, PP_JSON_ARRAY_BEGIN);
    while (take_more(reading, PP_JSON_OBJECT_BEGIN)) {
        take_asset(reading);
    }
    take_key(reading, "payload_offset");
    reading->cache->payload_offset = take_number(reading, INT64_MAX);
    take_artifacts(reading);
    take_key(reading, "document_xxh3_128");
    (void)take_hash(reading);
    (void)take(reading, PP_JSON_OBJECT_END);
    (void)take(reading, PP_JSON_END);
}

/* Whether the text ends with the hash of what stands before it. */
static bool has_own_hash(struct pp_bytes text)
{
    enum { BEFORE = sizeof PP_CACHE_BEFORE_HASH - 1, AFTER = sizeof PP_CACHE_AFTER_HASH - 1 };
    enum { TAIL = BEFORE + PP_HASH_HEX + AFTER };
    if (text.size < TAIL) {
        return false;
    }
    struct pp_hash hash;
    const uint8_t *tail = text.data + text.size - TAIL;
    return pp_hash_from_hex(pp_bytes_make(tail + BEFORE, PP_HASH_HEX), &hash) &&
           pp_hash_equal(hash, pp_hash_of(pp_bytes_make(text.data, text.size - TAIL)));
}

static void connect(struct pp_cache *cache)
{
    for (size_t i = 0; i < cache->count; i++) {
        struct pp_cached_asset *asset = &cache->assets[i];
        if (asset->input_count > 0) {
            asset->paths = cache->paths + asset->first_input;
            asset->inputs = cache->inputs + asset->first_input;
        }
        asset->made.inputs = asset->inputs;
    }
}

bool pp_cache_parse(struct pp_cache *cache, struct pp_bytes text, const struct pp_cache_scope *scope)
{
    *cache = PP_CACHE_EMPTY;
    cache->strings = has_own_hash(text) ? malloc(text.size + 1) : NULL;
    if (cache->strings == NULL) {
        return false;
    }
    struct reading reading = {.cache = cache, .free_strings = cache->strings};
    pp_json_begin(&reading.json, text);
    take_document(&reading, scope);
    connect(cache);
    if (reading.failed) {
        pp_cache_free(cache);
    }
    return !reading.failed;
}

bool pp_cache_read(struct pp_cache *cache, int registry_fd, const char *output)
{
    *cache = PP_CACHE_EMPTY;
    struct pp_file file;
    struct stat status;
    if (fstat(registry_fd, &status) != 0 || pp_file_open_below(&file, registry_fd, PP_CACHE_NAME) != 0) {
        return false;
    }
    const struct pp_cache_scope scope = {PRPACK_VERSION, (uint64_t)status.st_ino, output};
    uint8_t *data = NULL;
    size_t size = 0;
    bool read = pp_file_read_all(&file, PP_CACHE_SIZE_MAX, &data, &size) == 0 &&
                pp_cache_parse(cache, pp_bytes_make(data, size), &scope);
    free(data);
    pp_file_close(&file);
    return read;
}

void pp_cache_free(struct pp_cache *cache)
{
    free(cache->assets);
    free(cache->paths);
    free(cache->inputs);
    free(cache->strings);
    *cache = PP_CACHE_EMPTY;
}

static int by_id(const void *key, const void *item)
{
    const int32_t *asset_id = key;
    const struct pp_cached_asset *asset = item;
    return (*asset_id > asset->asset_id) - (*asset_id < asset->asset_id);
}

struct pp_cached_asset *pp_cache_find(const struct pp_cache *cache, int32_t asset_id)
{
    return cache->count == 0 ? NULL : bsearch(&asset_id, cache->assets, cache->count, sizeof *cache->assets, by_id);
}
