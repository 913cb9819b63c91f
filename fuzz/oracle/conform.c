/* The rules of class C: assets-pa-v1.md 4.1 and 4.2, over the tree. Each rule is checked by itself, so a rule is
 * broken or it is not; the verifier alone says where in the file. */
#include "fuzz/oracle/conform.h"

#include "fuzz/lib/harness.h"
#include "fuzz/oracle/declared.h"

#include <string.h>

static const uint64_t exact = (UINT64_C(1) << 53) - 1;

static const char *const entry_members[] = {"asset_id", "asset_name", "bank_type", "codec", "decoded_size",
                                            "metadata", "offset",     "size",      NULL};
static const char *const preload_members[] = {"asset_id", "slot", NULL};
static const char *const root_members[] = {"asset_table", "preload", NULL};

static void add(struct oracle *oracle, enum diag diagnostic, size_t at)
{
    oracle_add(oracle, diagnostic, DIAG_CLASS_C, at);
}

static const struct naive_node *member_of(const struct oracle *oracle, const struct naive_node *object, const char *key)
{
    return naive_member(&oracle->json, object, key);
}

static bool is_exact(const struct oracle *oracle, const struct naive_node *number)
{
    struct naive_integer integer = naive_integer_of(&oracle->json, number);
    return integer.integral && !integer.huge && integer.magnitude <= exact;
}

static bool is_minus_zero(const struct oracle *oracle, const struct naive_node *number)
{
    return number->end - number->begin == 2 && memcmp(oracle->json.text.data + number->begin, "-0", 2) == 0;
}

/* ---- json-not-canonical: 1.3, 4.2.3 ---- */

/* Where a node is, as far as that matters to its spelling. */
enum where { AT_ROOT, IN_ARRAYS, IN_ENTRY, IN_PRELOAD, IN_METADATA, ELSEWHERE };

/* Whether another rule speaks of this number, which is -0 or no exact integer. */
static bool is_checked_elsewhere(const struct oracle *oracle, const struct naive_node *number, enum where where)
{
    static const char *const zero_fits[] = {"offset", "size", "decoded_size", NULL};
    bool zero = is_minus_zero(oracle, number);
    switch (where) {
    case AT_ROOT:
    case IN_ARRAYS:
        return true; /* header-shape */
    case IN_ENTRY:
        return oracle_key_is_one_of(oracle, number, entry_members) &&
               !(zero && oracle_key_is_one_of(oracle, number, zero_fits));
    case IN_PRELOAD:
        return oracle_key_is_one_of(oracle, number, preload_members) && !zero;
    case IN_METADATA:
        return !zero;
    case ELSEWHERE:
        break;
    }
    return false;
}

/* Where a child is, from where its parent is. */
static enum where inside(const struct oracle *oracle, const struct naive_node *parent, enum where where,
                         const struct naive_node *child, bool in_preload)
{
    bool array = parent->kind == NAIVE_ARRAY;
    if (parent == &oracle->json.nodes[0]) {
        return !array && oracle_key_is_one_of(oracle, child, root_members) ? IN_ARRAYS : ELSEWHERE;
    }
    if (where == IN_ARRAYS && parent->has_key) {
        return array ? IN_ARRAYS : ELSEWHERE;
    }
    if (where == IN_ARRAYS) {
        return array ? ELSEWHERE : (in_preload ? IN_PRELOAD : IN_ENTRY);
    }
    if (where == IN_ENTRY) {
        return !array && naive_is(naive_key(&oracle->json, parent), "metadata") ? IN_METADATA : ELSEWHERE;
    }
    return where == IN_METADATA ? IN_METADATA : ELSEWHERE;
}

/* Looks at every number: sets *spelt_wrong for one that only this rule checks, and puts 0 into `copy` for each -0
 * that another one does. */
static void check_spelling(const struct oracle *oracle, const struct naive_node *node, enum where where,
                           bool in_preload, uint8_t *copy, bool *spelt_wrong)
{
    if (node->kind == NAIVE_NUMBER && (is_minus_zero(oracle, node) || !is_exact(oracle, node))) {
        bool elsewhere = is_checked_elsewhere(oracle, node, where);
        *spelt_wrong = *spelt_wrong || !elsewhere;
        if (elsewhere && is_minus_zero(oracle, node)) {
            copy[node->begin + 1] = '1';
        }
    }
    for (const struct naive_node *child = oracle_first(oracle, node); child != NULL;
         child = oracle_next(oracle, child)) {
        bool root = node == &oracle->json.nodes[0] && node->kind == NAIVE_OBJECT;
        bool preload = root ? naive_is(naive_key(&oracle->json, child), "preload") : in_preload;
        check_spelling(oracle, child, inside(oracle, node, where, child, preload), preload, copy, spelt_wrong);
    }
}

static void check_canonical(struct oracle *oracle)
{
    bool spelt_wrong = false;
    struct fuzz_text copy = {.data = NULL};
    struct naive_json patched;
    if (oracle_has(oracle, DIAG_JSON_DUPLICATE_KEY)) {
        return;
    }
    fuzz_text_add(&copy, oracle->json.text.data, oracle->json.text.size);
    check_spelling(oracle, &oracle->json.nodes[0], AT_ROOT, false, copy.data, &spelt_wrong);
    FUZZ_CHECK(naive_json_read(&patched, fuzz_text_bytes(&copy)));
    if (spelt_wrong || naive_first_difference(&patched) < copy.size) {
        add(oracle, DIAG_JSON_NOT_CANONICAL, 0);
    }
    naive_json_free(&patched);
    fuzz_text_free(&copy);
}

/* ---- Members ---- */

static void check_unknown(struct oracle *oracle, const struct naive_node *object, const char *const names[])
{
    for (const struct naive_node *child = oracle_first(oracle, object); child != NULL;
         child = oracle_next(oracle, child)) {
        if (!oracle_key_is_one_of(oracle, child, names)) {
            add(oracle, DIAG_HEADER_UNKNOWN_MEMBER, child->key_begin);
        }
    }
}

static void check_all_unknown(struct oracle *oracle)
{
    if (oracle->json.nodes[0].kind == NAIVE_OBJECT) {
        check_unknown(oracle, &oracle->json.nodes[0], root_members);
    }
    for (size_t i = 0; i < oracle->entry_count; i++) {
        if (oracle->entries[i].node != NULL) {
            check_unknown(oracle, oracle->entries[i].node, entry_members);
        }
    }
    const struct naive_node *element = oracle->preload != NULL ? oracle_first(oracle, oracle->preload) : NULL;
    for (; element != NULL; element = oracle_next(oracle, element)) {
        if (element->kind == NAIVE_OBJECT) {
            check_unknown(oracle, element, preload_members);
        }
    }
}

static void check_numbers(struct oracle *oracle, const struct oracle_entry *entry, const struct oracle_entry *before)
{
    if ((entry->has_offset && entry->offset > exact) || (entry->has_size && entry->size > exact) ||
        (entry->has_decoded_size && entry->decoded_size > exact) || (entry->has_asset_id && entry->asset_id < 1)) {
        add(oracle, DIAG_ENTRY_RANGE_EXACT, 0);
    }
    if (before != NULL && before->has_asset_id && entry->has_asset_id && entry->asset_id < before->asset_id) {
        add(oracle, DIAG_ID_ORDER, 0);
    }
}

static const struct naive_node *name_of(const struct oracle *oracle, const struct oracle_entry *entry)
{
    const struct naive_node *name = entry->node != NULL ? member_of(oracle, entry->node, "asset_name") : NULL;
    return name != NULL && name->kind == NAIVE_STRING ? name : NULL;
}

static void check_name(struct oracle *oracle, size_t index)
{
    const struct naive_node *name = name_of(oracle, &oracle->entries[index]);
    if (name == NULL) {
        return;
    }
    struct fuzz_text value = {.data = NULL};
    naive_unescape(&value, naive_span(&oracle->json, name));
    bool control = false;
    for (size_t i = 0; i < value.size; i++) {
        control = control || value.data[i] < 0x20 || value.data[i] == 0x7F;
    }
    if (value.size == 0 || control) {
        add(oracle, value.size == 0 ? DIAG_NAME_EMPTY : DIAG_NAME_CONTROL, name->begin);
    }
    fuzz_text_free(&value);
    for (size_t i = 0; i < index; i++) {
        const struct naive_node *earlier = name_of(oracle, &oracle->entries[i]);
        if (earlier != NULL &&
            naive_compare(naive_span(&oracle->json, earlier), naive_span(&oracle->json, name)) == 0) {
            add(oracle, DIAG_NAME_DUPLICATE, name->begin);
            return;
        }
    }
}

/* ---- Metadata and banks: 2.1, 2.2, 2.3 ---- */

static bool has_nul(struct base_bytes span)
{
    struct fuzz_text value = {.data = NULL};
    naive_unescape(&value, span);
    bool found = value.size > 0 && memchr(value.data, 0, value.size) != NULL;
    fuzz_text_free(&value);
    return found;
}

/* U+0000 in a string or key at or below a node. */
static void check_nul(struct oracle *oracle, const struct naive_node *node, bool with_key)
{
    if ((with_key && node->has_key && has_nul(naive_key(&oracle->json, node))) ||
        (node->kind == NAIVE_STRING && has_nul(naive_span(&oracle->json, node)))) {
        add(oracle, DIAG_METADATA_NUL, node->begin);
    }
    for (const struct naive_node *child = oracle_first(oracle, node); child != NULL;
         child = oracle_next(oracle, child)) {
        check_nul(oracle, child, node->kind == NAIVE_OBJECT);
    }
}

static void check_metadata_numbers(struct oracle *oracle, const struct naive_node *node)
{
    if (node->kind == NAIVE_NUMBER && !is_exact(oracle, node) && !naive_is_infinite(&oracle->json, node)) {
        bool integral = naive_integer_of(&oracle->json, node).integral;
        add(oracle, integral ? DIAG_ENTRY_RANGE_EXACT : DIAG_METADATA_FLOAT, node->begin);
    }
    for (const struct naive_node *child = oracle_first(oracle, node); child != NULL;
         child = oracle_next(oracle, child)) {
        check_metadata_numbers(oracle, child);
    }
}

/* A member of metadata that a bank needs. */
struct needed {
    bool known; /* an exact integer */
    bool right; /* and one that the bank takes */
    int64_t value;
};

static struct needed needed_member(struct oracle *oracle, const struct naive_node *metadata, const char *key,
                                   int64_t least, int64_t most, enum diag diagnostic)
{
    struct needed needed = {.known = false};
    const struct naive_node *node = member_of(oracle, metadata, key);
    if (node != NULL && node->kind == NAIVE_NUMBER) {
        if (!is_exact(oracle, node)) {
            return needed; /* metadata-range, metadata-float or entry-range-exact */
        }
        struct naive_integer integer = naive_integer_of(&oracle->json, node);
        needed.known = true;
        needed.value = integer.negative ? -(int64_t)integer.magnitude : (int64_t)integer.magnitude;
        needed.right = needed.value >= least && needed.value <= most;
    }
    if (!needed.right) {
        add(oracle, diagnostic, 0);
    }
    return needed;
}

static void check_glyph_sizes(struct oracle *oracle, const struct oracle_entry *entry, struct needed width,
                              struct needed height)
{
    naive_u128 pixels = 65536;
    if (width.known && height.known && width.value >= 0 && height.value >= 0) {
        pixels = (naive_u128)width.value * (naive_u128)height.value;
    }
    if (entry->has_size && entry->size <= exact && entry->size != 34816 && entry->size != (pixels + 1) / 2 + 2048) {
        add(oracle, DIAG_GLYPH_SIZE, 0);
    }
    if (entry->has_decoded_size && entry->decoded_size <= exact && entry->decoded_size != 67584 &&
        entry->decoded_size != pixels + 2048) {
        add(oracle, DIAG_GLYPH_SIZE, 0);
    }
}

static void check_unused_palettes(struct oracle *oracle, const struct oracle_entry *entry, int64_t authored,
                                  struct base_bytes pack)
{
    const uint8_t *payload = pack.data + oracle->payload_offset + entry->offset;
    for (size_t at = 32768 + (size_t)authored * 32; at < 34816; at++) {
        if (payload[at] != 0) {
            add(oracle, DIAG_GLYPH_PALETTE_UNUSED, at);
            return;
        }
    }
}

static void check_glyph(struct oracle *oracle, const struct oracle_entry *entry, const struct naive_node *metadata,
                        struct base_bytes pack)
{
    struct needed tile = needed_member(oracle, metadata, "tile_size", 8, 32, DIAG_GLYPH_METADATA);
    struct needed width = needed_member(oracle, metadata, "width", 256, 256, DIAG_GLYPH_METADATA);
    struct needed height = needed_member(oracle, metadata, "height", 256, 256, DIAG_GLYPH_METADATA);
    struct needed count = needed_member(oracle, metadata, "palette_count", 64, 64, DIAG_GLYPH_METADATA);
    struct needed authored = needed_member(oracle, metadata, "palette_authored", 1, 64, DIAG_GLYPH_METADATA);
    if (tile.right && tile.value != 8 && tile.value != 16 && tile.value != 32) {
        tile.right = false;
        add(oracle, DIAG_GLYPH_METADATA, 0);
    }
    check_glyph_sizes(oracle, entry, width, height);
    if (tile.right && width.right && height.right && count.right && authored.right && entry->has_size &&
        entry->size == 34816 && entry->slice_in_range) {
        check_unused_palettes(oracle, entry, authored.value, pack);
    }
}

/* Whether a member is a number that metadata-float, metadata-range or entry-range-exact has already. */
static bool is_number_of_another_rule(const struct oracle *oracle, const struct naive_node *node)
{
    return node->kind == NAIVE_NUMBER && !is_exact(oracle, node);
}

static void check_loop(struct oracle *oracle, const struct naive_node *metadata, struct needed frames)
{
    const struct naive_node *first = member_of(oracle, metadata, "loop_start");
    const struct naive_node *last = member_of(oracle, metadata, "loop_end");
    if ((first == NULL) != (last == NULL)) {
        const struct naive_node *alone = first != NULL ? first : last;
        if (!is_number_of_another_rule(oracle, alone)) {
            add(oracle, DIAG_SOUND_METADATA, 0);
        }
    }
    if (first == NULL || last == NULL) {
        return;
    }
    struct needed start = needed_member(oracle, metadata, "loop_start", 0, (int64_t)exact, DIAG_SOUND_METADATA);
    struct needed end = needed_member(oracle, metadata, "loop_end", 0, (int64_t)exact, DIAG_SOUND_METADATA);
    bool late = frames.right && end.value > frames.value;
    if (start.right && end.right && (late || start.value >= end.value)) {
        add(oracle, DIAG_SOUND_METADATA, 0);
    }
}

static void check_sound(struct oracle *oracle, const struct oracle_entry *entry, const struct naive_node *metadata)
{
    (void)needed_member(oracle, metadata, "sample_rate", 8000, 48000, DIAG_SOUND_METADATA);
    struct needed channels = needed_member(oracle, metadata, "channels", 1, 1, DIAG_SOUND_METADATA);
    struct needed frames = needed_member(oracle, metadata, "frames", 0, (int64_t)exact, DIAG_SOUND_METADATA);
    check_loop(oracle, metadata, frames);
    if (!channels.right || !frames.right) {
        return;
    }
    uint64_t bytes = (uint64_t)frames.value * 2;
    if ((entry->has_size && entry->size <= exact && entry->size != bytes) ||
        (entry->has_decoded_size && entry->decoded_size <= exact && entry->decoded_size != bytes)) {
        add(oracle, DIAG_SOUND_SIZE, 0);
    }
}

static void check_scene(struct oracle *oracle, const struct oracle_entry *entry, const struct naive_node *metadata)
{
    const struct naive_node *node = member_of(oracle, metadata, "decoded_size");
    bool number = node != NULL && node->kind == NAIVE_NUMBER;
    if (node == NULL || !entry->has_decoded_size || entry->decoded_size > exact ||
        (number && !is_exact(oracle, node))) {
        return;
    }
    struct naive_integer integer = number ? naive_integer_of(&oracle->json, node) : (struct naive_integer){0};
    bool negative = integer.negative && integer.magnitude != 0;
    if (!number || negative || integer.magnitude != entry->decoded_size) {
        add(oracle, DIAG_METADATA_DECODED_SIZE, node->begin);
    }
}

static void check_metadata(struct oracle *oracle, const struct oracle_entry *entry, struct base_bytes pack)
{
    const struct naive_node *metadata = member_of(oracle, entry->node, "metadata");
    if (metadata == NULL || metadata->kind != NAIVE_OBJECT) {
        return;
    }
    check_metadata_numbers(oracle, metadata);
    check_nul(oracle, metadata, false);
    if (member_of(oracle, metadata, "pipeline") != NULL) {
        add(oracle, DIAG_METADATA_PIPELINE, metadata->begin);
    }
    if (entry->has_bank && entry->bank == 0) {
        check_glyph(oracle, entry, metadata, pack);
    } else if (entry->has_bank && entry->bank == 1) {
        check_sound(oracle, entry, metadata);
    } else if (entry->has_bank) {
        check_scene(oracle, entry, metadata);
    }
}

/* ---- Layout: 1.4, 4.2.5 ---- */

static bool has_slice(const struct oracle_entry *entry)
{
    return entry->slice_in_range && entry->offset <= exact && entry->size <= exact;
}

static void check_layout(struct oracle *oracle)
{
    uint64_t end = 0;
    bool all_known = true;
    for (size_t i = 0; i < oracle->entry_count; i++) {
        const struct oracle_entry *entry = &oracle->entries[i];
        bool known = has_slice(entry);
        if (known && (i == 0 || has_slice(entry - 1))) {
            uint64_t expected = i == 0 ? 0 : entry[-1].offset + entry[-1].size;
            if (entry->offset != expected) {
                add(oracle, entry->offset > expected ? DIAG_SLICE_GAP : DIAG_SLICE_OVERLAP, 0);
            }
        }
        all_known = all_known && known;
        if (known && entry->offset + entry->size > end) {
            end = entry->offset + entry->size;
        }
    }
    if (oracle->payload_offset != 32 + oracle->json.text.size) {
        add(oracle, DIAG_SLICE_GAP, 0);
    }
    if (oracle->asset_table != NULL && all_known && oracle->payload_offset + end < oracle->file_size) {
        add(oracle, DIAG_PAYLOAD_TRAILING, 0);
    }
}

/* ---- preload-missing, preload-order, preload-duplicate: 4.2.10, 4.2.14 ---- */

static bool table_has(const struct oracle *oracle, naive_i128 asset_id)
{
    for (size_t i = 0; i < oracle->entry_count; i++) {
        if (oracle->entries[i].has_asset_id && oracle->entries[i].asset_id == asset_id) {
            return true;
        }
    }
    return false;
}

/* Later than another with the same asset, and not with the same slot as one of them. */
static bool is_duplicate(const struct oracle *oracle, const struct naive_node *element, naive_i128 asset_id)
{
    naive_i128 slot = -1;
    bool has_slot = oracle_integer_member(oracle, element, "slot", &slot);
    bool repeats = false;
    for (const struct naive_node *earlier = oracle_first(oracle, oracle->preload); earlier != element;
         earlier = oracle_next(oracle, earlier)) {
        naive_i128 other = 0;
        naive_i128 other_slot = -2;
        if (!oracle_integer_member(oracle, earlier, "asset_id", &other) || other != asset_id) {
            continue;
        }
        bool other_has_slot = oracle_integer_member(oracle, earlier, "slot", &other_slot);
        if (has_slot && other_has_slot && slot == other_slot && slot >= 0 && slot < 16) {
            return false; /* preload-slot-clash */
        }
        repeats = true;
    }
    return repeats;
}

/* 4.2.14: 16 times the bank, and the slot; -1 when one of them is not known. */
static int place_of(const struct oracle *oracle, const struct naive_node *element)
{
    naive_i128 asset_id = 0;
    naive_i128 slot = 0;
    if (!oracle_integer_member(oracle, element, "asset_id", &asset_id) ||
        !oracle_integer_member(oracle, element, "slot", &slot) || slot < 0 || slot > 15) {
        return -1;
    }
    for (size_t i = 0; i < oracle->entry_count; i++) {
        const struct oracle_entry *entry = &oracle->entries[i];
        if (entry->has_asset_id && entry->asset_id == asset_id) {
            return entry->has_bank ? entry->bank * 16 + (int)slot : -1;
        }
    }
    return -1;
}

static void check_preload(struct oracle *oracle)
{
    const struct naive_node *root = &oracle->json.nodes[0];
    if (root->kind == NAIVE_OBJECT && member_of(oracle, root, "preload") == NULL) {
        add(oracle, DIAG_PRELOAD_MISSING, root->begin);
    }
    const struct naive_node *element = oracle->preload != NULL ? oracle_first(oracle, oracle->preload) : NULL;
    int before = -1;
    for (; element != NULL; element = oracle_next(oracle, element)) {
        int place = place_of(oracle, element);
        if (place >= 0 && place < before) {
            add(oracle, DIAG_PRELOAD_ORDER, element->begin);
        }
        before = place;
        naive_i128 asset_id = 0;
        if (oracle_integer_member(oracle, element, "asset_id", &asset_id) && table_has(oracle, asset_id) &&
            is_duplicate(oracle, element, asset_id)) {
            add(oracle, DIAG_PRELOAD_DUPLICATE, element->begin);
        }
    }
}

/* ---- All of it ---- */

void oracle_check_conformance(struct oracle *oracle, struct base_bytes pack)
{
    check_canonical(oracle);
    check_all_unknown(oracle);
    for (size_t i = 0; i < oracle->entry_count; i++) {
        const struct oracle_entry *entry = &oracle->entries[i];
        if (entry->node != NULL) {
            check_numbers(oracle, entry, i > 0 ? entry - 1 : NULL);
            check_name(oracle, i);
            check_metadata(oracle, entry, pack);
        }
    }
    check_layout(oracle);
    check_preload(oracle);
    oracle_check_declared(oracle);
}
