/* Repeated keys: which, where, in which object, in which order, and at what cost. */
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"
#include "json/check.h"

#include <stdio.h>

enum { MOST = 8 };

struct seen {
    struct json_duplicate items[MOST];
    size_t count;
    size_t stop_after; /* 0: never */
};

static bool remember(void *context, const struct json_duplicate *duplicate)
{
    struct seen *seen = context;
    if (seen->count < MOST) {
        seen->items[seen->count] = *duplicate;
    }
    seen->count++;
    return seen->count != seen->stop_after;
}

struct row {
    const char *text;
    size_t count;
    struct json_duplicate found[4];
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        struct base_bytes text = sample_copy(base_bytes_of_string(row->text));
        struct json_tokenizer json;
        CHECK_ROW(json_validate(&json, text), true, row->text);
        struct seen seen = {.count = 0};
        CHECK_ROW(json_find_duplicates(text, NULL, remember, &seen), true, row->text);
        CHECK_ROW(seen.count, row->count, row->text);
        for (size_t j = 0; j < row->count && j < seen.count; j++) {
            CHECK_ROW(seen.items[j].key_begin, row->found[j].key_begin, row->text);
            CHECK_ROW(seen.items[j].key_end, row->found[j].key_end, row->text);
            CHECK_ROW(seen.items[j].object_begin, row->found[j].object_begin, row->text);
        }
        sample_free(text);
    }
}

UNIT_TEST(finds_none_where_there_is_none)
{
    static const struct row rows[] = {
        {"1", 0, {{0}}},
        {"{}", 0, {{0}}},
        {"[{},{}]", 0, {{0}}},
        {"{\"a\":1,\"b\":2}", 0, {{0}}},
        {"{\"b\":1,\"a\":2}", 0, {{0}}},
        {"{\"a\":1,\"A\":2}", 0, {{0}}},
        {"{\"a\":1,\"\":2}", 0, {{0}}},
        {"{\"a\":{\"a\":{\"a\":1}}}", 0, {{0}}},
        {"[{\"a\":1},{\"a\":2}]", 0, {{0}}},
        {"{\"b\":{\"a\":1},\"a\":{\"a\":1}}", 0, {{0}}},
        {"{\"c\":\"b\",\"b\":\"b\",\"a\":[\"a\",\"a\"]}", 0, {{0}}},
        {"{\"a\":1,\"a\\u0000\":2,\"a \":3}", 0, {{0}}},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(finds_the_second_and_every_later_one)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"a\":2}", 1, {{8, 9, 0}}},
        {"{\"\":1,\"\":2}", 1, {{7, 7, 0}}},
        {"{\"a\":1,\"a\":2,\"a\":3}", 2, {{8, 9, 0}, {14, 15, 0}}},
        {"{\"a\":1,\"b\":2,\"a\":3}", 1, {{14, 15, 0}}},
        {"{\"b\":1,\"a\":2,\"b\":3,\"a\":4}", 2, {{14, 15, 0}, {20, 21, 0}}},
        {"{\"a\":1,\"b\":2,\"b\":3,\"a\":4}", 2, {{14, 15, 0}, {20, 21, 0}}},
        {" { \"a\" : 1 , \"a\" : 2 }", 1, {{14, 15, 1}}},
        {"[1,{\"long key\":1,\"x\":0,\"long key\":2}]", 1, {{24, 32, 3}}},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(compares_after_unescaping)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"\\u0061\":2}", 1, {{8, 14, 0}}},
        {"{\"\\u0061\":1,\"a\":2}", 1, {{13, 14, 0}}},
        {"{\"/\":1,\"\\/\":2}", 1, {{8, 10, 0}}},
        {"{\"\\n\":1,\"\\u000a\":2,\"\\u000A\":3}", 2, {{9, 15, 0}, {20, 26, 0}}},
        {"{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}", 1, {{19, 23, 0}}},
        {"{\"\\\\n\":1,\"\\n\":2}", 0, {{0}}},
    };
    check_rows(rows, COUNT_OF(rows));
}

/* Rising position: an inner object's, although it ends first, come after those of the outer one before it. */
UNIT_TEST(reports_nested_objects_in_order_of_position)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"a\":{\"x\":1,\"x\":2},\"a\":3}", 3, {{8, 9, 0}, {19, 20, 11}, {26, 27, 0}}},
        {"{\"a\":{\"x\":1,\"x\":2},\"a\":3}", 2, {{13, 14, 5}, {20, 21, 0}}},
        {"[{\"a\":1,\"a\":2},{\"b\":1,\"b\":2}]", 2, {{9, 10, 1}, {23, 24, 15}}},
        {"{\"z\":{\"y\":{\"b\":1,\"a\":2,\"b\":3}},\"a\":{},\"z\":0}", 2, {{24, 25, 10}, {39, 40, 0}}},
        {"{\"b\":0,\"a\":[{\"b\":0,\"a\":[]},{\"a\":0,\"a\":[]}]}", 1, {{35, 36, 27}}},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(stops_when_the_sink_says_so)
{
    struct seen seen = {.stop_after = 2};
    CHECK(json_find_duplicates(base_bytes_of_string("{\"a\":1,\"a\":2,\"a\":3,\"a\":4}"), NULL, remember, &seen));
    CHECK_U64(seen.count, 2);
    CHECK_U64(seen.items[0].key_begin, 8);
    CHECK_U64(seen.items[1].key_begin, 14);
}

UNIT_TEST(finishing_tells_whether_all_keys_ascend)
{
    static const struct {
        const char *text;
        bool accepted;
        bool ascend;
    } rows[] = {
        {"1", true, true},
        {"{}", true, true},
        {"{\"a\":{\"z\":1},\"b\":[{\"y\":1},{\"x\":1}]}", true, true},
        {"{\"a\":1,\"a\":2}", true, false},
        {"{\"b\":1,\"a\":2}", true, false},
        {"{\"a\":[{\"b\":1,\"a\":2}],\"b\":3}", true, false},
        {"{\"a\":{\"z\":1},\"\\u0061\":2}", true, false},
        {"{\"a\":1,\"ab\":2,\"b\":3}", true, true},
        {"{\"a\":1,}", false, false},
        {"{\"b\":1,\"a\":2", false, false},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct json_tokenizer json;
        bool ascend;
        json_begin(&json, base_bytes_of_string(rows[i].text));
        CHECK_ROW(json_finish_keys(&json, &ascend), rows[i].accepted, rows[i].text);
        if (rows[i].accepted) {
            CHECK_ROW(ascend, rows[i].ascend, rows[i].text);
        }
    }
}

UNIT_TEST(takes_no_memory_when_all_keys_ascend)
{
    struct seen seen = {.count = 0};
    memory_fault_after(0);
    bool enough = json_find_duplicates(
        base_bytes_of_string("{\"a\":{\"x\":1,\"y\":[{\"a\":0},{\"a\":0}]},\"b\":{\"x\":1},\"c\":0}"), NULL, remember,
        &seen);
    CHECK_U64(memory_fault_off(), 0);
    CHECK(enough);
    CHECK_U64(seen.count, 0);
}

UNIT_TEST(reports_nothing_when_memory_runs_out)
{
    /* enough keys and duplicates that both lists have to grow */
    char text[16 * 400];
    size_t size = 1;
    text[0] = '{';
    for (int i = 0; i < 400; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "%s\"k%d\":0", i == 0 ? "" : ",", i / 2);
    }
    text[size++] = '}';
    bool enough = false;
    unsigned successes = 0;
    for (; !enough && successes < 100; successes++) {
        struct seen seen = {.count = 0};
        memory_fault_after(successes);
        enough = json_find_duplicates(base_bytes_make(text, size), NULL, remember, &seen);
        (void)memory_fault_off();
        CHECK_U64(seen.count, enough ? 200 : 0);
    }
    CHECK(enough && successes > 5);
}

/* Deterministic noise; which it is does not matter. */
static uint32_t scramble(uint32_t value)
{
    value = (value ^ (value >> 16)) * 0x7FEB352DU;
    value = (value ^ (value >> 15)) * 0x846CA68BU;
    return value ^ (value >> 16);
}

UNIT_TEST(a_million_keys_out_of_order)
{
    enum { KEYS = 1000000, ENTRY = 13 }; /* ,"xxxxxxxx":0 */
    char *text = malloc((size_t)KEYS * ENTRY + 1);
    REQUIRE(text != NULL);
    size_t size = 0;
    for (uint32_t i = 0; i < KEYS; i++) {
        /* The last key is the one of place 500,000 again; scrambling is a bijection, so no other repeats. */
        uint32_t key = scramble(i == KEYS - 1 ? 500001 : i + 1);
        text[size] = i == 0 ? '{' : ',';
        size += 1 + (size_t)snprintf(text + size + 1, ENTRY, "\"%08x\":0", key);
    }
    text[size++] = '}';
    struct seen seen = {.count = 0};
    CHECK(json_find_duplicates(base_bytes_make(text, size), NULL, remember, &seen));
    CHECK_U64(seen.count, 1);
    CHECK_U64(seen.items[0].key_begin, (size_t)(KEYS - 1) * ENTRY + 2);
    CHECK_U64(seen.items[0].key_end, (size_t)(KEYS - 1) * ENTRY + 10);
    CHECK_U64(seen.items[0].object_begin, 0);
    free(text);
}

UNIT_TEST(a_million_times_the_same_key)
{
    enum { KEYS = 1000000, ENTRY = 6 }; /* ,"a":0 */
    char *text = malloc((size_t)KEYS * ENTRY + 1);
    REQUIRE(text != NULL);
    size_t size = 0;
    for (size_t i = 0; i < KEYS; i++) {
        size += sample_append(text + size, i == 0 ? "{\"a\":0" : ",\"a\":0");
    }
    text[size++] = '}';
    struct seen seen = {.count = 0};
    CHECK(json_find_duplicates(base_bytes_make(text, size), NULL, remember, &seen));
    CHECK_U64(seen.count, KEYS - 1);
    CHECK_U64(seen.items[0].key_begin, 8);
    CHECK_U64(seen.items[MOST - 1].key_begin, 8 + (MOST - 1) * ENTRY);
    free(text);
}

UNIT_TEST(every_level_of_a_deep_document)
{
    char text[JSON_MAX_DEPTH * 16];
    size_t size = 0;
    for (unsigned i = 0; i < JSON_MAX_DEPTH; i++) {
        size += sample_append(text + size, "{\"m\":");
    }
    text[size++] = '0';
    size_t first = size + 2;
    for (unsigned i = 0; i < JSON_MAX_DEPTH; i++) {
        size += sample_append(text + size, ",\"m\":0}");
    }
    struct seen seen = {.count = 0};
    CHECK(json_find_duplicates(base_bytes_make(text, size), NULL, remember, &seen));
    CHECK_U64(seen.count, JSON_MAX_DEPTH);
    for (size_t i = 0; i < MOST; i++) {
        CHECK_U64(seen.items[i].key_begin, first + 7 * i);
        CHECK_U64(seen.items[i].object_begin, 5 * (JSON_MAX_DEPTH - 1 - i));
    }
}

UNIT_TEST(nothing_after_a_syntax_fault_is_seen)
{
    struct seen seen = {.count = 0};
    CHECK(json_find_duplicates(base_bytes_of_string("[{\"a\":1,\"a\":2},x,{\"b\":1,\"b\":2}]"), NULL, remember, &seen));
    CHECK_U64(seen.count, 1);
    CHECK_U64(seen.items[0].key_begin, 9);
}
