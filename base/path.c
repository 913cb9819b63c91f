#include "base/path.h"

#include <string.h>

void base_path_add(struct base_text *path, const char *component)
{
    if (path->size > 0 && path->data[path->size - 1] != '/') {
        base_text_add_char(path, '/');
    }
    base_text_add_string(path, component);
}

void base_path_add_directory(struct base_text *path, const char *directory)
{
    size_t length = directory != NULL ? strlen(directory) : 0;
    while (length > 1 && directory[length - 1] == '/') {
        length--;
    }
    if (length > 0 && (length > 1 || directory[0] != '.')) {
        base_text_add(path, base_bytes_make(directory, length));
    }
}

void base_path_add_plain(struct base_text *path, const char *plain)
{
    for (const char *at = plain; *at != '\0'; at++) {
        bool needless = *at == '/' && (at[1] == '/' || (at[1] == '\0' && path->size > 0));
        if (!needless) {
            base_text_add_char(path, *at);
        }
    }
}

char *base_path_join(const char *directory, const char *name)
{
    struct base_text path = BASE_TEXT_EMPTY;
    base_text_add_string(&path, directory != NULL ? directory : "");
    base_path_add(&path, name);
    return base_text_take(&path);
}

const char *base_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}
