#include "workspace/declaration/tree.h"

#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "json/value.h"

#include <cjson/cJSON.h>
#include <pthread.h>

/* The pack's header and its companion put three levels around the tree: root, list and entry. */
enum { DEEPEST = JSON_MAX_DEPTH - 3 };

/* The tree library keeps numbers as double: only what survives that, and what canonical JSON can spell, goes in. */
static bool check_number(struct workspace_document *document, struct json_token number, const char *what)
{
    static const char expected[] = "an integer from -9007199254740991 to 9007199254740991";
    if (!number.integral) {
        struct base_text name = BASE_TEXT_EMPTY;
        base_text_addf(&name, "a number in %s", what);
        workspace_value_not_integral(document, DIAG_DECLARATION_VALUE, number, "an integer", base_text_string(&name));
        base_text_release(&name, &document->findings->out_of_memory);
        return false;
    }
    struct json_integer integer = json_integer(document->text, number);
    if (integer.huge || integer.magnitude > (uint64_t)WORKSPACE_INTEGER_MAX) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, number, expected,
                              "%s has an integer beyond 2^53-1, which no reader keeps exactly", what);
        return false;
    }
    if (integer.negative && integer.magnitude == 0) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, number, "0", "%s has -0, which the pack cannot carry",
                              what);
        return false;
    }
    return true;
}

static bool check_depth(struct workspace_document *document, size_t position, unsigned depth, const char *what)
{
    if (depth > DEEPEST) {
        workspace_document_fault(document, DIAG_DECLARATION_VALUE, position, "at most 124 levels", NULL,
                                 "%s is nested too deeply for the pack", what);
    }
    return depth <= DEEPEST;
}

static bool check_tree(struct workspace_document *document, struct json_token object, const char *what)
{
    bool fine = true;
    struct json_tokenizer json;
    json_begin(&json, json_span(document->text, object));
    for (;;) {
        struct json_token token = json_next(&json);
        if (token.kind == JSON_END || token.kind == JSON_ERROR) {
            return fine;
        }
        if (token.kind == JSON_NUMBER) {
            struct json_token number = token;
            number.begin += object.begin;
            number.end += object.begin;
            fine = check_number(document, number, what) && fine;
        } else if (token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN) {
            fine = check_depth(document, object.begin + token.begin, json.depth, what) && fine;
        }
    }
}

/* cJSON notes the place of an error in a variable that all threads share. */
static struct cJSON *parse(struct base_bytes text)
{
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    (void)pthread_mutex_lock(&one_at_a_time);
    struct cJSON *tree = cJSON_ParseWithLength((const char *)text.data, text.size);
    (void)pthread_mutex_unlock(&one_at_a_time);
    return tree;
}

struct cJSON *workspace_declaration_tree(struct workspace_document *document, struct json_token object,
                                         const char *what)
{
    if (!check_tree(document, object, what)) {
        return NULL;
    }
    /* The text was accepted by a stricter reader, so that NULL can only mean that memory ran out. */
    struct cJSON *tree = parse(json_span(document->text, object));
    if (tree == NULL) {
        base_report_out_of_memory(document->findings, NULL);
    }
    return tree;
}
