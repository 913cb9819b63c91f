#include "service/building/make_rule.h"

#include <string.h>

/* What make reads as something else, with a backslash before it or without. A backslash is among them: what it means
 * depends on what follows. */
static bool is_beyond_make(char byte)
{
    return (byte >= 0 && byte < ' ') || byte == 0x7f || byte == '\\' || byte == ';' || byte == '|';
}

/* A blank at the end is lost; ")" at the end makes a member of an archive; "~" at the beginning is a home directory. */
static bool is_expressible(const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < length; i++) {
        if (is_beyond_make(path[i])) {
            return false;
        }
    }
    return length > 0 && path[0] != '~' && path[length - 1] != ' ' && path[length - 1] != ')';
}

bool service_rule_takes_target(const char *path)
{
    return is_expressible(path) && strpbrk(path, "%=*?[&'\"<>^`") == NULL;
}

/* Wildcards get a backslash too: make then takes the name alone, and ninja, which keeps the backslash, builds once too
 * often. */
static void add_escaped(struct base_text *rule, const char *path)
{
    for (const char *at = path; *at != '\0'; at++) {
        if (strchr(" #:*?[", *at) != NULL) {
            base_text_add_char(rule, '\\');
        } else if (*at == '$') {
            base_text_add_char(rule, '$');
        }
        base_text_add_char(rule, *at);
    }
}

void service_rule_begin(struct base_text *rule, const char *target)
{
    add_escaped(rule, target);
    base_text_add_char(rule, ':');
}

bool service_rule_add(struct base_text *rule, const char *path)
{
    /* "target: NAME=VALUE" gives a variable a value, but only right behind the target. */
    bool first = rule->size > 0 && base_text_string(rule)[rule->size - 1] == ':';
    if (!is_expressible(path) || (first && strchr(path, '=') != NULL)) {
        return false;
    }
    base_text_add_string(rule, " \\\n ");
    add_escaped(rule, path);
    return true;
}

void service_rule_add_optional(struct base_text *rules, const char *path)
{
    size_t length = strlen(path);
    if (is_expressible(path) && strpbrk(path, "%=") == NULL && path[length - 1] != ':' && path[length - 1] != '&') {
        base_text_add_char(rules, '\n');
        add_escaped(rules, path);
        base_text_add_string(rules, ":\n");
    }
}
