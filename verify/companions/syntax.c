#include "verify/companions/syntax.h"

#include "verify/core/compact.h"
#include "verify/core/findings.h"
#include "json/check.h"
#include "json/locate.h"
#include "json/mistake.h"

#include <stdlib.h>

/* One companion while its form is checked. */
struct check {
    struct base_task *task;
    struct base_findings *findings;
    const char *path;
    struct base_lines *lines;
};

/* What is wrong, as far as its bytes are known. */
struct fault {
    size_t at;
    size_t length;   /* 0: not known */
    bool is_in_json; /* the text is JSON, so the place has a pointer */
};

static void report_fault(const struct check *check, struct fault fault, const char *message)
{
    enum { SHOWN = 16 };
    struct base_bytes text = check->lines->text;
    char *pointer = NULL;
    if (fault.is_in_json && !json_pointers_find(text, check->task, &fault.at, &pointer, 1)) {
        check->findings->out_of_memory = true;
    }
    struct base_details details = {
        .place = {
            .file = check->path, BASE_AT_BYTE(fault.at, fault.length), .lines = check->lines, .json_pointer = pointer}};
    if (fault.at < text.size) {
        details.actual_bytes =
            base_bytes_make(text.data + fault.at, text.size - fault.at < SHOWN ? text.size - fault.at : SHOWN);
    }
    base_report(check->findings, DIAG_COMPANION_SYNTAX, &details, "%s", message);
    free(pointer);
}

static bool visit_first(void *context, const struct json_duplicate *duplicate)
{
    struct json_token *key = context;
    *key = (struct json_token){.kind = JSON_KEY, .begin = duplicate->key_begin, .end = duplicate->key_end};
    return false;
}

/* The first number that rule 4 of 1.3 does not allow, or the end. (json_first_difference finds -0.) */
static struct json_token first_bad_number(struct base_bytes text, struct base_task *task)
{
    struct json_tokenizer json;
    json_begin(&json, text);
    json.task = task;
    struct json_token token = json_next(&json);
    while (token.kind != JSON_END && token.kind != JSON_ERROR) {
        if (token.kind == JSON_NUMBER && !json_token_is_exact(text, token)) {
            return token;
        }
        token = json_next(&json);
    }
    return (struct json_token){.kind = JSON_END, .begin = text.size, .end = text.size};
}

static struct fault fault_of(struct base_bytes text, struct json_token token)
{
    return (struct fault){
        .at = json_token_start(token), .length = json_token_bytes(text, token).size, .is_in_json = true};
}

static bool is_json(const struct check *check, bool *keys_ascend)
{
    struct json_tokenizer json;
    json_begin(&json, check->lines->text);
    json.task = check->task;
    if (json_finish_keys(&json, keys_ascend)) {
        return true;
    }
    struct base_text message = BASE_TEXT_EMPTY;
    base_text_add_string(&message, "the companion is not JSON: ");
    struct json_mistake mistake = json_mistake_find(&json, &message);
    report_fault(check, (struct fault){.at = mistake.at, .length = mistake.length}, base_text_string(&message));
    base_text_release(&message, &check->findings->out_of_memory);
    return false;
}

/* Whether a text whose keys do not repeat would be canonical without white space. */
static bool is_spaced(const struct check *check)
{
    struct base_bytes text = check->lines->text;
    char *memory = malloc(text.size + 1);
    if (memory == NULL) {
        check->findings->out_of_memory = true;
        return false;
    }
    size_t size = verify_compact(text, memory, check->task);
    struct base_bytes compact = base_bytes_make((const uint8_t *)memory, size);
    bool spaced = first_bad_number(text, check->task).kind == JSON_END &&
                  json_first_difference(compact, check->task) == compact.size;
    free(memory);
    return spaced;
}

enum verify_form verify_companion_form(struct base_task *task, struct base_findings *findings, const char *path,
                                       struct base_lines *lines)
{
    const struct check check = {.task = task, .findings = findings, .path = path, .lines = lines};
    struct base_bytes text = lines->text;
    struct json_token repeated = {.kind = JSON_END};
    bool keys_ascend;
    if (!is_json(&check, &keys_ascend)) {
        return VERIFY_FORM_FAULTY;
    }
    if (!keys_ascend && !json_find_duplicates(text, task, visit_first, &repeated)) {
        base_report_out_of_memory(findings, path);
        return VERIFY_FORM_FAULTY;
    }
    if (repeated.kind == JSON_KEY) {
        report_fault(&check, fault_of(text, repeated), "the object has this key already");
        return VERIFY_FORM_FAULTY;
    }
    size_t at = json_first_difference(text, task);
    struct json_token number = first_bad_number(text, task);
    if (number.begin < at) {
        report_fault(&check, fault_of(text, number), "the number is not an integer from -(2^53-1) to 2^53-1");
        return VERIFY_FORM_FAULTY;
    }
    if (at < text.size) {
        bool spaced = is_spaced(&check);
        report_fault(&check, (struct fault){.at = at, .is_in_json = true},
                     spaced ? "the companion was formatted anew: only white space differs from its canonical form"
                            : "the companion differs from its canonical form here");
        return spaced ? VERIFY_FORM_SPACED : VERIFY_FORM_FAULTY;
    }
    return VERIFY_FORM_CANONICAL;
}
