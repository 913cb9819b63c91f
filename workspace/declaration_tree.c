/* Trees that a declaration hands on: output.metadata and output.pipeline. */
#include "workspace/declaration.h"
#include "workspace/problem.h"

#include <cjson/cJSON.h>

#define LARGEST_EXACT UINT64_C(9007199254740991) /* 2^53-1 */

/* Root, list and entry stand around the tree in the pack's header and in its companion. */
enum { DEEPEST = PP_JSON_MAX_DEPTH - 3 };

/* The tree library keeps numbers as double: only what survives that, and what canonical JSON can spell, goes in. */
static bool check_number(struct pp_document *document, struct pp_value number, const char *what)
{
    static const char expected[] = "an integer from -9007199254740991 to 9007199254740991";
    struct pp_bytes span = pp_value_span(document, number);
    if (!number.integral) {
        pp_value_fault(document, PP_DECLARATION_VALUE, number, expected,
                       "%s may not have a number with a fraction or an exponent", what);
        return false;
    }
    struct pp_json_token token = {.kind = PP_JSON_NUMBER, .begin = number.begin, .end = number.end, .integral = true};
    struct pp_json_integer integer = pp_json_integer(document->text, token);
    if (integer.huge || integer.magnitude > LARGEST_EXACT) {
        pp_value_fault(document, PP_DECLARATION_VALUE, number, expected,
                       "%s has an integer beyond 2^53-1, which no reader keeps exactly", what);
        return false;
    }
    if (span.data[0] == '-' && integer.magnitude == 0) {
        pp_value_fault(document, PP_DECLARATION_VALUE, number, "0", "%s has -0, which the pack cannot carry", what);
        return false;
    }
    return true;
}

static bool check_depth(struct pp_document *document, size_t position, unsigned depth, const char *what)
{
    if (depth > DEEPEST) {
        pp_document_fault(document, PP_DECLARATION_VALUE, position, "at most 124 levels", NULL,
                          "%s is nested too deeply for the pack", what);
    }
    return depth <= DEEPEST;
}

static bool check_tree(struct pp_document *document, struct pp_value object, const char *what)
{
    bool fine = true;
    struct pp_json json;
    pp_json_begin(&json, pp_value_span(document, object));
    for (;;) {
        struct pp_json_token token = pp_json_next(&json);
        if (token.kind == PP_JSON_END || token.kind == PP_JSON_ERROR) {
            return fine;
        }
        if (token.kind == PP_JSON_NUMBER) {
            struct pp_value number = {
                .kind = PP_JSON_NUMBER,
                .begin = object.begin + token.begin,
                .end = object.begin + token.end,
                .integral = token.integral,
            };
            fine = check_number(document, number, what) && fine;
        } else if (token.kind == PP_JSON_OBJECT_BEGIN || token.kind == PP_JSON_ARRAY_BEGIN) {
            fine = check_depth(document, object.begin + token.begin, json.depth, what) && fine;
        }
    }
}

struct cJSON *pp_declaration_tree(struct pp_document *document, struct pp_value object, const char *what)
{
    if (!check_tree(document, object, what)) {
        return NULL;
    }
    struct pp_bytes span = pp_value_span(document, object);
    /* The text was accepted by a stricter reader, so that NULL can only mean that memory ran out. */
    struct cJSON *tree = cJSON_ParseWithLength((const char *)span.data, span.size);
    if (tree == NULL) {
        pp_report_out_of_memory(document->findings);
    }
    return tree;
}
