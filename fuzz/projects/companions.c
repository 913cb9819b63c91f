#include "fuzz/projects/companions.h"

#include "base/hash.h"
#include "fuzz/lib/harness.h"
#include "fuzz/mutate/splice.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- The pack, as far as it goes ---- */

struct header {
    struct base_bytes pack;
    struct base_bytes text;
    struct base_bytes payload;
    struct naive_json json;
};

/* False when the pack is none. Free json in either case. */
static bool read_header(struct header *header, const struct fuzz_text *pack)
{
    *header = (struct header){.pack = fuzz_text_bytes(pack)};
    struct base_bytes rest = header->pack;
    (void)fuzz_take_front(&rest, 32);
    if (pack->size < 32) {
        return false;
    }
    uint32_t length = base_load_le32(pack->data + 8);
    uint64_t payload_offset = base_load_le64(pack->data + 12);
    if (length > rest.size || payload_offset > pack->size) {
        return false;
    }
    header->text = base_bytes_make(rest.data, length);
    header->payload = base_bytes_make(pack->data + payload_offset, pack->size - (size_t)payload_offset);
    return naive_json_read(&header->json, header->text);
}

static const struct naive_node *root_member(const struct naive_json *json, const char *key, enum naive_kind kind)
{
    const struct naive_node *node = naive_member(json, &json->nodes[0], key);
    return node != NULL && node->kind == kind ? node : NULL;
}

static struct base_bytes span_of(const struct naive_json *json, const struct naive_node *node)
{
    return base_bytes_make(json->text.data + node->begin, node->end - node->begin);
}

static const struct naive_node *element(const struct naive_json *json, const struct naive_node *array, size_t index)
{
    size_t at = array != NULL ? array->first : NAIVE_NONE;
    for (; at != NAIVE_NONE && index > 0; index--) {
        at = json->nodes[at].next;
    }
    return at != NAIVE_NONE ? &json->nodes[at] : NULL;
}

/* The payload of an entry; false when it is not inside. */
static bool payload_of(const struct header *header, const struct naive_node *entry, struct base_bytes *payload)
{
    const struct naive_node *offset = naive_member(&header->json, entry, "offset");
    const struct naive_node *size = naive_member(&header->json, entry, "size");
    if (offset == NULL || size == NULL || offset->kind != NAIVE_NUMBER || size->kind != NAIVE_NUMBER) {
        return false;
    }
    uint64_t at = naive_integer_of(&header->json, offset).magnitude;
    uint64_t length = naive_integer_of(&header->json, size).magnitude;
    if (at > header->payload.size || length > header->payload.size - at) {
        return false;
    }
    *payload = base_bytes_make(header->payload.data + at, (size_t)length);
    return true;
}

/* ---- Hashes ---- */

struct hex {
    char text[BASE_HASH_HEX + 3]; /* with its quotes */
};

static struct hex hex_of(struct base_bytes bytes)
{
    struct hex hex;
    char digits[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(bytes), digits);
    (void)snprintf(hex.text, sizeof hex.text, "\"%s\"", digits);
    return hex;
}

/* 2.1: one byte a pixel, then the palettes. Of the other banks the stored form. */
static struct hex decoded_hex(const struct header *header, const struct naive_node *entry, struct base_bytes payload)
{
    static uint8_t decoded[67584];
    const struct naive_node *bank = naive_member(&header->json, entry, "bank_type");
    bool glyph = bank != NULL && bank->kind == NAIVE_STRING && naive_is(naive_span(&header->json, bank), "GLYPH");
    if (!glyph || payload.size != 34816) {
        return hex_of(payload);
    }
    for (size_t i = 0; i < 32768; i++) {
        decoded[2 * i] = payload.data[i] >> 4;
        decoded[2 * i + 1] = payload.data[i] & 15;
    }
    memcpy(decoded + 65536, payload.data + 32768, 2048);
    return hex_of(base_bytes_make(decoded, sizeof decoded));
}

/* The document's own hash is over its canonical bytes without that member. */
static bool document_hex(struct base_bytes text, struct hex *hex)
{
    struct naive_json json;
    struct fuzz_text without = {.data = NULL};
    bool read = naive_json_read(&json, text);
    const struct naive_node *own = read ? naive_member(&json, &json.nodes[0], "document_xxh3_128") : NULL;
    if (own != NULL) {
        fuzz_text_add(&without, text.data, text.size);
        size_t begin = own->key_begin - 1;
        size_t end = own->end;
        if (end < text.size && text.data[end] == ',') {
            end++;
        } else if (begin > 0 && text.data[begin - 1] == ',') {
            begin--;
        }
        fuzz_splice(&without, begin, end, (struct base_bytes){.data = NULL});
        *hex = hex_of(fuzz_text_bytes(&without));
    }
    fuzz_text_free(&without);
    naive_json_free(&json);
    return own != NULL;
}

/* ---- Repairs ---- */

void companions_repair_mirrors(struct fuzz_text files[BUILD_FILES])
{
    struct header header;
    if (read_header(&header, &files[BUILD_PACK])) {
        const struct naive_node *table = root_member(&header.json, "asset_table", NAIVE_ARRAY);
        const struct naive_node *preload = root_member(&header.json, "preload", NAIVE_ARRAY);
        struct base_bytes nothing = base_bytes_of_string("[]");
        struct base_bytes spans[2] = {table != NULL ? span_of(&header.json, table) : nothing,
                                      preload != NULL ? span_of(&header.json, preload) : nothing};
        for (int i = 0; i < 2; i++) {
            files[BUILD_TABLE + i].size = 0;
            fuzz_text_add(&files[BUILD_TABLE + i], spans[i].data, spans[i].size);
        }
    }
    naive_json_free(&header.json);
}

/* Replaces the member of an object of the document, found anew: key in object `index` of assets, or in assets_pa when
 * that is negative, or in the root when there is no such thing. */
static void put(struct fuzz_text *document, const char *in, int64_t index, const char *key, const char *value)
{
    struct naive_json json;
    if (naive_json_read(&json, fuzz_text_bytes(document))) {
        const struct naive_node *object = &json.nodes[0];
        object = in != NULL ? naive_member(&json, object, in) : object;
        object = object != NULL && index >= 0 ? element(&json, object, (size_t)index) : object;
        const struct naive_node *node = object != NULL ? naive_member(&json, object, key) : NULL;
        if (node != NULL) {
            fuzz_splice(document, node->begin, node->end, base_bytes_of_string(value));
        }
    }
    naive_json_free(&json);
}

static void repair_payload_hashes(const struct header *header, struct fuzz_text *document)
{
    const struct naive_node *table = root_member(&header->json, "asset_table", NAIVE_ARRAY);
    for (size_t i = 0; i < 64; i++) {
        const struct naive_node *entry = element(&header->json, table, i);
        struct base_bytes payload;
        if (entry == NULL) {
            return;
        }
        if (entry->kind == NAIVE_OBJECT && payload_of(header, entry, &payload)) {
            put(document, "assets", (int64_t)i, "payload_xxh3_128", hex_of(payload).text);
            put(document, "assets", (int64_t)i, "decoded_xxh3_128", decoded_hex(header, entry, payload).text);
        }
    }
}

void companions_repair_hashes(struct fuzz_text files[BUILD_FILES])
{
    struct fuzz_text *document = &files[BUILD_METADATA];
    struct header header;
    struct hex own;
    char size[24];
    (void)snprintf(size, sizeof size, "%zu", files[BUILD_PACK].size);
    put(document, "assets_pa", -1, "size", size);
    put(document, "assets_pa", -1, "xxh3_128", hex_of(fuzz_text_bytes(&files[BUILD_PACK])).text);
    if (read_header(&header, &files[BUILD_PACK])) {
        put(document, "assets_pa", -1, "header_xxh3_128", hex_of(header.text).text);
        repair_payload_hashes(&header, document);
    }
    if (document_hex(fuzz_text_bytes(document), &own)) {
        put(document, NULL, -1, "document_xxh3_128", own.text);
    }
    naive_json_free(&header.json);
}

/* ---- Judgement ---- */

/* Whether a member is there and spelt exactly so. */
static bool has(const struct naive_json *json, const struct naive_node *object, const char *key, const char *spelling)
{
    const struct naive_node *node =
        object != NULL && object->kind == NAIVE_OBJECT ? naive_member(json, object, key) : NULL;
    return node != NULL && base_bytes_equal(span_of(json, node), base_bytes_of_string(spelling));
}

static bool has_kind(const struct naive_json *json, const struct naive_node *object, const char *key,
                     enum naive_kind kind)
{
    const struct naive_node *node = naive_member(json, object, key);
    return node != NULL && node->kind == kind;
}

static bool inputs_conform(const struct naive_json *json, const struct naive_node *asset)
{
    const struct naive_node *inputs = naive_member(json, asset, "inputs");
    for (size_t i = 0; inputs != NULL && i < inputs->count; i++) {
        const struct naive_node *input = element(json, inputs, i);
        if (input == NULL || input->kind != NAIVE_OBJECT || input->count != 3 ||
            !has_kind(json, input, "path", NAIVE_STRING) || !has_kind(json, input, "size", NAIVE_NUMBER) ||
            !has_kind(json, input, "xxh3_128", NAIVE_STRING)) {
            return false;
        }
    }
    return true;
}

/* A number of an object, or a huge one when it is not there or negative. */
static uint64_t number_of(const struct naive_json *json, const struct naive_node *node)
{
    struct naive_integer value = {.negative = true};
    if (node != NULL && node->kind == NAIVE_NUMBER) {
        value = naive_integer_of(json, node);
    }
    return value.integral && !value.huge && (!value.negative || value.magnitude == 0) ? value.magnitude : UINT64_MAX;
}

/* The sheet of an entry of a pack that conforms. */
struct tiles {
    const struct naive_json *json;
    uint64_t palettes;
    unsigned side; /* of a tile */
    unsigned count;
    bool taken[1024];
};

static bool palettes_conform(const struct tiles *tiles, const struct naive_node *sprite, uint64_t count)
{
    const struct naive_node *list = naive_member(tiles->json, sprite, "palettes");
    bool differ = false;
    if (list == NULL) {
        return number_of(tiles->json, naive_member(tiles->json, sprite, "palette")) < tiles->palettes;
    }
    for (size_t i = 0; i < list->count; i++) {
        uint64_t palette = number_of(tiles->json, element(tiles->json, list, i));
        if (palette >= tiles->palettes) {
            return false;
        }
        differ = differ || palette != number_of(tiles->json, element(tiles->json, list, 0));
    }
    return list->kind == NAIVE_ARRAY && list->count == count && differ;
}

/* Takes the tiles of a sprite. */
static bool sprite_conforms(struct tiles *tiles, const struct naive_node *sprite)
{
    if (sprite->kind != NAIVE_OBJECT || sprite->count != 5 || !has_kind(tiles->json, sprite, "path", NAIVE_STRING)) {
        return false;
    }
    uint64_t tile = number_of(tiles->json, naive_member(tiles->json, sprite, "tile"));
    uint64_t columns = number_of(tiles->json, naive_member(tiles->json, sprite, "columns"));
    uint64_t rows = number_of(tiles->json, naive_member(tiles->json, sprite, "rows"));
    if (tile > 1024 || columns > 1024 || rows > 1024 || columns == 0 || rows == 0 ||
        tile + columns * rows > tiles->count) {
        return false;
    }
    for (uint64_t i = tile; i < tile + columns * rows; i++) {
        if (tiles->taken[i]) {
            return false;
        }
        tiles->taken[i] = true;
    }
    return palettes_conform(tiles, sprite, columns * rows);
}

/* Whether the pixels of the tiles that no sprite has are all 0. */
static bool rest_is_empty(const struct tiles *tiles, struct base_bytes payload)
{
    for (unsigned y = 0; y < 256; y++) {
        for (unsigned x = 0; x < 256; x++) {
            unsigned tile = y / tiles->side * (256 / tiles->side) + x / tiles->side;
            if (!tiles->taken[tile] && (payload.data[y * 128 + x / 2] >> (x % 2 == 0 ? 4 : 0) & 15) != 0) {
                return false;
            }
        }
    }
    return true;
}

static bool tiles_conform(const struct header *header, const struct naive_node *entry, const struct naive_json *json,
                          const struct naive_node *list, struct base_bytes payload)
{
    const struct naive_node *bank = naive_member(&header->json, entry, "bank_type");
    const struct naive_node *metadata = naive_member(&header->json, entry, "metadata");
    if (list->kind != NAIVE_ARRAY || !naive_is(naive_span(&header->json, bank), "GLYPH")) {
        return false;
    }
    struct tiles tiles = {
        .json = json, .palettes = number_of(&header->json, naive_member(&header->json, metadata, "palette_authored"))};
    tiles.side = (unsigned)number_of(&header->json, naive_member(&header->json, metadata, "tile_size"));
    FUZZ_CHECK(tiles.side == 8 || tiles.side == 16 || tiles.side == 32);
    tiles.count = 256 / tiles.side * (256 / tiles.side);
    for (size_t i = 0; i < list->count; i++) {
        if (!sprite_conforms(&tiles, element(json, list, i))) {
            return false;
        }
    }
    return rest_is_empty(&tiles, payload);
}

static bool asset_conforms(const struct header *header, const struct naive_node *entry, const struct naive_json *json,
                           const struct naive_node *asset)
{
    struct base_bytes payload;
    FUZZ_CHECK(payload_of(header, entry, &payload));
    bool pipeline = asset->kind == NAIVE_OBJECT && has_kind(json, asset, "pipeline", NAIVE_OBJECT);
    const struct naive_node *tiles = asset->kind == NAIVE_OBJECT ? naive_member(json, asset, "tiles") : NULL;
    const struct naive_node *id = naive_member(&header->json, entry, "asset_id");
    struct base_bytes spelling = span_of(&header->json, id);
    char asset_id[24];
    (void)snprintf(asset_id, sizeof asset_id, "%.*s", (int)spelling.size, (const char *)spelling.data);
    return asset->kind == NAIVE_OBJECT && asset->count == 6U + (pipeline ? 1U : 0U) + (tiles != NULL ? 1U : 0U) &&
           (tiles == NULL || (has(json, &json->nodes[0], "schema_version", "2") &&
                              tiles_conform(header, entry, json, tiles, payload))) &&
           has(json, asset, "asset_id", asset_id) && has_kind(json, asset, "asset_root", NAIVE_STRING) &&
           has_kind(json, asset, "asset_uuid", NAIVE_STRING) &&
           has(json, asset, "payload_xxh3_128", hex_of(payload).text) &&
           has(json, asset, "decoded_xxh3_128", decoded_hex(header, entry, payload).text) &&
           has_kind(json, asset, "inputs", NAIVE_ARRAY) && inputs_conform(json, asset);
}

static bool pack_conforms(const struct header *header, const struct naive_json *json)
{
    char size[24];
    const struct naive_node *pack = root_member(json, "assets_pa", NAIVE_OBJECT);
    (void)snprintf(size, sizeof size, "%zu", header->pack.size);
    return pack != NULL && pack->count == 3 && has(json, pack, "size", size) &&
           has(json, pack, "xxh3_128", hex_of(header->pack).text) &&
           has(json, pack, "header_xxh3_128", hex_of(header->text).text);
}

static bool document_conforms(const struct header *header, struct base_bytes text)
{
    struct naive_json json;
    struct hex own;
    bool conforms =
        naive_json_read(&json, text) && naive_first_difference(&json) == text.size &&
        json.nodes[0].kind == NAIVE_OBJECT && json.nodes[0].count == 5 && document_hex(text, &own) &&
        has(&json, &json.nodes[0], "document_xxh3_128", own.text) &&
        has(&json, &json.nodes[0], "hash", "\"xxh3-128\"") &&
        (has(&json, &json.nodes[0], "schema_version", "1") || has(&json, &json.nodes[0], "schema_version", "2")) &&
        pack_conforms(header, &json);
    const struct naive_node *table = naive_member(&header->json, &header->json.nodes[0], "asset_table");
    const struct naive_node *assets = conforms ? root_member(&json, "assets", NAIVE_ARRAY) : NULL;
    conforms = assets != NULL && assets->count == table->count;
    for (size_t i = 0; conforms && i < table->count; i++) {
        conforms = asset_conforms(header, element(&header->json, table, i), &json, element(&json, assets, i));
    }
    naive_json_free(&json);
    return conforms;
}

bool companions_conform(const struct fuzz_text files[BUILD_FILES])
{
    struct header header;
    FUZZ_CHECK(read_header(&header, &files[BUILD_PACK]));
    const struct naive_node *table = root_member(&header.json, "asset_table", NAIVE_ARRAY);
    const struct naive_node *preload = root_member(&header.json, "preload", NAIVE_ARRAY);
    FUZZ_CHECK(table != NULL);
    struct base_bytes mirrored = preload != NULL ? span_of(&header.json, preload) : base_bytes_of_string("[]");
    bool conforms = base_bytes_equal(fuzz_text_bytes(&files[BUILD_TABLE]), span_of(&header.json, table)) &&
                    base_bytes_equal(fuzz_text_bytes(&files[BUILD_PRELOAD]), mirrored) &&
                    document_conforms(&header, fuzz_text_bytes(&files[BUILD_METADATA]));
    naive_json_free(&header.json);
    return conforms;
}
