#include "verify/companions/syntax.h"

#include "verify/core/findings.h"
#include "json/check.h"
#include "json/locate.h"

#include <stdlib.h>

static void report_syntax(struct base_task *task, struct base_findings *findings, const char *path,
                          struct base_bytes text, size_t at, bool valid, const char *message)
{
    enum { SHOWN = 16 };
    char *pointer = NULL;
    if (valid && !json_pointers_find(text, task, &at, &pointer, 1)) {
        findings->out_of_memory = true;
    }
    struct base_place place = {.file = path, BASE_AT_BYTE(at, 0), .json_pointer = pointer};
    struct base_bytes actual = {.data = NULL};
    if (at < text.size) {
        actual = base_bytes_make(text.data + at, text.size - at < SHOWN ? text.size - at : SHOWN);
    }
    verify_report_at(findings, DIAG_COMPANION_SYNTAX, &place, NULL, actual, "%s", message);
    free(pointer);
}

static bool visit_first(void *context, const struct json_duplicate *duplicate)
{
    size_t *at = context;
    *at = duplicate->key_begin - 1;
    return false;
}

/* The first number that rule 4 of 1.3 does not allow, or the text's size. (json_first_difference finds -0.) */
static size_t first_bad_number(struct base_bytes text, struct base_task *task)
{
    struct json_tokenizer json;
    json_begin(&json, text);
    json.task = task;
    struct json_token token = json_next(&json);
    while (token.kind != JSON_END && token.kind != JSON_ERROR) {
        if (token.kind == JSON_NUMBER && !json_token_is_exact(text, token)) {
            return token.begin;
        }
        token = json_next(&json);
    }
    return text.size;
}

bool verify_companion_is_canonical(struct base_task *task, struct base_findings *findings, const char *path,
                                   struct base_bytes text)
{
    struct json_tokenizer json;
    json_begin(&json, text);
    json.task = task;
    if (!json_finish(&json)) {
        struct base_text message = BASE_TEXT_EMPTY;
        base_text_addf(&message, "the companion is not JSON: %s", json.error_text);
        report_syntax(task, findings, path, text, json.error_at, false, base_text_string(&message));
        base_text_release(&message, &findings->out_of_memory);
        return false;
    }
    size_t repeated = text.size;
    if (!json_find_duplicates(text, task, visit_first, &repeated)) {
        base_report_out_of_memory(findings, path);
        return false;
    }
    if (repeated < text.size) {
        report_syntax(task, findings, path, text, repeated, true, "the object has this key already");
        return false;
    }
    size_t at = json_first_difference(text, task);
    size_t number = first_bad_number(text, task);
    if (number < at) {
        report_syntax(task, findings, path, text, number, true,
                      "the number is not an integer from -(2^53-1) to 2^53-1");
        return false;
    }
    if (at < text.size) {
        report_syntax(task, findings, path, text, at, true, "the companion differs from its canonical form here");
        return false;
    }
    return true;
}
