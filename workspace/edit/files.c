#include "workspace/edit/files.h"

#include "base/directory.h"
#include "workspace/document/problem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct listing {
    int root_fd;
    struct base_names *files;
};

static int take_file(void *context, const char *name, enum base_entry_kind kind)
{
    struct listing *listing = context;
    if (name[0] == '.' || kind == BASE_ENTRY_DIRECTORY || kind == BASE_ENTRY_OTHER) {
        return 0;
    }
    if (kind == BASE_ENTRY_LINK) {
        struct base_file file;
        int problem = base_file_open_below(&file, listing->root_fd, name);
        base_file_close(&file);
        /* A link to a directory is not an input. A link that leads out of the root or nowhere is one, and a faulty one.
         */
        if (problem == BASE_FILE_NOT_REGULAR) {
            return 0;
        }
    }
    return base_names_take(listing->files, strdup(name)) ? 0 : ENOMEM;
}

bool workspace_add_list_files(struct workspace_addition *add, struct base_names *files)
{
    struct listing listing = {.root_fd = add->root_fd, .files = files};
    int fd = -1;
    int problem = base_directory_reopen(&fd, add->root_fd);
    if (problem == 0) {
        problem = base_directory_each(fd, take_file, &listing);
    }
    if (problem != 0) {
        const struct base_place place = {.file = add->root_display};
        workspace_report_read_problem(add->findings, &place, problem, DIAG_ROOT_INVALID, "there is no such directory");
        return false;
    }
    base_names_sort(files, add->workspace->task);
    return true;
}

void workspace_files_keep(struct base_names *files, enum workspace_file_kind a, enum workspace_file_kind b)
{
    size_t kept = 0;
    for (size_t i = 0; i < files->count; i++) {
        enum workspace_file_kind kind = workspace_file_kind_of(files->items[i]);
        if (kind == a || kind == b) {
            files->items[kept++] = files->items[i];
        } else {
            free(files->items[i]);
        }
    }
    files->count = kept;
}

void workspace_files_count(const struct base_names *files, size_t counts[WORKSPACE_FILE_KINDS])
{
    memset(counts, 0, WORKSPACE_FILE_KINDS * sizeof counts[0]);
    for (size_t i = 0; i < files->count; i++) {
        counts[workspace_file_kind_of(files->items[i])]++;
    }
}
