#include "export/paths.h"

#include <string.h>

static bool is_plain_name(const char *name, size_t length)
{
    bool is_dots = (length == 1 && name[0] == '.') || (length == 2 && name[0] == '.' && name[1] == '.');
    return length > 0 && length <= EXPORT_NAME_MOST && !is_dots;
}

bool export_path_is_plain(const char *path)
{
    if (strchr(path, '\\') != NULL || strlen(path) > EXPORT_PATH_MOST) {
        return false;
    }
    for (const char *at = path;; at++) {
        size_t length = strcspn(at, "/");
        if (!is_plain_name(at, length)) {
            return false;
        }
        at += length;
        if (*at == '\0') {
            return true;
        }
    }
}

static int rank(char byte)
{
    return byte == '\0' ? -1 : byte == '/' ? 0 : (int)(unsigned char)byte;
}

int export_path_compare(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return rank(*a) - rank(*b);
}

bool export_path_is_inside(const char *path, const char *above)
{
    size_t length = strlen(above);
    return strncmp(path, above, length) == 0 && path[length] == '/';
}
