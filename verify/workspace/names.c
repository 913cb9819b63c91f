#include "verify/workspace/names.h"

#include "verify/core/spelling.h"

#include <string.h>

bool verify_is_plain_path(const char *path)
{
    for (;;) {
        size_t length = strcspn(path, "/");
        struct base_bytes component = base_bytes_make((const uint8_t *)path, length);
        if (!verify_is_path_component(component) || memchr(path, '\\', length) != NULL) {
            return false;
        }
        if (path[length] == '\0') {
            return true;
        }
        path += length + 1;
    }
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
