/* Objects against the list of members that they may have. */
#include "base/suggest.h"
#include "workspace/document/problem.h"
#include "workspace/document/value.h"
#include "json/value.h"

enum { SHOWN_KEY = 60 };

const char *workspace_kinds_text(unsigned kinds)
{
    switch (kinds) {
    case JSON_KIND_STRING:
        return "a string";
    case JSON_KIND_NUMBER:
        return "an integer";
    case JSON_KIND_BOOLEAN:
        return "true or false";
    case JSON_KIND_ARRAY:
        return "an array";
    case JSON_KIND_STRING | JSON_KIND_OBJECT:
        return "a string or an object";
    default:
        return "an object";
    }
}

/* What to do about a value of another kind, where the same text may be right without quotes or with them. Static, or
 * NULL. */
static const char *remedy_of_kind(struct json_token value, unsigned kinds)
{
    if (value.kind == JSON_STRING && kinds == JSON_KIND_NUMBER) {
        return "Write the number without quotes.";
    }
    if (value.kind == JSON_STRING && kinds == JSON_KIND_BOOLEAN) {
        return "Write true or false without quotes.";
    }
    if (value.kind == JSON_STRING && kinds == JSON_KIND_ARRAY) {
        return "Write it between brackets, as [\"NAME\"].";
    }
    return value.kind == JSON_NUMBER && kinds == JSON_KIND_STRING ? "Write it between double quotes." : NULL;
}

static void refuse_kind(struct workspace_document *document, struct json_token value, unsigned kinds, const char *what)
{
    document->remedy = document->remedy != NULL ? document->remedy : remedy_of_kind(value, kinds);
    workspace_value_fault(document, document->kind->shape, value, workspace_kinds_text(kinds), "%s has another type",
                          what);
}

bool workspace_value_require(struct workspace_document *document, struct json_token value, unsigned kinds,
                             const char *what)
{
    if ((kinds >> value.kind & 1U) != 0) {
        return true;
    }
    refuse_kind(document, value, kinds, what);
    return false;
}

static void refuse_unknown(struct workspace_document *document, struct json_token key, const char *what,
                           const struct json_member *members, size_t count)
{
    struct base_bytes span = json_span(document->text, key);
    struct base_text shown = BASE_TEXT_EMPTY;
    struct base_text list = BASE_TEXT_EMPTY;
    struct base_text remedy = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, span, SHOWN_KEY);
    const char *names[WORKSPACE_MEMBERS_MAX];
    for (size_t i = 0; i < count; i++) {
        names[i] = members[i].name;
        base_text_addf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    const char *meant = base_suggest(span, names, count);
    base_text_addf(&remedy, "Write \"%s\" if that is meant, or remove the member.", meant != NULL ? meant : "");
    document->remedy = meant != NULL ? base_text_string(&remedy) : "Remove the member.";
    workspace_document_fault(document, document->kind->shape, key.begin,
                             meant != NULL ? meant : base_text_string(&list), base_text_string(&shown),
                             "\"%s\" is not a member of %s", base_text_string(&shown), what);
    base_text_release(&remedy, &document->findings->out_of_memory);
    base_text_release(&list, &document->findings->out_of_memory);
    base_text_release(&shown, &document->findings->out_of_memory);
}

/* One object while its members are sorted. */
struct object {
    struct workspace_document *document;
    const char *what;
    const struct json_table *table;
    bool fine;
};

static void visit_fault(void *context, const struct json_object_fault *found)
{
    struct object *object = context;
    struct workspace_document *document = object->document;
    struct base_text remedy = BASE_TEXT_EMPTY;
    object->fine = false;
    switch (found->fault) {
    case JSON_FAULT_UNKNOWN:
        refuse_unknown(document, found->key, object->what, object->table->members, object->table->count);
        break;
    case JSON_FAULT_KIND:
        refuse_kind(document, found->value, found->member->kinds, found->member->name);
        break;
    case JSON_FAULT_MISSING:
        base_text_addf(&remedy, "Add the member \"%s\".", found->member->name);
        document->remedy = base_text_string(&remedy);
        workspace_document_fault(document, document->kind->shape, found->object.begin,
                                 workspace_kinds_text(found->member->kinds), NULL, "%s lacks \"%s\"", object->what,
                                 found->member->name);
        break;
    case JSON_FAULT_REPEATED: /* workspace_document_begin has refused such a document */
    case JSON_FAULT_VALUE:
        break;
    }
    base_text_release(&remedy, &document->findings->out_of_memory);
}

bool workspace_value_members(struct workspace_document *document, struct json_token object, const char *what,
                             const struct workspace_table *wanted, struct json_token *values)
{
    struct json_member members[WORKSPACE_MEMBERS_MAX] = {{.name = NULL}};
    const struct json_table table = {members, wanted->count, visit_fault};
    struct object sorted = {
        .document = document, .what = what != NULL ? what : wanted->what, .table = &table, .fine = true};
    for (size_t i = 0; i < wanted->count; i++) {
        values[i] = (struct json_token){.kind = JSON_END};
        members[i].name = wanted->members[i].name;
        members[i].kinds = wanted->members[i].kinds;
        members[i].required = wanted->members[i].required;
    }
    if (!workspace_value_require(document, object, JSON_KIND_OBJECT, sorted.what)) {
        return false;
    }
    json_locator_mark(&document->locator, object.begin);
    (void)json_object_read(document->task, document->text, object, &table, values, NULL, &sorted);
    return sorted.fine;
}
