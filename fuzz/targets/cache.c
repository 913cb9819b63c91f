/* A build cache with its own seal: what is taken has the values of the text. The tail of the input says which
 * allocation fails. */
#include "service/incremental/cache.h"
#include "fuzz/mutate/mutate.h"
#include "service/incremental/cache_text.h"

#include <string.h>

enum { TAIL = 1 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_json_or_bytes, fuzz_cross_json_or_bytes)

static const struct service_seal seal = {.directory = {.device = 1, .inode = 7, .born = 1}};
static const struct service_cache_scope scope = {.packer = "1", .seal = &seal, .output = "build"};

/* Appends the end of the document, in place of the brace that closes it. */
static struct base_text complete(struct base_bytes input)
{
    struct base_text text = BASE_TEXT_EMPTY;
    char hex[BASE_HASH_HEX + 1];
    bool closed = input.size > 0 && input.data[input.size - 1] == '}';
    base_text_add(&text, base_bytes_make(input.data, closed ? input.size - 1 : input.size));
    struct base_hash hash;
    FUZZ_CHECK(service_seal_of(&seal, base_text_bytes(&text), &hash));
    base_hash_to_hex(hash, hex);
    base_text_addf(&text, SERVICE_CACHE_BEFORE_SEAL "%s" SERVICE_CACHE_AFTER_SEAL, hex);
    return text;
}

static void check_string(const struct naive_json *json, const struct naive_node *object, const char *key,
                         const char *value)
{
    const struct naive_node *node = naive_member(json, object, key);
    FUZZ_CHECK(node != NULL && node->kind == NAIVE_STRING && naive_is(naive_span(json, node), value));
}

static void check_number(const struct naive_json *json, const struct naive_node *object, const char *key,
                         uint64_t value)
{
    const struct naive_node *node = naive_member(json, object, key);
    FUZZ_CHECK(node != NULL && node->kind == NAIVE_NUMBER);
    struct naive_integer integer = naive_integer_of(json, node);
    FUZZ_CHECK(integer.integral && !integer.huge && !integer.negative);
    FUZZ_CHECK_U64(integer.magnitude, value);
}

static void check_inputs(const struct naive_json *json, const struct naive_node *list,
                         const struct service_cached_asset *asset)
{
    size_t count = 0;
    for (size_t i = list->first; i != NAIVE_NONE; i = json->nodes[i].next) {
        FUZZ_CHECK(count < asset->input_count);
        const struct naive_node *path = &json->nodes[json->nodes[i].first];
        FUZZ_CHECK(naive_is(naive_span(json, path), asset->paths[count]));
        FUZZ_CHECK(asset->paths[count][0] != '/' && strstr(asset->paths[count], "//") == NULL);
        count++;
    }
    FUZZ_CHECK_U64(count, asset->input_count);
}

static void check_asset(const struct naive_json *json, const struct naive_node *node,
                        const struct service_cached_asset *asset)
{
    check_number(json, node, "asset_id", (uint64_t)asset->asset_id);
    check_string(json, node, "asset_uuid", asset->asset_uuid);
    check_string(json, node, "root", asset->root);
    check_string(json, node, "name", asset->name);
    FUZZ_CHECK(asset->name[0] != '\0' && !asset->kept);
    check_number(json, node, "offset", asset->packed.offset);
    check_number(json, node, "size", asset->packed.size);
    check_number(json, node, "decoded_size", asset->packed.decoded_size);
    FUZZ_CHECK(!asset->has_slot || (asset->preload && asset->slot <= 15));
    check_inputs(json, naive_member(json, node, "inputs"), asset);
    const struct naive_node *metadata = naive_member(json, node, "metadata");
    FUZZ_CHECK(metadata->kind == NAIVE_OBJECT);
    size_t length = strlen(asset->packed.metadata);
    FUZZ_CHECK(length >= 2 && asset->packed.metadata[0] == '{');
    FUZZ_CHECK_BYTES(base_bytes_make(asset->packed.metadata + 1, length - 2), naive_span(json, metadata));
    FUZZ_CHECK((asset->packed.pipeline == NULL) == (naive_member(json, node, "pipeline")->kind == NAIVE_NULL));
}

static void check_taken(struct base_bytes text, const struct service_cache *cache)
{
    struct naive_json json;
    FUZZ_CHECK(naive_json_read(&json, text));
    const struct naive_node *list = naive_member(&json, &json.nodes[0], "assets");
    size_t count = 0;
    for (size_t i = list->first; i != NAIVE_NONE; i = json.nodes[i].next) {
        FUZZ_CHECK(count < cache->count);
        FUZZ_CHECK(count == 0 || cache->assets[count - 1].asset_id < cache->assets[count].asset_id);
        check_asset(&json, &json.nodes[i], &cache->assets[count]);
        FUZZ_CHECK(service_cache_find(cache, cache->assets[count].asset_id) == &cache->assets[count]);
        count++;
    }
    FUZZ_CHECK_U64(count, cache->count);
    check_number(&json, &json.nodes[0], "recorded", (uint64_t)cache->recorded);
    check_number(&json, &json.nodes[0], "payload_offset", cache->payload_offset);
    naive_json_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint64_t failing = fuzz_take_u8(&input);
    struct base_text text = complete(input);
    struct base_bytes bytes = fuzz_guard(0, base_text_bytes(&text));
    base_text_free(&text);
    struct service_cache cache;
    fuzz_memory_begin();
    fuzz_memory_fail(failing);
    bool taken = service_cache_parse(&cache, NULL, bytes, &scope);
    bool failed = fuzz_memory_failed();
    FUZZ_CHECK(fuzz_memory_peak() <= 65536 + bytes.size * 64);
    FUZZ_CHECK(!failed || !taken);
    if (taken) {
        check_taken(bytes, &cache);
    }
    service_cache_free(&cache);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
