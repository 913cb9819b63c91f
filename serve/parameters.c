#include "serve/parameters.h"

#include "base/suggest.h"
#include "present/expected.h"
#include "serve/message.h"
#include "serve/method.h"
#include "service/table/assign.h"
#include "json/walk.h"

#include <string.h>

enum { MEMBERS_MOST = 64 }; /* of a request */

static const struct service_member own[] = {
    {.name = "workDoneToken",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "a string of at most 256 bytes, or an integer, that notifications of progress have"},
    {.name = "findings",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "send each finding as a notification, too",
     .storage = SERVICE_STORED_BOOLEAN,
     .size = sizeof(bool)},
};
const struct service_table serve_own_parameters = SERVICE_TABLE(own);

/* Reading the parameters of one request. */
struct reading {
    struct serve_job *job;
    struct base_bytes text;
    struct serve_problem *problem;
    enum seen { ABSENT, AS_NULL, WITH_VALUE } seen[MEMBERS_MOST];
    enum seen seen_own[sizeof own / sizeof own[0]];
};

void serve_problem_free(struct serve_problem *problem)
{
    base_text_free(&problem->message);
    base_text_free(&problem->parameter);
}

/* ---- What is wrong ---- */

static bool fail_memory(struct reading *reading)
{
    reading->problem->out_of_memory = true;
    return false;
}

static bool fail(struct reading *reading, const char *parameter, const char *is)
{
    base_text_add_string(&reading->problem->parameter, parameter);
    base_text_addf(&reading->problem->message, "the parameter \"%s\" %s", parameter, is);
    return false;
}

static const char *expected_of(const struct service_member *member)
{
    if (member->kind == SERVICE_KIND_BOOLEAN) {
        return "true or false";
    }
    if (member->kind == SERVICE_KIND_LIST) {
        return member->required ? "a list of at least one string, of at most 16384, without U+0000"
                                : "a list of strings, of at most 16384, without U+0000";
    }
    return member->not_empty ? "a string that is not empty, without U+0000" : "a string without U+0000";
}

static bool fail_value(struct reading *reading, const struct service_member *member)
{
    struct base_text expected = BASE_TEXT_EMPTY;
    base_text_add_string(&expected, "has a wrong value; expected ");
    if (member->kind == SERVICE_KIND_BOOLEAN || !present_expected_add(&expected, member)) {
        base_text_add_string(&expected, expected_of(member));
    }
    (void)fail(reading, service_member_called(member), base_text_string(&expected));
    base_text_release(&expected, &reading->problem->out_of_memory);
    return false;
}

static bool fail_unknown(struct reading *reading, struct json_token key)
{
    const struct service_table *request = reading->job->operation->request;
    const char *names[MEMBERS_MOST];
    uint8_t bytes[SERVE_NAME_MOST];
    struct base_bytes name = serve_name_read(reading->text, key, bytes);
    size_t count = 0;
    for (size_t i = 0; i < request->count; i++) {
        names[count++] = service_member_called(&request->members[i]);
    }
    const char *meant = base_suggest(name, names, count);
    struct serve_problem *problem = reading->problem;
    base_text_add_printable(&problem->parameter, name, 200);
    serve_method_add(&problem->message, reading->job->operation);
    base_text_add_string(&problem->message, " has no parameter ");
    base_text_add_quoted(&problem->message, name, 200);
    if (meant != NULL) {
        base_text_addf(&problem->message, "; did you mean \"%s\"?", meant);
    }
    return false;
}

/* ---- Values ---- */

/* The value of a string. NULL: it is not one, or has U+0000. */
static const char *read_string(struct serve_job *job, struct base_bytes text, struct json_token value)
{
    if (value.kind != JSON_STRING) {
        return NULL;
    }
    struct base_bytes span = json_span(text, value);
    size_t size = json_unescape(span, NULL, 0);
    char *string = serve_job_string(job, size);
    if (string == NULL) {
        return NULL;
    }
    (void)json_unescape(span, (uint8_t *)string, size);
    return strlen(string) == size ? string : NULL;
}

static bool read_list(struct reading *reading, const struct service_member *member, struct json_token value)
{
    size_t count = value.kind == JSON_ARRAY_BEGIN ? json_count_elements(reading->text, value, NULL) : 0;
    if (value.kind != JSON_ARRAY_BEGIN || count > SERVE_LIST_MOST || (member->required && count == 0)) {
        return fail_value(reading, member);
    }
    const char **items = serve_job_list(reading->job, count);
    if (items == NULL) {
        return fail_memory(reading);
    }
    struct json_walk walk;
    struct json_token element;
    size_t at = 0;
    json_walk_begin_inside(&walk, reading->text, value);
    while (at < count && json_walk_element(&walk, &element)) {
        items[at] = read_string(reading->job, reading->text, element);
        if (items[at++] == NULL) {
            return fail_value(reading, member);
        }
    }
    const struct service_strings strings = {.items = items, .count = at};
    return service_member_set_strings(member, &reading->job->request, strings);
}

static bool read_number(const struct reading *reading, const struct service_member *member, struct json_token value)
{
    uint64_t number;
    return value.kind == JSON_NUMBER && value.integral && json_token_unsigned(reading->text, value, &number) &&
           service_member_set_count(member, &reading->job->request, number);
}

static bool read_value(struct reading *reading, const struct service_member *member, struct json_token value)
{
    union service_request *request = &reading->job->request;
    if (member->kind == SERVICE_KIND_LIST) {
        return read_list(reading, member, value);
    }
    if (member->kind == SERVICE_KIND_BOOLEAN) {
        return ((value.kind == JSON_TRUE || value.kind == JSON_FALSE) &&
                service_member_set_boolean(member, request, value.kind == JSON_TRUE)) ||
               fail_value(reading, member);
    }
    if (member->kind == SERVICE_KIND_COUNT || member->kind == SERVICE_KIND_SIZE) {
        return read_number(reading, member, value) || fail_value(reading, member);
    }
    const char *string = read_string(reading->job, reading->text, value);
    return (string != NULL && service_member_set_string(member, request, string)) || fail_value(reading, member);
}

/* A parameter that every method has. */
static bool read_own(struct reading *reading, size_t index, struct json_token value)
{
    struct serve_job *job = reading->job;
    if (own[index].kind == SERVICE_KIND_BOOLEAN) {
        job->findings = value.kind == JSON_TRUE;
        return value.kind == JSON_TRUE || value.kind == JSON_FALSE || fail_value(reading, &own[index]);
    }
    return serve_id_read(reading->text, value, SERVE_TOKEN_MOST, &job->token) ||
           fail(reading, own[index].name, "has a wrong value; expected a string of at most 256 bytes or an integer");
}

/* ---- Members ---- */

/* The index of the member with that name; table->count: there is none. */
static size_t find(const struct service_table *table, struct base_bytes name)
{
    size_t i = 0;
    while (i < table->count && !json_equals(name, service_member_called(&table->members[i]))) {
        i++;
    }
    return i;
}

static bool read_member(struct reading *reading, struct json_token key, struct json_token value)
{
    const struct service_table *request = reading->job->operation->request;
    struct base_bytes name = json_span(reading->text, key);
    size_t index = find(request, name);
    size_t own_index = find(&serve_own_parameters, name);
    bool is_own = index == request->count;
    if (is_own && own_index == serve_own_parameters.count) {
        return fail_unknown(reading, key);
    }
    enum seen *seen = is_own ? &reading->seen_own[own_index] : &reading->seen[index];
    if (*seen != ABSENT) {
        return fail(reading, is_own ? own[own_index].name : service_member_called(&request->members[index]),
                    "occurs twice");
    }
    *seen = value.kind == JSON_NULL ? AS_NULL : WITH_VALUE;
    if (value.kind == JSON_NULL) {
        return true;
    }
    return is_own ? read_own(reading, own_index, value) : read_value(reading, &request->members[index], value);
}

static bool check_required(struct reading *reading)
{
    const struct service_table *request = reading->job->operation->request;
    for (size_t i = 0; i < request->count; i++) {
        if (request->members[i].required && reading->seen[i] != WITH_VALUE) {
            return fail(reading, service_member_called(&request->members[i]), "is missing");
        }
    }
    return true;
}

bool serve_parameters_read(struct serve_job *job, struct base_bytes text, struct json_token params,
                           struct serve_problem *problem)
{
    struct reading reading = {.job = job, .text = text, .problem = problem};
    *problem = (struct serve_problem){.message = BASE_TEXT_EMPTY, .parameter = BASE_TEXT_EMPTY};
    bool good = true;
    if (params.kind == JSON_OBJECT_BEGIN) {
        struct json_walk walk;
        struct json_token key;
        struct json_token value;
        json_walk_begin_inside(&walk, text, params);
        while (good && json_walk_member(&walk, &key, &value)) {
            good = read_member(&reading, key, value);
        }
    }
    good = good && check_required(&reading);
    problem->out_of_memory = problem->out_of_memory || base_text_out_of_memory(&problem->message) ||
                             base_text_out_of_memory(&problem->parameter) || base_text_out_of_memory(&job->token);
    return good && !problem->out_of_memory;
}
