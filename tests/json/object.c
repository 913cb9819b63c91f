/* The object reader: a table against objects that fit it, that do not, and that are hostile. */
#include "json/object.h"
#include "base/text.h"
#include "tests/lib/sample.h"

#include <stddef.h>
#include <stdio.h>

struct target {
    int64_t id;
    bool flag;
    size_t elements;
};

/* What was reported, one word per fault: the fault's letter, the member's or key's name, and the place. */
struct log {
    struct base_bytes text;
    struct base_text faults;
};

static void visit_fault(void *context, const struct json_object_fault *found)
{
    static const char letters[] = {[JSON_FAULT_UNKNOWN] = 'u',
                                   [JSON_FAULT_REPEATED] = 'r',
                                   [JSON_FAULT_KIND] = 'k',
                                   [JSON_FAULT_MISSING] = 'm',
                                   [JSON_FAULT_VALUE] = 'v'};
    struct log *log = context;
    bool has_key =
        found->fault == JSON_FAULT_UNKNOWN || found->fault == JSON_FAULT_REPEATED || found->fault == JSON_FAULT_KIND;
    CHECK_U64(found->key.kind, has_key ? JSON_KEY : JSON_END);
    CHECK((found->member == NULL) == (found->fault == JSON_FAULT_UNKNOWN));
    CHECK((found->value.kind == JSON_END) == (found->fault == JSON_FAULT_MISSING));
    CHECK(found->object.kind == JSON_OBJECT_BEGIN);
    size_t at = found->fault == JSON_FAULT_MISSING ? found->object.begin : found->value.begin;
    base_text_addf(&log->faults, "%c:", letters[found->fault]);
    if (found->member != NULL) {
        base_text_add_string(&log->faults, found->member->name);
    } else {
        base_text_add(&log->faults, json_span(log->text, found->key));
    }
    base_text_addf(&log->faults, "@%zu ", at);
}

static bool read_id(void *context, struct json_token value, void *target)
{
    const struct log *log = context;
    int64_t *id = target;
    return json_token_integer(log->text, value, 1, 99, id);
}

static bool read_flag(void *context, struct json_token value, void *target)
{
    bool *flag = target;
    (void)context;
    *flag = value.kind == JSON_TRUE;
    return true;
}

static bool read_list(void *context, struct json_token value, void *target)
{
    const struct log *log = context;
    size_t *elements = target;
    *elements = json_count_elements(log->text, value, NULL);
    return *elements < 3;
}

enum member { FLAG, ID, LIST, MEMBERS };
static const struct json_member members[MEMBERS] = {
    [FLAG] = {"flag", "true or false", JSON_KIND_BOOLEAN, true, read_flag, offsetof(struct target, flag)},
    [ID] = {"id", "1 to 99", 0, true, read_id, offsetof(struct target, id)},
    [LIST] = {"list", "an array", JSON_KIND_ARRAY, false, read_list, offsetof(struct target, elements)},
};
static const struct json_table table = {members, MEMBERS, visit_fault};

static void check_object(const char *string, const char *faults, struct target expected)
{
    struct log log = {.text = sample_copy(base_bytes_of_string(string)), .faults = BASE_TEXT_EMPTY};
    struct json_token values[MEMBERS];
    struct target target = {.id = -1};
    struct json_token root = json_root(log.text, NULL);
    REQUIRE(root.kind == JSON_OBJECT_BEGIN);
    bool fits = json_object_read(NULL, log.text, root, &table, values, &target, &log);
    bool wrong = strstr(faults, "k:") != NULL || strstr(faults, "m:") != NULL || strstr(faults, "v:") != NULL;
    CHECK_ROW(fits, !wrong, string);
    CHECK_STRING(base_text_string(&log.faults), faults);
    CHECK_ROW(target.id, expected.id, string);
    CHECK_ROW(target.flag, expected.flag, string);
    CHECK_ROW(target.elements, expected.elements, string);
    base_text_free(&log.faults);
    sample_free(log.text);
}

UNIT_TEST(members_are_read_into_the_target)
{
    check_object("{\"flag\":true,\"id\":7,\"list\":[1,[2]]}", "", (struct target){7, true, 2});
    check_object("{\"list\":[],\"id\":99,\"flag\":false}", "", (struct target){99, false, 0});
    check_object(" { \"id\" : 1 , \"flag\" : true } ", "", (struct target){1, true, 0});
    check_object("{\"\\u0069d\":5,\"fl\\u0061g\":true}", "", (struct target){5, true, 0});
}

UNIT_TEST(missing_members_are_reported_in_the_order_of_the_table)
{
    check_object("{}", "m:flag@0 m:id@0 ", (struct target){-1, false, 0});
    check_object("  {\"list\":[1]}", "m:flag@2 m:id@2 ", (struct target){-1, false, 1});
    /* A value of a wrong kind is not missing too. */
    check_object("{\"flag\":0}", "k:flag@8 m:id@0 ", (struct target){-1, false, 0});
}

UNIT_TEST(unknown_repeated_and_wrong_kinds_are_reported_in_the_order_of_the_text)
{
    check_object("{\"z\":1,\"id\":2,\"id\":3,\"flag\":\"x\",\"a\":[{}],\"list\":{}}",
                 "u:z@5 r:id@19 k:flag@29 u:a@36 k:list@48 ", (struct target){2, false, 0});
}

UNIT_TEST(the_first_of_a_repeated_member_counts_whatever_it_is)
{
    check_object("{\"flag\":true,\"id\":1,\"id\":2}", "r:id@25 ", (struct target){1, true, 0});
    check_object("{\"flag\":1,\"flag\":true,\"id\":1}", "k:flag@8 r:flag@17 ", (struct target){1, false, 0});
    check_object("{\"flag\":true,\"id\":1,\"\\u0069\\u0064\":2}", "r:id@35 ", (struct target){1, true, 0});
}

UNIT_TEST(values_that_cannot_be_read_are_reported_in_the_order_of_the_table)
{
    check_object("{\"list\":[1,2,3],\"id\":100,\"flag\":true}", "v:id@21 v:list@8 ", (struct target){-1, true, 3});
    check_object("{\"id\":1.0,\"flag\":true}", "v:id@6 ", (struct target){-1, true, 0});
    check_object("{\"id\":\"\",\"flag\":true}", "v:id@7 ", (struct target){-1, true, 0});
}

UNIT_TEST(similar_names_are_unknown)
{
    check_object("{\"flag\":true,\"id\":1,\"\":0,\"i\":0,\"idd\":0,\"ID\":0,\"id\\u0000\":0}",
                 "u:@23 u:i@29 u:idd@37 u:ID@44 u:id\\u0000@57 ", (struct target){1, true, 0});
}

UNIT_TEST(an_object_inside_a_text_keeps_positions_of_the_text)
{
    struct log log = {.text = base_bytes_of_string("[[0],{\"id\":3,\"flag\":true,\"x\":1}]"),
                      .faults = BASE_TEXT_EMPTY};
    struct json_walk walk;
    struct json_token element;
    struct json_token values[MEMBERS];
    json_walk_begin_inside(&walk, log.text, json_root(log.text, NULL));
    REQUIRE(json_walk_element(&walk, &element) && json_walk_element(&walk, &element));
    CHECK_U64(element.begin, 5);
    CHECK(json_object_read(NULL, log.text, element, &table, values, &(struct target){.id = 0}, &log));
    CHECK_STRING(base_text_string(&log.faults), "u:x@29 ");
    CHECK_U64(values[ID].begin, 11);
    CHECK_U64(values[LIST].kind, JSON_END);
    CHECK(!json_walk_element(&walk, &element));
    base_text_free(&log.faults);
}

/* Finds the members of the first object of a text that need not be JSON. */
static bool find_in(const char *string, struct json_token values[MEMBERS], size_t *behind)
{
    static const struct json_table quiet = {members, MEMBERS, NULL};
    struct base_bytes text = sample_copy(base_bytes_of_string(string));
    struct json_walk walk;
    json_walk_begin(&walk, text, 0, text.size);
    struct json_token object = json_walk_next(&walk);
    REQUIRE(object.kind == JSON_OBJECT_BEGIN);
    bool fits = json_object_find(&walk, object, &quiet, values, NULL);
    *behind = walk.json.at;
    sample_free(text);
    return fits;
}

UNIT_TEST(the_walk_goes_on_after_the_object)
{
    struct json_token values[MEMBERS];
    size_t behind;
    CHECK(find_in("{\"flag\":true,\"id\":[{}]} ", values, &behind));
    CHECK_U64(behind, 23);
    CHECK_U64(values[ID].kind, JSON_ARRAY_BEGIN);
    CHECK_U64(values[ID].end, 22);
    CHECK(!find_in("{\"flag\":true}", values, &behind));
    CHECK_U64(behind, 13);
}

UNIT_TEST(a_text_that_stops_being_json_yields_what_came_before)
{
    static const struct {
        const char *text;
        bool has_flag;
        bool has_id;
    } rows[] = {
        {"{", false, false},
        {"{\"flag\"", false, false},
        {"{\"flag\":", false, false},
        {"{\"flag\":tru", false, false},
        {"{\"flag\":true", true, false},
        {"{\"flag\":true,", true, false},
        {"{\"flag\":true,}", true, false},
        {"{\"flag\":true,\"id\":[", true, false},
        {"{\"flag\":true,\"id\":[1}", true, false},
        {"{\"flag\":true,\"id\":{\"id\":1}", true, true},
        {"{\"flag\":true,\"id\":1]", true, true},
        {"{\"flag\":true,\"id\":1 \"list\":[]}", true, true},
        {"{\"flag\":true,\"id\":1,\"\xff\":2}", true, true},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct json_token values[MEMBERS];
        size_t behind;
        CHECK_ROW(find_in(rows[i].text, values, &behind), false, rows[i].text);
        CHECK_ROW(values[FLAG].kind == JSON_TRUE, rows[i].has_flag, rows[i].text);
        CHECK_ROW(values[ID].kind != JSON_END, rows[i].has_id, rows[i].text);
        CHECK_ROW(values[LIST].kind, JSON_END, rows[i].text);
    }
}

UNIT_TEST(depth_and_repetition_cost_no_stack)
{
    enum { DEEP = JSON_MAX_DEPTH - 1, MANY = 10000 };
    struct log log = {.faults = BASE_TEXT_EMPTY};
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_token values[MEMBERS];
    base_text_add_string(&text, "{\"flag\":true");
    for (unsigned i = 0; i < MANY; i++) {
        base_text_add_string(&text, ",\"id\":1");
    }
    base_text_add_string(&text, ",\"list\":");
    for (unsigned i = 0; i < DEEP; i++) {
        base_text_add_char(&text, '[');
    }
    for (unsigned i = 0; i < DEEP; i++) {
        base_text_add_char(&text, ']');
    }
    base_text_add_char(&text, '}');
    log.text = base_text_bytes(&text);
    struct target target = {.id = 0};
    CHECK(json_object_read(NULL, log.text, json_root(log.text, NULL), &table, values, &target, &log));
    CHECK(strncmp(base_text_string(&log.faults), "r:id@25 r:id@32 ", 16) == 0);
    CHECK_U64(target.id, 1);
    CHECK_U64(target.elements, 1);
    base_text_free(&log.faults);
    base_text_free(&text);
}

UNIT_TEST(one_member_is_found_by_name)
{
    struct base_bytes text = base_bytes_of_string("{\"a\":{\"b\":1},\"\\u0062\":[2],\"b\":3,\"c\":\"x\"}");
    struct json_token root = json_root(text, NULL);
    struct json_token b = json_object_member(text, root, "b");
    CHECK_U64(b.kind, JSON_ARRAY_BEGIN);
    CHECK_U64(b.begin, 22);
    CHECK_U64(b.end, 25);
    CHECK_U64(json_object_member(text, json_object_member(text, root, "a"), "b").begin, 10);
    CHECK_U64(json_object_member(text, root, "d").kind, JSON_END);
    CHECK_U64(json_object_member(text, b, "b").kind, JSON_END);
}
