#include "verify/workspace/names.h"

#include <string.h>

static bool is_component(const char *begin, size_t length)
{
    bool dots = (length == 1 && begin[0] == '.') || (length == 2 && begin[0] == '.' && begin[1] == '.');
    return length > 0 && !dots && memchr(begin, '\\', length) == NULL;
}

bool verify_is_plain_path(const char *path)
{
    for (;;) {
        size_t length = strcspn(path, "/");
        if (!is_component(path, length)) {
            return false;
        }
        if (path[length] == '\0') {
            return true;
        }
        path += length + 1;
    }
}

bool verify_is_uuid(const char *text)
{
    for (int i = 0; i < VERIFY_UUID_LENGTH; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        bool digit = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
        if (hyphen ? text[i] != '-' : !digit) {
            return false; /* also where the text ends */
        }
    }
    return text[VERIFY_UUID_LENGTH] == '\0';
}

bool verify_is_asset_name(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7F) {
            return false;
        }
    }
    return name[0] != '\0';
}

bool verify_path_is_below(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && path[length] == '/';
}

int verify_path_compare(const char *left, const char *right)
{
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    /* The end comes first, then the slash, then all other bytes. */
    int a = *left == '/' ? 1 : (unsigned char)*left * 2;
    int b = *right == '/' ? 1 : (unsigned char)*right * 2;
    return (a > b) - (a < b);
}
