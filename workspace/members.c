/* Objects against the list of members that they may have. */
#include "workspace/problem.h"
#include "workspace/suggest.h"
#include "workspace/value.h"

enum { SHOWN_KEY = 60, MOST_MEMBERS = 16 };

const char *pp_value_type_text(enum pp_value_type type)
{
    static const char *const texts[] = {
        [PP_TYPE_STRING] = "a string", [PP_TYPE_INTEGER] = "an integer", [PP_TYPE_BOOLEAN] = "true or false",
        [PP_TYPE_ARRAY] = "an array",  [PP_TYPE_OBJECT] = "an object",
    };
    return texts[type];
}

static bool has_type(struct pp_value value, enum pp_value_type type)
{
    switch (type) {
    case PP_TYPE_STRING:
        return value.kind == PP_JSON_STRING;
    case PP_TYPE_INTEGER:
        return value.kind == PP_JSON_NUMBER;
    case PP_TYPE_BOOLEAN:
        return value.kind == PP_JSON_TRUE || value.kind == PP_JSON_FALSE;
    case PP_TYPE_ARRAY:
        return value.kind == PP_JSON_ARRAY_BEGIN;
    case PP_TYPE_OBJECT:
        return value.kind == PP_JSON_OBJECT_BEGIN;
    }
    return false;
}

bool pp_value_need(struct pp_document *document, struct pp_value value, enum pp_value_type type, const char *what)
{
    if (has_type(value, type)) {
        return true;
    }
    const char *text = pp_value_type_text(type);
    pp_value_fault(document, document->kind->shape, value, text, "%s must be %s", what, text);
    return false;
}

static size_t find(struct pp_bytes key, const struct pp_member *members, size_t count)
{
    size_t i = 0;
    while (i < count && !pp_json_is(key, members[i].name)) {
        i++;
    }
    return i;
}

static void refuse_unknown(struct pp_document *document, struct pp_value key, const char *what,
                           const struct pp_member *members, size_t count)
{
    struct pp_bytes span = pp_value_span(document, key);
    struct pp_text shown = PP_TEXT_EMPTY;
    struct pp_text list = PP_TEXT_EMPTY;
    pp_text_add_printable(&shown, span, SHOWN_KEY);
    const char *names[MOST_MEMBERS];
    for (size_t i = 0; i < count; i++) {
        names[i] = members[i].name;
        pp_text_addf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    const char *meant = pp_closest(span, names, count);
    if (meant != NULL) {
        pp_document_fault(document, document->kind->shape, key.begin, meant, pp_text_string(&shown),
                          "\"%s\" is no member of %s; did you mean \"%s\"?", pp_text_string(&shown), what, meant);
    } else {
        pp_document_fault(document, document->kind->shape, key.begin, pp_text_string(&list), pp_text_string(&shown),
                          "\"%s\" is no member of %s", pp_text_string(&shown), what);
    }
    pp_text_done(document->findings, &list);
    pp_text_done(document->findings, &shown);
}

static bool report_missing(struct pp_document *document, struct pp_value object, const char *what,
                           const struct pp_member *members, size_t count, const bool *seen)
{
    bool complete = true;
    for (size_t i = 0; i < count; i++) {
        if (members[i].needed && !seen[i]) {
            pp_document_fault(document, document->kind->shape, object.begin, pp_value_type_text(members[i].type), NULL,
                              "%s lacks \"%s\"", what, members[i].name);
            complete = false;
        }
    }
    return complete;
}

bool pp_value_members(struct pp_document *document, struct pp_value object, const char *what,
                      const struct pp_member *members, size_t count, struct pp_value *values)
{
    bool seen[MOST_MEMBERS] = {false};
    for (size_t i = 0; i < count; i++) {
        values[i] = (struct pp_value){.kind = PP_JSON_END};
    }
    if (count > MOST_MEMBERS || !pp_value_need(document, object, PP_TYPE_OBJECT, what)) {
        return false;
    }
    bool fine = true;
    struct pp_walk walk = pp_walk_begin(document, object);
    struct pp_value key;
    struct pp_value value;
    while (pp_walk_member(&walk, &key, &value)) {
        size_t i = find(pp_value_span(document, key), members, count);
        if (i == count) {
            refuse_unknown(document, key, what, members, count);
            fine = false;
            continue;
        }
        seen[i] = true;
        if (pp_value_need(document, value, members[i].type, members[i].name)) {
            values[i] = value;
        } else {
            fine = false;
        }
    }
    return report_missing(document, object, what, members, count, seen) && fine;
}
