#include "present/sarif/rule.h"

#include "present/remedy.h"
#include "present/sarif/message.h"

#include <string.h>

/* "SliceGap" of "slice-gap". */
static void add_name(struct base_text *text, const char *id)
{
    bool begins = true;
    for (const char *at = id; *at != '\0'; at++) {
        if (*at == '-') {
            begins = true;
            continue;
        }
        bool is_capital = begins && *at >= 'a' && *at <= 'z';
        base_text_addf(text, "%c", is_capital ? *at - 'a' + 'A' : *at);
        begins = false;
    }
}

static void emit_words(struct json_emit *emit, const char *key, const char *words)
{
    json_emit_key(emit, key);
    present_sarif_message(emit, words);
}

/* The first sentence of what a diagnostic means. */
static void emit_summary(struct json_emit *emit, const char *meaning)
{
    struct base_text sentence = BASE_TEXT_EMPTY;
    const char *end = strstr(meaning, ". ");
    base_text_add(&sentence, base_bytes_make(meaning, end != NULL ? (size_t)(end - meaning) + 1 : strlen(meaning)));
    emit_words(emit, "shortDescription", base_text_string(&sentence));
    base_text_release(&sentence, &emit->text->out_of_memory);
}

static void emit_class(struct json_emit *emit, enum diag_class class_)
{
    json_emit_key(emit, "properties");
    json_emit_object(emit);
    json_emit_key(emit, "class");
    json_emit_string(emit, diag_class_letter(class_));
    json_emit_object_end(emit);
}

static void emit_rule(struct json_emit *emit, const struct present_output *output, enum diag diagnostic)
{
    const struct diag_facts *facts = diag_facts(diagnostic);
    struct base_text words = BASE_TEXT_EMPTY;
    json_emit_object(emit);
    json_emit_key(emit, "id");
    json_emit_string(emit, facts->id);
    if (strchr(facts->id, '-') != NULL) { /* a name is another word than the id */
        add_name(&words, facts->id);
        json_emit_key(emit, "name");
        json_emit_string(emit, base_text_string(&words));
    }
    emit_summary(emit, facts->meaning);
    emit_words(emit, "fullDescription", facts->meaning);
    base_text_clear(&words);
    present_remedy_add_general(&words, output, diagnostic, DIAG_CAUSE_NONE);
    emit_words(emit, "help", base_text_string(&words));
    emit_class(emit, facts->class_);
    json_emit_object_end(emit);
    base_text_release(&words, &emit->text->out_of_memory);
}

static void write_rule(const struct present_output *output, enum diag diagnostic)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    emit_rule(&emit, output, diagnostic);
    if (base_text_out_of_memory(&text)) {
        (void)fprintf(output->out, "{\"id\":\"%s\"}", diag_facts(diagnostic)->id);
    } else {
        (void)fputs(base_text_string(&text), output->out);
    }
    base_text_release(&text, output->out_of_memory);
}

void present_sarif_rules(const struct present_output *output)
{
    (void)fputs("[", output->out);
    for (unsigned i = 0; i < DIAG_POSITIONS; i++) {
        (void)fputs(i > 0 ? ",\n" : "\n", output->out);
        write_rule(output, diag_at(i));
    }
    (void)fputs("]", output->out);
}

unsigned present_sarif_rule_index(enum diag diagnostic)
{
    unsigned index = 0;
    while (index < DIAG_POSITIONS - 1 && diag_at(index) != diagnostic) {
        index++;
    }
    return index;
}
