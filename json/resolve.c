#include "json/resolve.h"

#include "json/object.h"

#include <string.h>

enum { NAME_SIZE = 256 };

/* Takes the reference token at *pointer, which is at a '/', without its escapes. False when it is too long. */
static bool take_name(const char **pointer, char name[NAME_SIZE])
{
    const char *at = *pointer + 1;
    size_t size = 0;
    while (*at != '\0' && *at != '/' && size < NAME_SIZE - 1) {
        char byte = *at;
        if (byte == '~' && (at[1] == '0' || at[1] == '1')) {
            at++;
            byte = '/';
            if (*at == '0') {
                byte = '~';
            }
        }
        name[size++] = byte;
        at++;
    }
    name[size] = '\0';
    *pointer = at;
    return *at == '\0' || *at == '/';
}

/* The element with this number; its kind is JSON_END when there is none. */
static struct json_token element_at(struct base_bytes text, struct json_token array, const char *number)
{
    struct json_walk walk;
    struct json_token element;
    uint64_t wanted;
    const struct json_token digits = {.begin = 0, .end = strlen(number), .kind = JSON_NUMBER, .integral = true};
    if (number[0] >= '0' && number[0] <= '9' && strspn(number, "0123456789") == digits.end &&
        json_token_unsigned(base_bytes_of_string(number), digits, &wanted)) {
        json_walk_begin_inside(&walk, text, array);
        while (json_walk_element(&walk, &element)) {
            if (wanted-- == 0) {
                return element;
            }
        }
    }
    return (struct json_token){.kind = JSON_END};
}

struct json_token json_resolve(struct base_bytes text, struct json_token root, const char *pointer, bool *found)
{
    struct json_token value = root;
    char name[NAME_SIZE];
    *found = false;
    while (*pointer == '/') {
        if (!take_name(&pointer, name)) {
            return value;
        }
        struct json_token next =
            value.kind == JSON_ARRAY_BEGIN ? element_at(text, value, name) : json_object_member(text, value, name);
        if (next.kind == JSON_END) {
            return value;
        }
        value = next;
    }
    *found = *pointer == '\0';
    return value;
}
