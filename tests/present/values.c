/* Values as JSON by the members that describe them: nested records, lists in objects, and what is not there. */
#include "present/json_value.h"
#include "service/table/assign.h"
#include "tests/lib/sample.h"

#include <stdlib.h>

struct part {
    bool known;
    uint32_t size;
};

struct whole {
    bool wanted;
    const char *name;
    char code[4];
    int64_t level;
    unsigned kind;
    struct part part;
    struct part *parts;
    size_t part_count;
};

static const char *const kinds[] = {"small", "large", NULL};

static const void *rows_of_parts(const void *record, size_t *at, union service_row *space)
{
    const struct whole *whole = record;
    (void)space;
    return *at < whole->part_count ? &whole->parts[(*at)++] : NULL;
}

static const struct service_member part_members[] = {
    {.name = "size", .kind = SERVICE_KIND_COUNT, SERVICE_AT(struct part, size), SERVICE_IF(struct part, known)},
};
static const struct service_table part_table = SERVICE_TABLE(part_members);
static const struct service_member part_row = {.kind = SERVICE_KIND_OBJECT, .table = &part_table};

static const struct service_member whole_members[] = {
    {.name = "wanted", .kind = SERVICE_KIND_BOOLEAN, SERVICE_AT(struct whole, wanted)},
    {.name = "name", .kind = SERVICE_KIND_STRING, .nullable = true, SERVICE_AT(struct whole, name)},
    {.name = "code", .kind = SERVICE_KIND_STRING, SERVICE_IN_PLACE(struct whole, code)},
    {.name = "level", .kind = SERVICE_KIND_INTEGER, SERVICE_AT(struct whole, level)},
    {.name = "kind", .kind = SERVICE_KIND_STRING, .words = kinds, .is_word = true, SERVICE_AT(struct whole, kind)},
    {.name = "part", .kind = SERVICE_KIND_OBJECT, .table = &part_table, SERVICE_AT(struct whole, part)},
    {.name = "maybe",
     .kind = SERVICE_KIND_OBJECT,
     .table = &part_table,
     SERVICE_AT(struct whole, part),
     SERVICE_IF(struct whole, wanted)},
    {.name = "large", .kind = SERVICE_KIND_INTEGER, .when = "kind", .is = "large", SERVICE_AT(struct whole, level)},
    {.name = "parts", .kind = SERVICE_KIND_LIST, .row = &part_row, .rows = rows_of_parts},
    {.name = "wanted parts",
     .kind = SERVICE_KIND_MEMBERS,
     .when = "wanted",
     .table = &part_table,
     SERVICE_AT(struct whole, part)},
};
static const struct service_table whole_table = SERVICE_TABLE(whole_members);
static const struct service_member whole_value = {.kind = SERVICE_KIND_OBJECT, .table = &whole_table};

static void check_json(const struct whole *whole, const char *expected)
{
    bool out_of_memory = false;
    const struct present_output output = {.out_of_memory = &out_of_memory};
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_json_value(&emit, &output, &whole_value, whole);
    CHECK_STRING(base_text_string(&text), expected);
    base_text_free(&text);
}

UNIT_TEST(values_of_every_kind)
{
    struct part parts[] = {{.known = true, .size = UINT32_MAX}, {.known = false}};
    const struct whole whole = {
        .wanted = true,
        .name = "n",
        .code = "abc",
        .level = INT64_MIN,
        .kind = 1,
        .part = {.known = true, .size = 7},
        .parts = parts,
        .part_count = 2,
    };
    check_json(&whole, "{\"wanted\":true,\"name\":\"n\",\"code\":\"abc\",\"level\":-9223372036854775808,"
                       "\"kind\":\"large\",\"part\":{\"size\":7},\"maybe\":{\"size\":7},"
                       "\"large\":-9223372036854775808,\"parts\":[{\"size\":4294967295},{\"size\":null}],"
                       "\"size\":7}");
}

UNIT_TEST(what_is_not_there)
{
    const struct whole whole = {.code = "a"};
    check_json(&whole, "{\"wanted\":false,\"name\":null,\"code\":\"a\",\"level\":0,\"kind\":\"small\","
                       "\"part\":{\"size\":null},\"maybe\":null,\"parts\":[]}");
}

UNIT_TEST(values_outside_the_table_are_not_taken)
{
    static const unsigned choices[] = {8, 16, 0};
    static const struct service_member limited = {.kind = SERVICE_KIND_COUNT,
                                                  .least = 2,
                                                  .most = 5,
                                                  SERVICE_AT(struct part, size),
                                                  SERVICE_IF(struct part, known)};
    static const struct service_member chosen = {
        .kind = SERVICE_KIND_COUNT, .choices = choices, SERVICE_AT(struct part, size)};
    static const struct service_member filled = {
        .kind = SERVICE_KIND_STRING, .not_empty = true, SERVICE_AT(struct whole, name)};
    struct part part = {.known = false};
    struct whole whole = {.name = "before"};
    CHECK(!service_member_set_count(&limited, &part, 1));
    CHECK(!service_member_set_count(&limited, &part, 6));
    CHECK(!part.known && part.size == 0);
    CHECK(service_member_set_count(&limited, &part, 5));
    CHECK(part.known && part.size == 5);
    CHECK(!service_member_set_count(&chosen, &part, 9));
    CHECK(!service_member_set_count(&chosen, &part, (uint64_t)UINT32_MAX + 9));
    CHECK(part.size == 5);
    CHECK(service_member_set_count(&chosen, &part, 16));
    CHECK(!service_member_set_string(&filled, &whole, ""));
    CHECK_STRING(whole.name, "before");
    CHECK(!service_member_set_boolean(&filled, &whole, true));
}
