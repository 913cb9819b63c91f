#include "fuzz/oracle/oracle.h"

#include "fuzz/lib/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Findings ---- */

void oracle_add(struct oracle *oracle, enum diag diagnostic, enum diag_class class_, size_t at)
{
    if (oracle->count == oracle->capacity) {
        oracle->capacity = oracle->capacity * 2 + 16;
        oracle->findings = realloc(oracle->findings, oracle->capacity * sizeof *oracle->findings);
        FUZZ_CHECK(oracle->findings != NULL);
    }
    oracle->findings[oracle->count++] =
        (struct oracle_finding){.diagnostic = diagnostic, .class_ = class_, .at = at, .struck = false};
}

bool oracle_strike(struct oracle *oracle, enum diag diagnostic, enum diag_class class_, size_t at)
{
    for (size_t i = 0; i < oracle->count; i++) {
        struct oracle_finding *finding = &oracle->findings[i];
        if (!finding->struck && finding->diagnostic == diagnostic && finding->class_ == class_ && finding->at == at) {
            finding->struck = true;
            return true;
        }
    }
    (void)fprintf(stderr, "not expected: %s (%s) at %zu\n", diag_facts(diagnostic)->id, diag_class_letter(class_), at);
    return false;
}

void oracle_check_empty(const struct oracle *oracle)
{
    for (size_t i = 0; i < oracle->count; i++) {
        const struct oracle_finding *finding = &oracle->findings[i];
        if (!finding->struck) {
            (void)fprintf(stderr, "expected: %s (%s) at %zu\n", diag_facts(finding->diagnostic)->id,
                          diag_class_letter(finding->class_), finding->at);
            fuzz_fail(__FILE__, __LINE__, "an expected finding was not made");
        }
    }
}

bool oracle_has(const struct oracle *oracle, enum diag diagnostic)
{
    for (size_t i = 0; i < oracle->count; i++) {
        if (oracle->findings[i].diagnostic == diagnostic) {
            return true;
        }
    }
    return false;
}

bool oracle_has_class(const struct oracle *oracle, enum diag_class class_)
{
    for (size_t i = 0; i < oracle->count; i++) {
        if (oracle->findings[i].class_ == class_) {
            return true;
        }
    }
    return false;
}

void oracle_free(struct oracle *oracle)
{
    naive_json_free(&oracle->json);
    free(oracle->entries);
    free(oracle->findings);
    *oracle = (struct oracle){.count = 0};
}

/* ---- The tree ---- */

const struct naive_node *oracle_first(const struct oracle *oracle, const struct naive_node *node)
{
    return node->first != NAIVE_NONE ? &oracle->json.nodes[node->first] : NULL;
}

const struct naive_node *oracle_next(const struct oracle *oracle, const struct naive_node *node)
{
    return node->next != NAIVE_NONE ? &oracle->json.nodes[node->next] : NULL;
}

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

static void judge_bank(struct oracle *oracle, struct oracle_entry *entry)
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

static void judge_codec(struct oracle *oracle, const struct oracle_entry *entry)
{
    const struct naive_node *value = needed_of(oracle, entry->node, "codec", NAIVE_STRING);
    if (value != NULL && !naive_is(naive_span(&oracle->json, value), "NONE")) {
        bool legacy = naive_is(naive_span(&oracle->json, value), "RAW");
        add_at(oracle, legacy ? DIAG_CODEC_LEGACY : DIAG_CODEC_UNKNOWN, value);
    }
}

static void judge_slice(struct oracle *oracle, struct oracle_entry *entry)
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

static void judge_entry(struct oracle *oracle, struct oracle_entry *entry)
{
    naive_i128 value = 0;
    entry->has_asset_id =
        needed_integer(oracle, entry->node, "asset_id", INT32_MIN, INT32_MAX, DIAG_ENTRY_RANGE, &value);
    entry->asset_id = entry->has_asset_id ? (int64_t)value : 0;
    (void)needed_of(oracle, entry->node, "asset_name", NAIVE_STRING);
    judge_bank(oracle, entry);
    judge_codec(oracle, entry);
    entry->has_decoded_size =
        needed_integer(oracle, entry->node, "decoded_size", 0, UINT64_MAX, DIAG_ENTRY_RANGE, &value);
    entry->decoded_size = entry->has_decoded_size ? (uint64_t)value : 0;
    (void)needed_of(oracle, entry->node, "metadata", NAIVE_OBJECT);
    entry->has_offset = needed_integer(oracle, entry->node, "offset", 0, UINT64_MAX, DIAG_ENTRY_RANGE, &value);
    entry->offset = entry->has_offset ? (uint64_t)value : 0;
    entry->has_size = needed_integer(oracle, entry->node, "size", 0, UINT64_MAX, DIAG_ENTRY_RANGE, &value);
    entry->size = entry->has_size ? (uint64_t)value : 0;
    judge_slice(oracle, entry);
}

static void judge_entries(struct oracle *oracle)
{
    oracle->entries = calloc(oracle->asset_table->count + 1, sizeof *oracle->entries);
    FUZZ_CHECK(oracle->entries != NULL);
    for (const struct naive_node *node = oracle_first(oracle, oracle->asset_table); node != NULL;
         node = oracle_next(oracle, node)) {
        struct oracle_entry *entry = &oracle->entries[oracle->entry_count++];
        if (node->kind == NAIVE_OBJECT) {
            entry->node = node;
            judge_entry(oracle, entry);
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

static void judge_ids(struct oracle *oracle)
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

static void judge_preload_element(struct oracle *oracle, const struct naive_node *node, bool taken[3][16])
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

static void judge_preload(struct oracle *oracle)
{
    bool taken[3][16] = {{false}};
    for (const struct naive_node *node = oracle_first(oracle, oracle->preload); node != NULL;
         node = oracle_next(oracle, node)) {
        if (node->kind == NAIVE_OBJECT) {
            judge_preload_element(oracle, node, taken);
        } else {
            add_at(oracle, DIAG_HEADER_SHAPE, node);
        }
    }
}

/* ---- The root ---- */

/* Repeated keys of an object and of all that is in it. */
static void judge_duplicates(struct oracle *oracle, const struct naive_node *node, unsigned depth, bool in_metadata,
                             bool in_table)
{
    for (const struct naive_node *child = oracle_first(oracle, node); child != NULL;
         child = oracle_next(oracle, child)) {
        if (node->kind == NAIVE_OBJECT && naive_key_repeats(&oracle->json, node, child)) {
            /* The key stands between its quotes, the fault at the first of them. */
            oracle_add(oracle, DIAG_JSON_DUPLICATE_KEY, in_metadata ? DIAG_CLASS_C : DIAG_CLASS_L,
                       child->key_begin - 1);
        }
        bool table = depth == 0 && node->kind == NAIVE_OBJECT && child->kind == NAIVE_ARRAY &&
                     naive_is(naive_key(&oracle->json, child), "asset_table");
        bool metadata = depth == 2 && in_table && node->kind == NAIVE_OBJECT &&
                        naive_is(naive_key(&oracle->json, child), "metadata");
        judge_duplicates(oracle, child, depth + 1, in_metadata || metadata, in_table || table);
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

static void judge_root(struct oracle *oracle)
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
        judge_entries(oracle);
        judge_ids(oracle);
    }
    if (oracle->preload != NULL) {
        judge_preload(oracle);
    }
}

void oracle_judge_header(struct oracle *oracle, struct base_bytes header, uint64_t payload_offset, uint64_t file_size)
{
    static const enum diag errors[] = {DIAG_NONE, DIAG_JSON_SYNTAX, DIAG_JSON_ENCODING, DIAG_JSON_DEPTH};
    *oracle = (struct oracle){.payload_offset = payload_offset, .file_size = file_size};
    if (!naive_json_read(&oracle->json, header)) {
        oracle_add(oracle, errors[oracle->json.error], DIAG_CLASS_L, oracle->json.error_at);
        return;
    }
    judge_root(oracle);
    judge_duplicates(oracle, &oracle->json.nodes[0], 0, false, false);
}

/* ---- The prelude: 1.1 ---- */

/* A number of `width` bytes, least first. */
static uint64_t number_at(struct base_bytes start, size_t at, size_t width)
{
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++) {
        value |= (uint64_t)start.data[at + i] << (8 * i);
    }
    return value;
}

enum diag oracle_judge_prelude(struct base_bytes start, uint64_t file_size, uint32_t cap)
{
    if (file_size < 32) {
        return DIAG_FILE_TRUNCATED;
    }
    if (memcmp(start.data, "PPA1", 4) == 0) {
        return DIAG_PRELUDE_LEGACY;
    }
    if (memcmp(start.data, "ASPA", 4) != 0) {
        return DIAG_PRELUDE_MAGIC;
    }
    if (number_at(start, 4, 4) != 1) {
        return DIAG_PRELUDE_VERSION;
    }
    uint64_t header_len = number_at(start, 8, 4);
    uint64_t payload_offset = number_at(start, 12, 8);
    if (header_len < 2 || header_len > (cap != 0 ? cap : 268435456)) {
        return DIAG_PRELUDE_HEADER_LENGTH;
    }
    if (32 + header_len > file_size) {
        return payload_offset >= 32 + header_len ? DIAG_FILE_TRUNCATED : DIAG_PRELUDE_HEADER_LENGTH;
    }
    return payload_offset < 32 + header_len || payload_offset > file_size ? DIAG_PRELUDE_PAYLOAD_OFFSET : DIAG_NONE;
}

void oracle_judge_pack(struct oracle *oracle, struct base_bytes pack)
{
    enum diag prelude = oracle_judge_prelude(pack, pack.size, 0);
    if (prelude != DIAG_NONE) {
        *oracle = (struct oracle){.count = 0};
        oracle_add(oracle, prelude, DIAG_CLASS_L, 0);
        return;
    }
    struct base_bytes header = base_bytes_make(pack.data + 32, (size_t)number_at(pack, 8, 4));
    oracle_judge_header(oracle, header, number_at(pack, 12, 8), pack.size);
    for (size_t at = 20; at < 32; at += 4) {
        if (number_at(pack, at, 4) != 0) {
            oracle_add(oracle, DIAG_PRELUDE_RESERVED, DIAG_CLASS_C, at);
        }
    }
    if (oracle->json.error == NAIVE_OK) {
        oracle_judge_conformance(oracle, pack);
    }
}
