#include "verify/compare.h"

#include "verify/grow.h"

#include <inttypes.h>
#include <stdlib.h>

/* An element of one of the arrays. */
struct element {
    struct pp_json_token value; /* whole */
    bool has_id;
    int64_t id;
};

/* One element of both arrays, or of one of them. */
struct pair {
    const struct pp_compare *compare;
    size_t index; /* in the companion */
    struct element header;
    struct element companion;
    bool has_asset_id; /* of the element that is spoken of */
    int64_t asset_id;
};

static const char *const id_name[] = {"asset_id"};

static bool is_end(enum pp_json_kind kind)
{
    return kind == PP_JSON_ARRAY_END || kind == PP_JSON_END || kind == PP_JSON_ERROR;
}

/* The next element; its id is read once, however often it is compared. */
static struct element next_element(struct pp_tokens *walk)
{
    struct element element = {.value = pp_tokens_value(walk)};
    struct pp_json_token id;
    if (element.value.kind == PP_JSON_OBJECT_BEGIN) {
        pp_tokens_object(walk->text, element.value, id_name, 1, &id, NULL, NULL);
        element.has_id = pp_token_integer(walk->text, id, -PP_EXACT_MAX, PP_EXACT_MAX, &element.id);
    }
    return element;
}

/* ---- Findings ---- */

static void tell(const struct pair *pair, size_t at, const struct pp_text *below, struct pp_bytes expected,
                 struct pp_bytes actual, const char *text)
{
    struct pp_text pointer = PP_TEXT_EMPTY;
    struct pp_text shown = PP_TEXT_EMPTY;
    struct pp_findings *findings = pair->compare->findings;
    pp_pointer_add_index(&pointer, pair->index);
    pp_pointer_add_pointer(&pointer, below);
    pp_tell_bytes(&shown, expected);
    struct pp_place place = {
        .file = pair->compare->path,
        .byte_offset = (int64_t)at,
        .json_pointer = pp_text_string(&pointer),
        .has_asset_id = pair->has_asset_id,
        .asset_id = pair->asset_id,
    };
    pp_tell_at(findings, pair->compare->mismatch, &place, expected.data != NULL ? pp_text_string(&shown) : NULL, actual,
               "%s", text);
    findings->out_of_memory = findings->out_of_memory || pp_text_failed(&pointer) || pp_text_failed(&shown);
    pp_text_free(&pointer);
    pp_text_free(&shown);
}

static void tell_no_memory(const struct pp_compare *compare)
{
    pp_tell_no_memory(compare->findings, compare->path);
}

/* ---- Values ---- */

/* A number of the companion that is not canonical is companion-syntax already. */
static bool is_told(struct pp_bytes text, struct pp_json_token token)
{
    struct pp_bytes span = pp_json_span(text, token);
    return token.kind == PP_JSON_NUMBER &&
           (!pp_token_is_exact(text, token) || pp_bytes_equal(span, pp_bytes_make("-0", 2)));
}

static bool tokens_equal(const struct pp_compare *compare, struct pp_json_token header, struct pp_json_token companion)
{
    if (header.kind != companion.kind) {
        return false;
    }
    if (header.kind == PP_JSON_STRING || header.kind == PP_JSON_KEY) {
        return pp_json_compare(pp_json_span(compare->header, header), pp_json_span(compare->text, companion)) == 0;
    }
    return header.kind != PP_JSON_NUMBER ||
           pp_bytes_equal(pp_json_span(compare->header, header), pp_json_span(compare->text, companion));
}

static void begin_value(struct pp_tokens *walk, struct pp_bytes text, struct pp_json_token value)
{
    size_t start = pp_token_start(value);
    pp_tokens_begin(walk, text, start, value.end + (value.begin - start));
}

/* Tells the first place at which two values of one member differ. */
static void compare_values(const struct pair *pair, struct pp_bytes key, struct pp_json_token header,
                           struct pp_json_token companion)
{
    const struct pp_compare *compare = pair->compare;
    struct pp_path path = {.depth = 0};
    struct pp_tokens left;
    struct pp_tokens right;
    begin_value(&left, compare->header, header);
    begin_value(&right, compare->text, companion);
    for (;;) {
        struct pp_json_token a = pp_tokens_next(&left);
        struct pp_json_token b = pp_tokens_next(&right);
        if (b.kind == PP_JSON_END || b.kind == PP_JSON_ERROR) {
            return;
        }
        pp_path_follow(&path, compare->text, b);
        if (!tokens_equal(compare, a, b) && !is_told(compare->text, b)) {
            struct pp_text below = PP_TEXT_EMPTY;
            pp_pointer_add_key(&below, key);
            pp_path_write(&path, &below);
            tell(pair, pp_token_start(b), &below, pp_token_bytes(compare->header, a), pp_token_bytes(compare->text, b),
                 "the companion differs from the header here");
            pp_text_free(&below);
            return;
        }
        if (a.kind != b.kind) {
            return; /* told, and no longer in step */
        }
    }
}

/* ---- Members ---- */

struct member {
    struct pp_json_token key;
    struct pp_json_token value;
    struct pp_bytes name;
};

struct members {
    struct pp_bytes text;
    struct member *items;
    size_t count;
    size_t capacity;
    bool out_of_memory;
};

static void add_member(void *context, struct pp_json_token key, struct pp_json_token value)
{
    struct members *members = context;
    void *items = pp_grow(members->items, members->count, &members->capacity, sizeof *members->items);
    if (items == NULL) {
        members->out_of_memory = true;
        return;
    }
    members->items = items;
    members->items[members->count++] =
        (struct member){.key = key, .value = value, .name = pp_json_span(members->text, key)};
}

/* By name, equal ones in their order. */
static int compare_members(const void *left, const void *right)
{
    const struct member *a = left;
    const struct member *b = right;
    int order = pp_json_compare(a->name, b->name);
    return order != 0 ? order : (a->key.begin > b->key.begin) - (a->key.begin < b->key.begin);
}

/* Of equal names the first counts (4.2.4). */
static void drop_repeated(struct members *members)
{
    size_t kept = 0;
    for (size_t i = 0; i < members->count; i++) {
        if (kept == 0 || pp_json_compare(members->items[kept - 1].name, members->items[i].name) != 0) {
            members->items[kept++] = members->items[i];
        }
    }
    members->count = kept;
}

static struct members read_members(struct pp_bytes text, struct pp_json_token object)
{
    struct members members = {.text = text};
    pp_tokens_object(text, object, NULL, 0, NULL, add_member, &members);
    if (members.count > 0) {
        qsort(members.items, members.count, sizeof *members.items, compare_members);
        drop_repeated(&members);
    }
    return members;
}

static void tell_member(const struct pair *pair, bool missing, const struct member *member)
{
    const struct pp_compare *compare = pair->compare;
    struct pp_text below = PP_TEXT_EMPTY;
    struct pp_bytes none = {.data = NULL};
    if (missing) {
        tell(pair, pair->companion.value.begin, &below, pp_token_bytes(compare->header, member->key), none,
             "the companion lacks a member of the header");
    } else {
        pp_pointer_add_key(&below, member->name);
        tell(pair, pp_token_start(member->key), &below, none, pp_token_bytes(compare->text, member->key),
             "the header has no such member");
    }
    pp_text_free(&below);
}

static void merge_members(const struct pair *pair, const struct members *header, const struct members *companion)
{
    size_t i = 0;
    size_t j = 0;
    while (i < header->count || j < companion->count) {
        int order = 0;
        if (i == header->count || j == companion->count) {
            order = i == header->count ? 1 : -1;
        } else {
            order = pp_json_compare(header->items[i].name, companion->items[j].name);
        }
        if (order < 0) {
            tell_member(pair, true, &header->items[i++]);
        } else if (order > 0) {
            tell_member(pair, false, &companion->items[j++]);
        } else {
            compare_values(pair, header->items[i].name, header->items[i].value, companion->items[j].value);
            i++;
            j++;
        }
    }
}

/* ---- Elements ---- */

static void compare_elements(struct pair *pair)
{
    const struct pp_compare *compare = pair->compare;
    if (pp_bytes_equal(pp_json_span(compare->header, pair->header.value),
                       pp_json_span(compare->text, pair->companion.value)) ||
        pair->header.value.kind != PP_JSON_OBJECT_BEGIN) {
        return; /* an element of the header that is no object is header-shape */
    }
    struct members header = read_members(compare->header, pair->header.value);
    struct members companion = read_members(compare->text, pair->companion.value);
    if (header.out_of_memory || companion.out_of_memory) {
        tell_no_memory(compare);
    } else {
        merge_members(pair, &header, &companion);
    }
    free(header.items);
    free(companion.items);
}

static void tell_element(const struct pair *pair, bool missing)
{
    struct pp_text below = PP_TEXT_EMPTY;
    struct pp_bytes none = {.data = NULL};
    if (missing) {
        tell(pair, pair->companion.value.begin, &below, pp_token_bytes(pair->compare->header, pair->header.value), none,
             "the companion lacks an element that the header has here");
    } else {
        tell(pair, pair->companion.value.begin, &below, none,
             pp_token_bytes(pair->compare->text, pair->companion.value), "the header has no such element");
    }
    pp_text_free(&below);
}

/* Where two arrays of different length go apart: less than 0 when the companion lacks the header's element, more when
 * the companion has one too many, 0 when the elements belong together. */
static int order_of(const struct pair *pair, bool equal_counts)
{
    if (is_end(pair->companion.value.kind)) {
        return -1;
    }
    if (is_end(pair->header.value.kind)) {
        return 1;
    }
    if (equal_counts || pair->compare->mismatch != PP_TABLE_MISMATCH || !pair->header.has_id ||
        !pair->companion.has_id) {
        return 0;
    }
    return (pair->header.id > pair->companion.id) - (pair->header.id < pair->companion.id);
}

static void begin_array(struct pp_tokens *walk, struct pp_bytes text, struct pp_json_token array)
{
    pp_tokens_begin(walk, text, array.begin, array.end);
    (void)pp_tokens_next(walk);
}

static size_t count_elements(struct pp_bytes text, struct pp_json_token array)
{
    struct pp_tokens walk;
    size_t count = 0;
    begin_array(&walk, text, array);
    while (!is_end(pp_tokens_value(&walk).kind)) {
        count++;
    }
    return count;
}

static struct pp_json_token root_of(struct pp_bytes text)
{
    struct pp_tokens walk;
    pp_tokens_begin(&walk, text, 0, text.size);
    return pp_tokens_value(&walk);
}

bool pp_compare_is_array(const struct pp_compare *compare)
{
    struct pp_json_token root = root_of(compare->text);
    struct pp_json_token wrong = root;
    struct pp_text pointer = PP_TEXT_EMPTY;
    if (root.kind == PP_JSON_ARRAY_BEGIN) {
        struct pp_tokens walk;
        size_t index = 0;
        begin_array(&walk, compare->text, root);
        do {
            wrong = pp_tokens_value(&walk);
            index++;
        } while (wrong.kind == PP_JSON_OBJECT_BEGIN);
        if (is_end(wrong.kind)) {
            return true;
        }
        pp_pointer_add_index(&pointer, index - 1);
    }
    struct pp_place place = {
        .file = compare->path, .byte_offset = (int64_t)pp_token_start(wrong), .json_pointer = pp_text_string(&pointer)};
    pp_tell_at(compare->findings, PP_COMPANION_SYNTAX, &place, "an array of objects",
               pp_token_bytes(compare->text, wrong), "the companion is not of its shape");
    compare->findings->out_of_memory = compare->findings->out_of_memory || pp_text_failed(&pointer);
    pp_text_free(&pointer);
    return false;
}

void pp_compare_arrays(const struct pp_compare *compare)
{
    struct pp_json_token root = root_of(compare->text);
    struct pp_tokens left;
    struct pp_tokens right;
    bool has_header = compare->array.kind == PP_JSON_ARRAY_BEGIN;
    size_t header_count = 0;
    if (has_header) {
        begin_array(&left, compare->header, compare->array);
        header_count = count_elements(compare->header, compare->array);
    }
    begin_array(&right, compare->text, root);
    bool equal_counts = header_count == count_elements(compare->text, root);
    struct pair pair = {.compare = compare, .header = {.value = {.kind = PP_JSON_END}}};
    if (has_header) {
        pair.header = next_element(&left);
    }
    pair.companion = next_element(&right);
    while (!is_end(pair.header.value.kind) || !is_end(pair.companion.value.kind)) {
        int order = order_of(&pair, equal_counts);
        pair.has_asset_id = order <= 0 ? pair.header.has_id : pair.companion.has_id;
        pair.asset_id = order <= 0 ? pair.header.id : pair.companion.id;
        if (order == 0) {
            compare_elements(&pair);
        } else {
            tell_element(&pair, order < 0);
        }
        if (order <= 0) {
            pair.header = next_element(&left);
        }
        if (order >= 0) {
            pair.companion = next_element(&right);
            pair.index++;
        }
    }
}
