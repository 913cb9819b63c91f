#include "workspace/typed.h"

#include "base/directory.h"
#include "base/path.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

/* The real path of what is typed, which need not be there: then that of the directory above it that is there, and the
 * rest as it is typed. NULL: there is none, or memory ran out. */
static char *resolve_typed(int directory, const char *typed)
{
    char *head = strdup(typed);
    char *real = NULL;
    size_t cut = strlen(typed);
    while (head != NULL && real == NULL && cut > 0) {
        real = base_directory_resolve(directory, head);
        if (real == NULL) {
            const char *slash = strrchr(head, '/');
            cut = slash != NULL ? (size_t)(slash - head) : 0;
            head[cut] = '\0';
        }
    }
    if (real == NULL && typed[0] != '/') {
        real = base_directory_resolve(directory, ".");
    }
    free(head);
    const char *rest = typed + cut + (typed[cut] == '/' ? 1 : 0);
    if (real == NULL || rest[0] == '\0') {
        return real;
    }
    char *whole = workspace_path_fault(rest) == NULL ? base_path_join(real, rest) : NULL;
    free(real);
    return whole;
}

char *workspace_typed_root(const struct workspace *workspace, const char *plain)
{
    int directory = base_task_directory(workspace->task);
    char *assets = base_directory_resolve(directory, workspace->assets_path);
    char *real = assets != NULL ? resolve_typed(directory, plain) : NULL;
    char *root = NULL;
    if (real != NULL && workspace_path_within(real, assets) && real[strlen(assets)] == '/') {
        root = strdup(real + strlen(assets) + 1);
    }
    free(assets);
    free(real);
    return root;
}
