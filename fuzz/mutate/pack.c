#include "fuzz/mutate/pack.h"

#include "fuzz/mutate/json.h"
#include "fuzz/mutate/splice.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A pack taken apart by its own numbers, where they can be believed. */
struct parts {
    uint8_t prelude[32];
    struct fuzz_text header;
    struct fuzz_text payload; /* everything after the header */
    uint64_t late;            /* bytes between the header and payload_offset; part of payload */
};

static bool take_apart(struct base_bytes pack, struct parts *parts)
{
    *parts = (struct parts){.late = 0};
    if (pack.size < 32) {
        return false;
    }
    struct base_bytes rest = pack;
    struct base_bytes prelude = fuzz_take_front(&rest, 32);
    for (size_t i = 0; i < 32; i++) {
        parts->prelude[i] = prelude.data[i];
    }
    uint32_t header_len = base_load_le32(parts->prelude + 8);
    uint64_t payload_offset = base_load_le64(parts->prelude + 12);
    if (header_len > rest.size) {
        return false;
    }
    struct base_bytes header = fuzz_take_front(&rest, header_len);
    fuzz_text_add(&parts->header, header.data, header.size);
    fuzz_text_add(&parts->payload, rest.data, rest.size);
    uint64_t header_end = 32 + (uint64_t)header_len;
    parts->late = payload_offset >= header_end && payload_offset <= pack.size ? payload_offset - header_end : 0;
    return true;
}

static void put_together(struct parts *parts, struct fuzz_text *pack)
{
    pack->size = 0;
    fuzz_text_add(pack, parts->prelude, 32);
    fuzz_text_add(pack, parts->header.data, parts->header.size);
    fuzz_text_add(pack, parts->payload.data, parts->payload.size);
}

static void free_parts(struct parts *parts)
{
    fuzz_text_free(&parts->header);
    fuzz_text_free(&parts->payload);
}

/* ---- Repairs ---- */

static void repair_prelude(struct parts *parts)
{
    base_store_le32(parts->prelude + 8, (uint32_t)parts->header.size);
    base_store_le64(parts->prelude + 12, 32 + parts->header.size + parts->late);
}

static void repair_canonical(struct parts *parts)
{
    struct naive_json json;
    struct fuzz_text canonical = {.data = NULL};
    if (naive_json_read(&json, fuzz_text_bytes(&parts->header))) {
        naive_canonical(&json, &json.nodes[0], &canonical);
        fuzz_text_free(&parts->header);
        parts->header = canonical;
    }
    naive_json_free(&json);
}

/* The nth entry of asset_table, or NULL. */
static const struct naive_node *entry_at(const struct naive_json *json, size_t index)
{
    const struct naive_node *table = naive_member(json, &json->nodes[0], "asset_table");
    size_t at = table != NULL && table->kind == NAIVE_ARRAY ? table->first : NAIVE_NONE;
    for (; at != NAIVE_NONE && index > 0; index--) {
        at = json->nodes[at].next;
    }
    return at != NAIVE_NONE ? &json->nodes[at] : NULL;
}

/* Lets the offset of one entry be `offset`; adds its size to that. False when there is no such entry. */
static bool repair_offset(struct fuzz_text *header, size_t index, uint64_t *offset)
{
    struct naive_json json;
    const struct naive_node *entry = naive_json_read(&json, fuzz_text_bytes(header)) ? entry_at(&json, index) : NULL;
    bool found = entry != NULL && entry->kind == NAIVE_OBJECT;
    const struct naive_node *size = found ? naive_member(&json, entry, "size") : NULL;
    const struct naive_node *value = found ? naive_member(&json, entry, "offset") : NULL;
    if (value != NULL && value->kind == NAIVE_NUMBER) {
        char spelling[32];
        (void)snprintf(spelling, sizeof spelling, "%" PRIu64, *offset);
        if (size != NULL && size->kind == NAIVE_NUMBER) {
            (void)__builtin_add_overflow(*offset, naive_integer_of(&json, size).magnitude, offset);
        }
        fuzz_splice(header, value->begin, value->end, base_bytes_of_string(spelling));
    }
    naive_json_free(&json);
    return found;
}

static void repair_offsets(struct parts *parts)
{
    uint64_t offset = 0;
    for (size_t i = 0; i < 64 && repair_offset(&parts->header, i, &offset); i++) {
    }
    /* As many bytes of payload as the entries ask for, as long as that is little. */
    static const uint8_t zero[4096];
    if (offset <= parts->payload.size) {
        parts->payload.size = (size_t)offset;
    } else if (offset - parts->payload.size <= sizeof zero) {
        fuzz_text_add(&parts->payload, zero, (size_t)offset - parts->payload.size);
    }
    parts->late = 0;
}

static void repair(struct fuzz_random *random, struct parts *parts)
{
    if (fuzz_random_below(random, 2) == 0) {
        repair_canonical(parts);
    }
    if (fuzz_random_below(random, 2) == 0) {
        repair_offsets(parts);
    }
    if (fuzz_random_below(random, 8) != 0) {
        repair_prelude(parts);
    }
}

/* ---- Changes ---- */

static void change_prelude(struct fuzz_random *random, struct parts *parts, size_t size)
{
    static const uint8_t fields[][2] = {{0, 4}, {4, 4}, {8, 4}, {12, 8}, {20, 4}, {24, 4}, {28, 4}};
    const uint8_t *field = fields[fuzz_random_below(random, 7)];
    uint64_t header_end = 32 + parts->header.size;
    const uint64_t values[] = {0,
                               1,
                               2,
                               24,
                               32,
                               size,
                               size + 1,
                               size - 1,
                               header_end,
                               header_end + 1,
                               header_end - 1,
                               parts->header.size,
                               parts->header.size + 1,
                               parts->header.size - 1,
                               UINT32_MAX,
                               UINT64_MAX,
                               0x41505341,
                               0x31415050,
                               268435456,
                               268435457,
                               UINT64_C(1) << fuzz_random_below(random, 64)};
    uint64_t value = values[fuzz_random_below(random, sizeof values / sizeof values[0])];
    if (field[1] == 4) {
        base_store_le32(parts->prelude + field[0], (uint32_t)(value & UINT32_MAX));
    } else {
        base_store_le64(parts->prelude + field[0], value);
    }
}

/* One byte of the payloads, most often near their end: what is last in a bank has rules of its own, and is a small
 * part. */
static void poke(struct fuzz_random *random, struct fuzz_text *payload)
{
    if (payload->size > 0) {
        uint32_t back = fuzz_random_below(random, 1U << fuzz_random_below(random, 17));
        payload->data[payload->size - 1 - back % payload->size] = (uint8_t)fuzz_random_below(random, 256);
    }
}

static void change_parts(struct fuzz_random *random, struct parts *parts, size_t size)
{
    switch (fuzz_random_below(random, 10)) {
    case 0:
        change_prelude(random, parts, size);
        break;
    case 1:
        fuzz_mutate_bytes(&parts->payload);
        break;
    case 4:
    case 5:
        poke(random, &parts->payload);
        break;
    case 2:
        fuzz_mutate_bytes(&parts->header);
        repair_prelude(parts);
        break;
    case 3:
        repair_offsets(parts);
        repair_prelude(parts);
        break;
    default:
        if (!fuzz_mutate_json(random, &parts->header)) {
            fuzz_mutate_bytes(&parts->header);
        }
        repair(random, parts);
        break;
    }
}

void fuzz_mutate_pack(struct fuzz_random *random, struct fuzz_text *pack)
{
    struct parts parts;
    if (fuzz_random_below(random, 16) != 0 && take_apart(fuzz_text_bytes(pack), &parts)) {
        unsigned times = 1 + fuzz_random_below(random, 3);
        for (unsigned i = 0; i < times; i++) {
            change_parts(random, &parts, pack->size);
        }
        put_together(&parts, pack);
        free_parts(&parts);
    } else {
        fuzz_mutate_bytes(pack);
    }
}

void fuzz_cross_pack(struct fuzz_random *random, struct fuzz_text *pack, struct base_bytes other)
{
    struct parts left;
    struct parts right;
    bool left_apart = take_apart(fuzz_text_bytes(pack), &left);
    bool right_apart = take_apart(other, &right);
    if (!left_apart || !right_apart) {
        fuzz_cross_json_or_bytes(random, pack, other);
    } else {
        struct parts mixed = left;
        switch (fuzz_random_below(random, 3)) {
        case 0:
            mixed.header = right.header;
            break;
        case 1:
            mixed.payload = right.payload;
            break;
        default:
            (void)fuzz_cross_json(random, &left.header, fuzz_text_bytes(&right.header));
            mixed.header = left.header;
            break;
        }
        if (fuzz_random_below(random, 4) != 0) {
            repair_prelude(&mixed);
        }
        put_together(&mixed, pack);
    }
    free_parts(&left);
    free_parts(&right);
}
