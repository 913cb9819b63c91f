#include "fuzz/oracle/declared.h"

static size_t length_of(const struct naive_node *node)
{
    return node->end - node->begin;
}

/* The bytes of the members that need to be declared, with a comma or brace before each. */
static size_t declared_members(const struct oracle *oracle, const struct naive_node *metadata, int bank)
{
    static const char *const computed[3][6] = {
        {"width", "height", "palette_count", "palette_authored", NULL},
        {"sample_rate", "channels", "frames", "loop_start", "loop_end", NULL},
        {NULL},
    };
    size_t length = 0;
    for (const struct naive_node *child = oracle_first(oracle, metadata); child != NULL;
         child = oracle_next(oracle, child)) {
        if (!oracle_key_is_one_of(oracle, child, computed[bank])) {
            length += 4 + naive_key(&oracle->json, child).size + length_of(child); /* ,"KEY":VALUE */
        }
    }
    return length;
}

static bool is_preloaded(const struct oracle *oracle, const struct oracle_entry *entry)
{
    const struct naive_node *element = oracle->preload != NULL ? oracle_first(oracle, oracle->preload) : NULL;
    for (; element != NULL && entry->has_asset_id; element = oracle_next(oracle, element)) {
        naive_i128 asset_id = 0;
        if (oracle_integer_member(oracle, element, "asset_id", &asset_id) && asset_id == entry->asset_id) {
            return true;
        }
    }
    return false;
}

static size_t digits_of(uint64_t number)
{
    size_t digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

static void check_length(struct oracle *oracle, const struct oracle_entry *entry)
{
    static const size_t always[] = {208, 209, 204};
    const struct naive_node *name = naive_member(&oracle->json, entry->node, "asset_name");
    const struct naive_node *metadata = naive_member(&oracle->json, entry->node, "metadata");
    if (name == NULL || name->kind != NAIVE_STRING || !entry->has_bank || metadata == NULL ||
        metadata->kind != NAIVE_OBJECT) {
        return;
    }
    size_t members = declared_members(oracle, metadata, entry->bank);
    size_t length = always[entry->bank] + (is_preloaded(oracle, entry) ? 0 : 1) + length_of(name) +
                    (members > 0 ? 13 + members : 0); /* ,"metadata":{…} without the first comma inside */
    if (entry->bank == 2 && naive_member(&oracle->json, metadata, "decoded_size") == NULL) {
        if (!entry->has_decoded_size || !entry->has_size) {
            return;
        }
        length += entry->decoded_size != entry->size ? 16 + digits_of(entry->decoded_size) : 0;
    }
    if (length > 1048576) {
        oracle_add(oracle, DIAG_ENTRY_TOO_LONG, DIAG_CLASS_C, entry->node->begin);
    }
}

/* Bytes count as they are spelled, so they have to be spelled rightly (4.2.16). */
void oracle_check_declared(struct oracle *oracle)
{
    bool canonical = !oracle_has(oracle, DIAG_JSON_DUPLICATE_KEY) && !oracle_has(oracle, DIAG_JSON_NOT_CANONICAL);
    for (size_t i = 0; canonical && i < oracle->entry_count; i++) {
        if (oracle->entries[i].node != NULL) {
            check_length(oracle, &oracle->entries[i]);
        }
    }
}
