#include "workspace/root_list.h"

#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

static int by_root(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool workspace_root_list_make(struct workspace_root_list *list, const struct workspace_registry *registry, bool all,
                              struct base_task *task)
{
    *list = (struct workspace_root_list){.items = calloc(registry->count + 1, sizeof *list->items)};
    for (size_t i = 0; list->items != NULL && i < registry->count; i++) {
        if (all || registry->records[i].included_in_build) {
            list->items[list->count++] = registry->records[i].root;
        }
    }
    if (list->count > 1) {
        (void)base_sort(list->items, list->count, sizeof *list->items, by_root, task);
    }
    return list->items != NULL;
}

void workspace_root_list_free(struct workspace_root_list *list)
{
    free(list->items);
    *list = (struct workspace_root_list){.items = NULL};
}

/* The order of the first `length` bytes of a path and a root. */
static int compare_begin(const char *path, size_t length, const char *root)
{
    int order = strncmp(path, root, length);
    return order != 0 ? order : root[length] == '\0' ? 0 : -1;
}

static bool has(const struct workspace_root_list *list, const char *path, size_t length)
{
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_begin(path, length, list->items[middle]);
        if (order == 0) {
            return true;
        }
        low = order > 0 ? middle + 1 : low;
        high = order > 0 ? high : middle;
    }
    return false;
}

bool workspace_root_list_has(const struct workspace_root_list *list, const char *path)
{
    return has(list, path, strlen(path));
}

bool workspace_root_list_covers(const struct workspace_root_list *list, const char *path, size_t *length)
{
    size_t whole = strlen(path);
    for (size_t i = 0; i <= whole; i++) {
        if ((path[i] == '/' || path[i] == '\0') && has(list, path, i)) {
            *length = i;
            return true;
        }
    }
    return false;
}

bool workspace_root_list_below(const struct workspace_root_list *list, const char *directory)
{
    size_t length = strlen(directory);
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *root = list->items[middle];
        int order = strncmp(directory, root, length);
        order = order != 0 ? order : '/' - (int)(unsigned char)root[length];
        if (order == 0) {
            return true;
        }
        low = order > 0 ? middle + 1 : low;
        high = order > 0 ? high : middle;
    }
    return false;
}
