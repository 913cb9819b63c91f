#include "serve/method.h"

#include <string.h>

static const char prefix[] = "prpack/";

static char letter_of(char letter)
{
    if (letter == ' ' || letter == '-') {
        return '_';
    }
    return letter;
}

void serve_method_add(struct base_text *text, const struct service_operation *operation)
{
    base_text_add_string(text, prefix);
    for (const char *at = operation->name; *at != '\0'; at++) {
        base_text_add_char(text, letter_of(*at));
    }
}

/* Whether the name is that of the method, where a hyphen counts as '_'. */
static bool is_called(const struct service_operation *operation, struct base_bytes name)
{
    size_t size = strlen(operation->name);
    bool same = name.size == size;
    for (size_t i = 0; same && i < size; i++) {
        char letter = (char)name.data[i];
        same = letter != ' ' && letter_of(operation->name[i]) == letter_of(letter);
    }
    return same;
}

const struct service_operation *serve_method_find(struct base_bytes name)
{
    const size_t size = sizeof prefix - 1;
    if (name.size < size || memcmp(name.data, prefix, size) != 0) {
        return NULL;
    }
    struct base_bytes rest = base_bytes_make(name.data + size, name.size - size);
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        const struct service_operation *operation = service_operation((enum service_operation_id)i);
        if (is_called(operation, rest)) {
            return operation;
        }
    }
    return NULL;
}
