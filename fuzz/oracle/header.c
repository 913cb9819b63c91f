#include "fuzz/oracle/header.h"

#include "fuzz/lib/harness.h"

#include <stdlib.h>

static const struct naive_node *member(const struct oracle *oracle, const struct naive_node *object, const char *key)
{
    return naive_member(&oracle->json, object, key);
}

static void add_at(struct oracle *oracle, enum diag diagnostic, const struct naive_node *node)
{
    oracle_add(oracle, diagnostic, DIAG_CLASS_L, node->begin);
}

/* A needed member, or NULL after saying that it is missing. */
static const struct naive_node *needed(struct oracle *oracle, const struct naive_node *object, const char *key)
{
    const struct naive_node *value = member(oracle, object, key);
    if (value == NULL) {
        add_at(oracle, DIAG_ENTRY_MISSING_MEMBER, object);
    }
    return value;
}

/* A member of a type, or NULL after saying what is wrong. */
static const struct naive_node *needed_of(struct oracle *oracle, const struct naive_node *object, const char *key,
                                          enum naive_kind kind)
{
    const struct naive_node *value = needed(oracle, object, key);
    if (value != NULL && value->kind != kind) {
        add_at(oracle, DIAG_ENTRY_TYPE, value);
        return NULL;
    }
    return value;
}

/* An integer within [least, most], told with `range` when outside. */
static bool needed_integer(struct oracle *oracle, const struct naive_node *object, const char *key, naive_i128 least,
                           naive_i128 most, enum diag range, naive_i128 *value)
{
    const struct naive_node *node = needed_of(oracle, object, key, NAIVE_NUMBER);
    if (node == NULL) {
        return false;
    }
    struct naive_integer integer = naive_integer_of(&oracle->json, node);
    if (!integer.integral) {
        add_at(oracle, DIAG_ENTRY_TYPE, node);
        return false;
    }
    *value = integer.negative ? -(naive_i128)integer.magnitude : (naive_i128)integer.magnitude;
    if (integer.huge || *value < least || *value > most) {
        add_at(oracle, range, node);
        return false;
    }
    return true;
}

/* ---- Entries: 1.2 ---- */

static void check_bank(struct oracle *oracle, struct oracle_entry *entry)
{
    static const char *const banks[] = {"GLYPH", "SOUNDS", "SCENE"};
    const struct naive_node *value = needed_of(oracle, entry->node, "bank_type", NAIVE_STRING);
    if (value == NULL) {
        return;
    }
    struct base_bytes span = naive_span(&oracle->json, value);
    for (int i = 0; i < 3; i++) {
        if (naive_is(span, banks[i])) {
            entry->has_bank = true;
            entry->bank = i;
            return;
        }
    }
    add_at(oracle, naive_is(span, "TILES") ? DIAG_BANK_LEGACY : DIAG_BANK_UNKNOWN, value);
}

static void check_codec(struct oracle *oracle, const struct oracle_entry *entry)
{
    const struct naive_node *value = needed_of(oracle, entry->node, "codec", NAIVE_STRING);
    if (value != NULL && !naive_is(naive_span(&oracle->json, value), "NONE")) {
        bool legacy = naive_is(naive_span(&oracle->json, value), "RAW");
        add_at(oracle, legacy ? DIAG_CODEC_LEGACY : DIAG_CODEC_UNKNOWN, value);
    }
}

static void check_slice(struct oracle *oracle, struct oracle_entry *entry)
{
    if (!entry->has_offset || !entry->has_size) {
        return;
    }
    /* 128 bits hold the sum of three 64-bit numbers. */
    naive_u128 begin = (naive_u128)oracle->payload_offset + entry->offset;
    entry->slice_in_range = begin + entry->size <= oracle->file_size;
    if (!entry->slice_in_range) {
        add_at(oracle, DIAG_SLICE_RANGE, member(oracle, entry->node, begin > oracle->file_size ? "offset" : "size"));
    }
}

/* 1.2: the console turns each number of the metadata into a value. */
static void check_metadata(struct oracle *oracle, const struct naive_node *node)
{
    if (node->kind == NAIVE_NUMBER && naive_is_infinite(&oracle->json, node)) {
        add_at(oracle, DIAG_METADATA_RANGE, node);
    }
    for (const struct naive_node *child = oracle_first(oracle, node); child != NULL;
         child = oracle_next(oracle, child)) {
        check_metadata(oracle, child);
    }
}

static void check_entry(struct oracle *oracle, struct oracle_entry *entry)
{
    naive_i128 value = 0;
    entry->has_asset_id =
        needed_integer(oracle, entry->node, "asset_id", INT32_MIN, INT32_MAX, DIAG_ENTRY_RANGE, &value);
    entry->asset_id = entry->has_asset_id ? (int64_t)value : 0;
    (void)needed_of(oracle, entry->node, "asset_name", NAIVE_STRING);
    check_bank(oracle, entry);
    check_codec(oracle, entry);
    entry->has_decoded_size =
        needed_integer(oracle, entry->node, "decoded_size", 0, UINT64_MAX, DIAG_ENTRY_RANGE, &value);
    entry->decoded_size = entry->has_decoded_size ? (uint64_t)value : 0;
    const struct naive_node *metadata = needed_of(oracle, entry->node, "metadata", NAIVE_OBJECT);
    if (metadata != NULL) {
        check_metadata(oracle, metadata);
    }
    entry->has_offset = needed_integer(oracle, entry->node, "offset", 0, UINT64_MAX, DIAG_ENTRY_RANGE, &value);
    entry->offset = entry->has_offset ? (uint64_t)value : 0;
    entry->has_size = needed_integer(oracle, entry->node, "size", 0, UINT64_MAX, DIAG_ENTRY_RANGE, &value);
    entry->size = entry->has_size ? (uint64_t)value : 0;
    check_slice(oracle, entry);
}

static void check_entries(struct oracle *oracle)
{
    oracle->entries = calloc(oracle->asset_table->count + 1, sizeof *oracle->entries);
    FUZZ_CHECK(oracle->entries != NULL);
    for (const struct naive_node *node = oracle_first(oracle, oracle->asset_table); node != NULL;
         node = oracle_next(oracle, node)) {
        struct oracle_entry *entry = &oracle->entries[oracle->entry_count++];
        if (node->kind == NAIVE_OBJECT) {
            entry->node = node;
            check_entry(oracle, entry);
        } else {
            add_at(oracle, DIAG_HEADER_SHAPE, node);
        }
    }
}

/* The first entry with an id, or NULL. */
static const struct oracle_entry *find(const struct oracle *oracle, int64_t asset_id)
{
    for (size_t i = 0; i < oracle->entry_count; i++) {
        if (oracle->entries[i].has_asset_id && oracle->entries[i].asset_id == asset_id) {
            return &oracle->entries[i];
        }
    }
    return NULL;
}

static void check_ids(struct oracle *oracle)
{
    for (size_t i = 0; i < oracle->entry_count; i++) {
        const struct oracle_entry *entry = &oracle->entries[i];
        if (entry->has_asset_id && find(oracle, entry->asset_id) != entry) {
            add_at(oracle, DIAG_ID_DUPLICATE, member(oracle, entry->node, "asset_id"));
        }
    }
}

/* ---- Preload ---- */

static bool every_id_known(const struct oracle *oracle)
{
    for (size_t i = 0; i < oracle->entry_count; i++) {
        if (!oracle->entries[i].has_asset_id) {
            return false;
        }
    }
    return oracle->asset_table != NULL;
}

static void check_preload_element(struct oracle *oracle, const struct naive_node *node, bool taken[3][16])
{
    naive_i128 asset_id = 0;
    naive_i128 slot = 0;
    bool has_id = needed_integer(oracle, node, "asset_id", INT32_MIN, INT32_MAX, DIAG_ENTRY_RANGE, &asset_id);
    const struct oracle_entry *entry = has_id ? find(oracle, (int64_t)asset_id) : NULL;
    if (has_id && entry == NULL && every_id_known(oracle)) {
        add_at(oracle, DIAG_PRELOAD_UNKNOWN_ASSET, member(oracle, node, "asset_id"));
    }
    bool has_slot = needed_integer(oracle, node, "slot", 0, 15, DIAG_PRELOAD_SLOT_RANGE, &slot);
    if (has_slot && entry != NULL && entry->has_bank) {
        if (taken[entry->bank][slot]) {
            add_at(oracle, DIAG_PRELOAD_SLOT_CLASH, member(oracle, node, "slot"));
        }
        taken[entry->bank][slot] = true;
    }
}

static void check_preload(struct oracle *oracle)
{
    bool taken[3][16] = {{false}};
    for (const struct naive_node *node = oracle_first(oracle, oracle->preload); node != NULL;
         node = oracle_next(oracle, node)) {
        if (node->kind == NAIVE_OBJECT) {
            check_preload_element(oracle, node, taken);
        } else {
            add_at(oracle, DIAG_HEADER_SHAPE, node);
        }
    }
}

/* ---- The root ---- */

/* Repeated keys of an object and of all that is in it. */
static void check_duplicates(struct oracle *oracle, const struct naive_node *node, unsigned depth, bool in_metadata,
                             bool in_table)
{
    for (const struct naive_node *child = oracle_first(oracle, node); child != NULL;
         child = oracle_next(oracle, child)) {
        if (node->kind == NAIVE_OBJECT && naive_key_repeats(&oracle->json, node, child)) {
            /* The key is between its quotes, and the fault is at the first of them. */
            oracle_add(oracle, DIAG_JSON_DUPLICATE_KEY, in_metadata ? DIAG_CLASS_C : DIAG_CLASS_L,
                       child->key_begin - 1);
        }
        bool table = depth == 0 && node->kind == NAIVE_OBJECT && child->kind == NAIVE_ARRAY &&
                     naive_is(naive_key(&oracle->json, child), "asset_table");
        bool metadata = depth == 2 && in_table && node->kind == NAIVE_OBJECT &&
                        naive_is(naive_key(&oracle->json, child), "metadata");
        check_duplicates(oracle, child, depth + 1, in_metadata || metadata, in_table || table);
    }
}

static const struct naive_node *root_array(struct oracle *oracle, const char *key)
{
    const struct naive_node *array = member(oracle, &oracle->json.nodes[0], key);
    if (array != NULL && array->kind != NAIVE_ARRAY) {
        add_at(oracle, DIAG_HEADER_SHAPE, array);
        array = NULL;
    }
    return array;
}

static void check_root(struct oracle *oracle)
{
    const struct naive_node *root = &oracle->json.nodes[0];
    if (root->kind != NAIVE_OBJECT) {
        add_at(oracle, DIAG_HEADER_SHAPE, root);
        return;
    }
    if (member(oracle, root, "asset_table") == NULL) {
        add_at(oracle, DIAG_HEADER_SHAPE, root);
    }
    oracle->asset_table = root_array(oracle, "asset_table");
    oracle->preload = root_array(oracle, "preload");
    if (oracle->asset_table != NULL) {
        check_entries(oracle);
        check_ids(oracle);
    }
    if (oracle->preload != NULL) {
        check_preload(oracle);
    }
}

void oracle_check_header(struct oracle *oracle, struct base_bytes header, uint64_t payload_offset, uint64_t file_size)
{
    static const enum diag errors[] = {DIAG_NONE, DIAG_JSON_SYNTAX, DIAG_JSON_ENCODING, DIAG_JSON_DEPTH};
    *oracle = (struct oracle){.payload_offset = payload_offset, .file_size = file_size};
    if (!naive_json_read(&oracle->json, header)) {
        oracle_add(oracle, errors[oracle->json.error], DIAG_CLASS_L, oracle->json.error_at);
        return;
    }
    check_root(oracle);
    check_duplicates(oracle, &oracle->json.nodes[0], 0, false, false);
}
