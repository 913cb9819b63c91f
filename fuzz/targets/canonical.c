/* The writer's printer against the canonical form, read a second time: the tree of a text prints as that form, or is
 * refused for what has none. */
#include "fuzz/mutate/mutate.h"
#include "writer/canonical_json.h"
#include "json/check.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

enum { TAIL = 2 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_json_or_bytes, fuzz_cross_json_or_bytes)

/* What of a text decides whether its tree has a canonical form. */
struct facts {
    bool kept;    /* cJSON keeps every value of the text: no string with U+0000, no number of another form */
    bool numbers; /* every number is within 2^53-1 */
    bool keys;    /* no key repeats */
    unsigned levels;
};

static bool has_nul(struct base_bytes span)
{
    struct fuzz_text value = {.data = NULL};
    bool found = false;
    naive_unescape(&value, span);
    for (size_t i = 0; i < value.size; i++) {
        found = found || value.data[i] == 0;
    }
    fuzz_text_free(&value);
    return found;
}

static void look(const struct naive_json *json, const struct naive_node *node, unsigned level, struct facts *facts)
{
    if (node->kind == NAIVE_OBJECT || node->kind == NAIVE_ARRAY) {
        level++;
        facts->levels = facts->levels < level ? level : facts->levels;
    } else if (node->kind == NAIVE_NUMBER) {
        struct naive_integer integer = naive_integer_of(json, node);
        facts->kept = facts->kept && integer.integral;
        facts->numbers = facts->numbers && !integer.huge && integer.magnitude < UINT64_C(1) << 53;
    } else if (node->kind == NAIVE_STRING) {
        facts->kept = facts->kept && !has_nul(naive_span(json, node));
    }
    facts->kept = facts->kept && !(node->has_key && has_nul(naive_key(json, node)));
    for (size_t i = node->first; i != NAIVE_NONE; i = json->nodes[i].next) {
        const struct naive_node *child = &json->nodes[i];
        facts->keys = facts->keys && !(child->has_key && naive_key_repeats(json, node, child));
        look(json, child, level, facts);
    }
}

static void check_printed(const struct naive_json *json, const struct base_text *text)
{
    struct fuzz_text expected = {.data = NULL};
    naive_canonical(json, &json->nodes[0], &expected);
    FUZZ_CHECK_BYTES(base_text_bytes(text), fuzz_text_bytes(&expected));
    FUZZ_CHECK_U64(json_first_difference(base_text_bytes(text), NULL), text->size);
    fuzz_text_free(&expected);
}

static void check_tree(const struct naive_json *json, const cJSON *tree, unsigned levels, uint8_t allocation)
{
    struct facts facts = {.kept = true, .numbers = true, .keys = true};
    look(json, &json->nodes[0], 0, &facts);
    if (!facts.kept) {
        return;
    }
    struct base_text text = BASE_TEXT_EMPTY;
    bool fine = facts.numbers && facts.keys && facts.levels <= levels;
    enum writer_canonical result = writer_canonical_tree(&text, tree, levels);
    FUZZ_CHECK((result == WRITER_CANONICAL_FINE) == fine);
    FUZZ_CHECK(result != WRITER_CANONICAL_NUMBER || !facts.numbers);
    FUZZ_CHECK(result != WRITER_CANONICAL_KEY || !facts.keys);
    FUZZ_CHECK(result != WRITER_CANONICAL_DEPTH || facts.levels > levels);
    FUZZ_CHECK(result != WRITER_CANONICAL_KIND && result != WRITER_CANONICAL_MEMORY);
    if (fine) {
        check_printed(json, &text);
    } else {
        FUZZ_CHECK(writer_canonical_text(result)[0] != '\0');
    }
    base_text_free(&text);
    fuzz_memory_fail(allocation);
    result = writer_canonical_tree(&text, tree, levels);
    if (fuzz_memory_failed()) {
        FUZZ_CHECK(result == WRITER_CANONICAL_MEMORY || (result != WRITER_CANONICAL_FINE && !fine));
    }
    base_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint8_t levels = fuzz_take_u8(&input);
    uint8_t allocation = fuzz_take_u8(&input);
    struct naive_json json;
    if (naive_json_read(&json, input)) {
        cJSON *tree = cJSON_ParseWithLength((const char *)input.data, input.size);
        if (tree != NULL) {
            fuzz_memory_begin();
            check_tree(&json, tree, levels < 128 ? levels : 127, allocation % 32);
            FUZZ_CHECK(fuzz_memory_live() == 0);
        }
        cJSON_Delete(tree);
    }
    naive_json_free(&json);
    return 0;
}
