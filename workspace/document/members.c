/* Objects against the list of members that they may have. */
#include "base/suggest.h"
#include "workspace/document/problem.h"
#include "workspace/document/value.h"
#include "json/value.h"

enum { SHOWN_KEY = 60, MOST_MEMBERS = 16 };

const char *workspace_value_type_text(enum workspace_value_type type)
{
    static const char *const texts[] = {
        [WORKSPACE_TYPE_STRING] = "a string",       [WORKSPACE_TYPE_INTEGER] = "an integer",
        [WORKSPACE_TYPE_BOOLEAN] = "true or false", [WORKSPACE_TYPE_ARRAY] = "an array",
        [WORKSPACE_TYPE_OBJECT] = "an object",
    };
    return texts[type];
}

static bool has_type(struct workspace_value value, enum workspace_value_type type)
{
    switch (type) {
    case WORKSPACE_TYPE_STRING:
        return value.kind == JSON_STRING;
    case WORKSPACE_TYPE_INTEGER:
        return value.kind == JSON_NUMBER;
    case WORKSPACE_TYPE_BOOLEAN:
        return value.kind == JSON_TRUE || value.kind == JSON_FALSE;
    case WORKSPACE_TYPE_ARRAY:
        return value.kind == JSON_ARRAY_BEGIN;
    case WORKSPACE_TYPE_OBJECT:
        return value.kind == JSON_OBJECT_BEGIN;
    }
    return false;
}

bool workspace_value_require(struct workspace_document *document, struct workspace_value value,
                             enum workspace_value_type type, const char *what)
{
    if (has_type(value, type)) {
        return true;
    }
    const char *text = workspace_value_type_text(type);
    workspace_value_fault(document, document->kind->shape, value, text, "%s must be %s", what, text);
    return false;
}

static size_t find(struct base_bytes key, const struct workspace_member *members, size_t count)
{
    size_t i = 0;
    while (i < count && !json_equals(key, members[i].name)) {
        i++;
    }
    return i;
}

static void refuse_unknown(struct workspace_document *document, struct workspace_value key, const char *what,
                           const struct workspace_member *members, size_t count)
{
    struct base_bytes span = workspace_value_span(document, key);
    struct base_text shown = BASE_TEXT_EMPTY;
    struct base_text list = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, span, SHOWN_KEY);
    const char *names[MOST_MEMBERS];
    for (size_t i = 0; i < count; i++) {
        names[i] = members[i].name;
        base_text_addf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    const char *meant = base_suggest(span, names, count);
    if (meant != NULL) {
        workspace_document_fault(document, document->kind->shape, key.begin, meant, base_text_string(&shown),
                                 "\"%s\" is no member of %s; did you mean \"%s\"?", base_text_string(&shown), what,
                                 meant);
    } else {
        workspace_document_fault(document, document->kind->shape, key.begin, base_text_string(&list),
                                 base_text_string(&shown), "\"%s\" is no member of %s", base_text_string(&shown), what);
    }
    base_text_release(&list, &document->findings->out_of_memory);
    base_text_release(&shown, &document->findings->out_of_memory);
}

static bool report_missing(struct workspace_document *document, struct workspace_value object, const char *what,
                           const struct workspace_member *members, size_t count, const bool *seen)
{
    bool complete = true;
    for (size_t i = 0; i < count; i++) {
        if (members[i].needed && !seen[i]) {
            workspace_document_fault(document, document->kind->shape, object.begin,
                                     workspace_value_type_text(members[i].type), NULL, "%s lacks \"%s\"", what,
                                     members[i].name);
            complete = false;
        }
    }
    return complete;
}

bool workspace_value_members(struct workspace_document *document, struct workspace_value object, const char *what,
                             const struct workspace_member *members, size_t count, struct workspace_value *values)
{
    bool seen[MOST_MEMBERS] = {false};
    for (size_t i = 0; i < count; i++) {
        values[i] = (struct workspace_value){.kind = JSON_END};
    }
    if (count > MOST_MEMBERS || !workspace_value_require(document, object, WORKSPACE_TYPE_OBJECT, what)) {
        return false;
    }
    bool fine = true;
    struct workspace_walk walk = workspace_walk_begin(document, object);
    struct workspace_value key;
    struct workspace_value value;
    while (workspace_walk_member(&walk, &key, &value)) {
        size_t i = find(workspace_value_span(document, key), members, count);
        if (i == count) {
            refuse_unknown(document, key, what, members, count);
            fine = false;
            continue;
        }
        seen[i] = true;
        if (workspace_value_require(document, value, members[i].type, members[i].name)) {
            values[i] = value;
        } else {
            fine = false;
        }
    }
    return report_missing(document, object, what, members, count, seen) && fine;
}
