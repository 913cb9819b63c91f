#include "workspace/path.h"

#include "base/path.h"
#include "workspace/model/limits.h"

#include <string.h>

const char *workspace_path_fault(const char *path)
{
    if (path[0] == '\0') {
        return "is empty";
    }
    if (path[0] == '/') {
        return "is absolute";
    }
    if (strchr(path, '\\') != NULL) {
        return "has a backslash";
    }
    for (const char *at = path;; at++) {
        size_t length = strcspn(at, "/");
        if (length == 0) {
            return "has an empty component";
        }
        if (length == 1 && at[0] == '.') {
            return "has the component \".\"";
        }
        if (length == 2 && at[0] == '.' && at[1] == '.') {
            return "has the component \"..\"";
        }
        at += length;
        if (*at == '\0') {
            return NULL;
        }
    }
}

const char *workspace_root_fault(const char *root)
{
    const char *fault = workspace_path_fault(root);
    if (fault == NULL && workspace_path_within(root, WORKSPACE_REGISTRY_DIRECTORY)) {
        fault = "lies in .prometeu, where the registry lives";
    }
    return fault;
}

bool workspace_path_within(const char *inner, const char *outer)
{
    size_t length = strlen(outer);
    return strncmp(inner, outer, length) == 0 && (inner[length] == '\0' || inner[length] == '/');
}

static int rank(char byte)
{
    if (byte == '\0') {
        return 0;
    }
    return byte == '/' ? 1 : (int)(unsigned char)byte + 1;
}

int workspace_path_compare(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return rank(*a) - rank(*b);
}

char *workspace_assets_path(const char *assets, const char *a, const char *b)
{
    struct base_text path = BASE_TEXT_EMPTY;
    base_text_add_string(&path, assets);
    if (a != NULL) {
        base_path_add(&path, a);
    }
    if (b != NULL) {
        base_path_add(&path, b);
    }
    return base_text_take(&path);
}
