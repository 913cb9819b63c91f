#include "present/remedy.h"

#include <string.h>

/* The text of a remedy, in which words in braces stand for the subject. */
static const char *find_text(const struct present_output *output, enum diag diagnostic, enum diag_cause cause,
                             unsigned request_field)
{
    const char *remedy = output->remedies != NULL ? output->remedies(diagnostic, cause, request_field) : NULL;
    if (remedy != NULL) {
        return remedy;
    }
    return cause != DIAG_CAUSE_NONE ? diag_cause_facts(cause)->remedy : diag_facts(diagnostic)->remedy;
}

/* Whether a shell takes the word as it is. */
static bool is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+,:@%=";
    size_t length = strlen(word);
    bool is = length > 0 && word[0] != '-';
    for (size_t i = 0; is && i < length; i++) {
        is = (word[i] & 0x80) != 0 || strchr(plain, word[i]) != NULL;
    }
    return is;
}

/* The word as a shell takes it, in single quotes. */
static void add_quoted(struct base_text *text, const char *word)
{
    base_text_add_char(text, '\'');
    for (const char *at = word; *at != '\0'; at++) {
        if (*at == '\'') {
            base_text_add_string(text, "'\\''");
        } else {
            base_text_add_char(text, *at);
        }
    }
    base_text_add_char(text, '\'');
}

static void add_word(struct base_text *text, const char *word)
{
    if (is_plain(word)) {
        base_text_add_string(text, word);
    } else {
        add_quoted(text, word);
    }
}

/* Each line of the subject as a word. */
static void add_words(struct base_text *text, const char *subject)
{
    struct base_text word = BASE_TEXT_EMPTY;
    for (const char *at = subject; at != NULL;) {
        const char *end = strchr(at, '\n');
        base_text_clear(&word);
        base_text_add(&word, base_bytes_make(at, end != NULL ? (size_t)(end - at) : strlen(at)));
        add_word(text, base_text_string(&word));
        at = end != NULL ? end + 1 : NULL;
        base_text_add_string(text, at != NULL ? " " : "");
    }
    base_text_release(&word, &text->out_of_memory);
}

/* The subject, or the word that stands for it: `name` begins after the brace. */
static void add_subject(struct base_text *text, const char *name, size_t length, const char *subject)
{
    bool marked = name[0] == '=' || name[0] == '*';
    if (subject == NULL) {
        base_text_add(text, base_bytes_make(name + marked, length - marked));
    } else if (name[0] == '=') {
        base_text_add_string(text, subject);
    } else if (name[0] == '*') {
        add_words(text, subject);
    } else {
        add_word(text, subject);
    }
}

/* Whether the remedy names the option: "--as" does not count in "--assets". */
static bool names_option(const char *remedy, const char *name)
{
    size_t length = strlen(name);
    const char *at = remedy;
    while ((at = strstr(at, "--")) != NULL) {
        at += 2;
        if (strncmp(at, name, length) == 0 && at[length] != '-' && !(at[length] >= 'a' && at[length] <= 'z')) {
            return true;
        }
    }
    return false;
}

/* Appends the options of the call for {+OPTIONS} or {+ASSETS}, or the command for {+ADD}; `name` begins after the brace
 * and the sign. */
static void add_given(struct base_text *text, const struct present_output *output, const char *remedy, const char *name)
{
    if (strncmp(name, "ADD}", 4) == 0) {
        base_text_add_string(text, output->adding != NULL ? output->adding : "add");
        return;
    }
    bool all = strncmp(name, "OPTIONS}", 8) == 0;
    for (size_t i = 0; i < output->given_count; i++) {
        const struct present_given *given = &output->given[i];
        if (names_option(remedy, given->name) || (!all && strcmp(given->name, "assets") != 0)) {
            continue;
        }
        base_text_addf(text, "--%s ", given->name);
        if (given->value != NULL) {
            add_word(text, given->value);
            base_text_add_char(text, ' ');
        }
    }
}

/* A word in braces begins with '=', '*', '+' or a capital letter: JSON that a remedy shows has braces, too. */
static bool is_place(const char *at)
{
    return at[0] == '{' && (at[1] == '=' || at[1] == '*' || at[1] == '+' || (at[1] >= 'A' && at[1] <= 'Z')) &&
           strchr(at, '}') != NULL;
}

static void add_filled(struct base_text *text, const struct present_output *output, const char *remedy,
                       const char *subject)
{
    const char *at = remedy;
    while (*at != '\0') {
        if (is_place(at)) {
            size_t length = (size_t)(strchr(at, '}') - at) - 1;
            if (at[1] == '+') {
                add_given(text, output, remedy, at + 2);
            } else {
                add_subject(text, at + 1, length, subject);
            }
            at += length + 2;
        } else {
            base_text_add_char(text, *at++);
        }
    }
}

void present_remedy_add(struct base_text *text, const struct present_output *output, const struct base_finding *finding)
{
    if (finding->remedy != NULL) {
        base_text_add_string(text, finding->remedy);
    } else {
        add_filled(text, output, find_text(output, finding->diagnostic, finding->cause, finding->place.request_field),
                   finding->subject);
    }
}

void present_command_add(struct base_text *text, const struct present_output *output,
                         const struct base_finding *finding)
{
    const char *command = output->fixes != NULL ? output->fixes(finding->diagnostic, finding->cause) : NULL;
    if (command != NULL) {
        size_t before = text->size;
        add_filled(text, output, command, finding->subject);
        if (text->size > before && text->data[text->size - 1] == ' ') {
            text->size--; /* options of the call came last */
            text->data[text->size] = '\0';
        }
    }
}

void present_remedy_add_general(struct base_text *text, const struct present_output *output, enum diag diagnostic,
                                enum diag_cause cause)
{
    add_filled(text, output, find_text(output, diagnostic, cause, 0), NULL);
}

const char *present_remedy(const struct present_output *output, enum diag diagnostic)
{
    return find_text(output, diagnostic, DIAG_CAUSE_NONE, 0);
}
