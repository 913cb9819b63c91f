#include "base/beside.h"

#include "base/names.h"
#include "base/path.h"
#include "base/suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The names of a directory. */
struct listing {
    struct base_names names;
    size_t entries; /* of all kinds */
    size_t most;
    bool files;
    bool directories;
};

static int take_name(void *context, const char *name, enum base_entry_kind kind)
{
    struct listing *listing = context;
    if (listing->entries++ == listing->most) {
        return E2BIG;
    }
    bool wanted = (kind == BASE_ENTRY_FILE && listing->files) || (kind == BASE_ENTRY_DIRECTORY && listing->directories);
    return !wanted || base_names_take(&listing->names, strdup(name)) ? 0 : ENOMEM;
}

/* The name that is closest to the wanted one, or NULL. Directories come in any order; the answer does not. */
static const char *closest(const struct base_names *names, const char *wanted)
{
    const char *found = NULL;
    unsigned best = BASE_DISTANCE_FAR;
    for (size_t i = 0; i < names->count; i++) {
        const char *name = names->items[i];
        unsigned distance = base_edit_distance(base_bytes_of_string(name), wanted);
        if (distance < best || (found != NULL && distance == best && strcmp(name, found) < 0)) {
            best = distance;
            found = name;
        }
    }
    return found;
}

static char *find(int directory_fd, const char *name, struct listing *listing, bool *out_of_memory)
{
    int problem = base_directory_each(directory_fd, take_name, listing);
    const char *meant = problem == 0 ? closest(&listing->names, name) : NULL;
    char *copy = meant != NULL ? strdup(meant) : NULL;
    *out_of_memory = *out_of_memory || problem == ENOMEM || (meant != NULL && copy == NULL);
    base_names_free(&listing->names);
    return copy;
}

char *base_beside(int directory_fd, const char *name, bool directories, size_t most, bool *out_of_memory)
{
    struct listing listing = {
        .names = BASE_NAMES_EMPTY, .most = most, .files = !directories, .directories = directories};
    return find(directory_fd, name, &listing, out_of_memory);
}

/* The directory that the path is in, with the '/' at its end; "" where the path is a name alone. */
static char *parent_of(const char *path)
{
    return strndup(path, (size_t)(base_path_name(path) - path));
}

char *base_beside_path(int root_fd, const char *path, bool *out_of_memory)
{
    struct listing listing = {.names = BASE_NAMES_EMPTY, .most = BASE_BESIDE_MOST, .files = true, .directories = true};
    int fd = -1;
    char *parent = parent_of(path);
    char *name = NULL;
    char *meant = NULL;
    if (parent != NULL && base_directory_open(&fd, root_fd, parent[0] != '\0' ? parent : ".") == 0) {
        name = find(fd, base_path_name(path), &listing, out_of_memory);
    }
    if (name != NULL) {
        size_t length = strlen(parent);
        size_t size = strlen(name) + 1;
        meant = malloc(length + size);
        if (meant != NULL) {
            memcpy(meant, parent, length);
            memcpy(meant + length, name, size);
        }
    }
    *out_of_memory = *out_of_memory || parent == NULL || (name != NULL && meant == NULL);
    free(name);
    free(parent);
    return meant;
}
