#include "verify/header/outline.h"

#include "base/array.h"

#include <stdlib.h>

const struct json_member verify_entry_members[VERIFY_ENTRY_MEMBERS] = {
    {.name = "asset_id"},     {.name = "asset_name"}, {.name = "bank_type"}, {.name = "codec"},
    {.name = "decoded_size"}, {.name = "metadata"},   {.name = "offset"},    {.name = "size"},
};
const struct json_member verify_preload_members[VERIFY_PRELOAD_MEMBERS] = {{.name = "asset_id"}, {.name = "slot"}};

/* The flags of a token, above its kind. */
enum { IS_ESCAPED = 1 << 6, IS_INTEGRAL = 1 << 7, KIND_MASK = IS_ESCAPED - 1 };

_Static_assert((int)JSON_ERROR < (int)IS_ESCAPED, "a kind and its flags fit a byte");

static const uint32_t no_members = UINT32_MAX;

/* ---- Building ---- */

void verify_outline_begin(struct verify_outline *outline, struct base_bytes header, struct base_task *task)
{
    *outline = (struct verify_outline){.header = header, .task = task};
    verify_outline_clear(outline);
}

/* Whether one member or more is there. */
static bool has_members(const struct json_token members[], size_t count)
{
    size_t i = 0;
    while (i < count && members[i].kind == JSON_END) {
        i++;
    }
    return i < count;
}

static bool add_members(struct verify_outline *outline, const struct json_token members[], size_t count)
{
    struct verify_outline_members *all =
        base_array_grow(outline->members, outline->member_count, &outline->member_capacity, sizeof *all);
    if (all == NULL) {
        return false;
    }
    outline->members = all;
    struct verify_outline_members *added = &all[outline->member_count++];
    for (size_t i = 0; i < count; i++) {
        unsigned flags = (members[i].escaped ? IS_ESCAPED : 0U) | (members[i].integral ? IS_INTEGRAL : 0U);
        added->begin[i] = (uint32_t)members[i].begin;
        added->end[i] = (uint32_t)members[i].end;
        added->kind[i] = (uint8_t)((unsigned)members[i].kind | flags);
    }
    return true;
}

bool verify_outline_add(struct verify_outline *outline, struct verify_outline_array *array, struct json_token element,
                        const struct json_token members[], size_t count)
{
    if (verify_outline_cancelled(outline, array->count)) {
        return false;
    }
    struct verify_outline_element *elements =
        base_array_grow(array->elements, array->count, &array->capacity, sizeof *elements);
    if (elements == NULL) {
        return false;
    }
    array->elements = elements;
    uint32_t index = no_members;
    if (has_members(members, count)) {
        index = (uint32_t)outline->member_count;
        if (!add_members(outline, members, count)) {
            return false;
        }
    }
    elements[array->count++] = (struct verify_outline_element){
        .begin = (uint32_t)element.begin, .end = (uint32_t)element.end, .members = index, .kind = element.kind};
    return true;
}

bool verify_outline_add_unknown(struct verify_outline *outline, enum verify_outline_array_id array_id, size_t index,
                                struct json_token key)
{
    struct verify_outline_unknown *unknown =
        base_array_grow(outline->unknown, outline->unknown_count, &outline->unknown_capacity, sizeof *unknown);
    if (unknown == NULL) {
        return false;
    }
    outline->unknown = unknown;
    unknown[outline->unknown_count++] = (struct verify_outline_unknown){
        .key_begin = (uint32_t)key.begin, .key_end = (uint32_t)key.end, .index = (uint32_t)index, .array_id = array_id};
    return true;
}

void verify_outline_clear(struct verify_outline *outline)
{
    outline->entries.count = 0;
    outline->preload.count = 0;
    outline->member_count = 0;
    outline->unknown_count = 0;
    outline->entries.whole = (struct json_token){.kind = JSON_END};
    outline->preload.whole = (struct json_token){.kind = JSON_END};
}

void verify_outline_free(struct verify_outline *outline)
{
    free(outline->entries.elements);
    free(outline->preload.elements);
    free(outline->members);
    free(outline->unknown);
    verify_outline_begin(outline, outline->header, outline->task);
}

/* ---- Reading ---- */

static struct json_token read_element(const struct verify_outline *outline, const struct verify_outline_array *array,
                                      size_t index, struct json_token members[], size_t count)
{
    const struct verify_outline_element *element = &array->elements[index];
    for (size_t i = 0; i < count; i++) {
        members[i] = (struct json_token){.kind = JSON_END};
        if (element->members != no_members) {
            const struct verify_outline_members *kept = &outline->members[element->members];
            members[i].begin = kept->begin[i];
            members[i].end = kept->end[i];
            members[i].kind = (enum json_kind)(kept->kind[i] & KIND_MASK);
            members[i].escaped = (kept->kind[i] & IS_ESCAPED) != 0;
            members[i].integral = (kept->kind[i] & IS_INTEGRAL) != 0;
        }
    }
    return (struct json_token){.kind = (enum json_kind)element->kind, .begin = element->begin, .end = element->end};
}

struct json_token verify_outline_entry(const struct verify_outline *outline, size_t index,
                                       struct json_token members[VERIFY_ENTRY_MEMBERS])
{
    return read_element(outline, &outline->entries, index, members, VERIFY_ENTRY_MEMBERS);
}

struct json_token verify_outline_preload(const struct verify_outline *outline, size_t index,
                                         struct json_token members[VERIFY_PRELOAD_MEMBERS])
{
    return read_element(outline, &outline->preload, index, members, VERIFY_PRELOAD_MEMBERS);
}
