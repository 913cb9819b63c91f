#include "workspace/edit/files.h"

#include "base/array.h"
#include "base/directory.h"
#include "base/natural.h"
#include "base/report.h"
#include "base/sort.h"
#include "workspace/document/problem.h"
#include "workspace/edit/left_out.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SHOWN = 60 };

struct listing {
    const struct workspace_addition *add;
    struct workspace_files *files;
};

/* Takes over a name of malloc, also after a failure. */
static bool take_name(struct workspace_files *files, char *name, enum workspace_file_kind kind)
{
    struct workspace_file *grown =
        name != NULL ? base_array_grow(files->items, files->count, &files->capacity, sizeof *files->items) : NULL;
    if (grown == NULL) {
        free(name);
        return false;
    }
    files->items = grown;
    files->items[files->count++] = (struct workspace_file){.name = name, .kind = kind};
    return true;
}

/* A root that is made of one file has that one. Returns 0 or ENOMEM. */
static int check_left_out(const struct workspace_addition *add, const char *name, bool *left_out)
{
    *left_out = false;
    return add->each != NULL ? 0 : workspace_add_ignores(add, name, false, left_out);
}

static int take_file(void *context, const char *name, enum base_entry_kind entry)
{
    struct listing *listing = context;
    enum workspace_file_kind kind = workspace_file_kind_of(name);
    bool is_working = kind == WORKSPACE_FILE_WORKING;
    if ((name[0] == '.' && !is_working) || entry == BASE_ENTRY_DIRECTORY || entry == BASE_ENTRY_OTHER) {
        return 0;
    }
    if (entry == BASE_ENTRY_LINK) {
        struct base_file file;
        int problem = base_file_open_below(&file, listing->add->root_fd, name);
        base_file_close(&file);
        /* A link to a directory is not an input. A link that leads out of the root or nowhere is one, and a faulty one.
         */
        if (problem == BASE_FILE_NOT_REGULAR) {
            return 0;
        }
    }
    bool left_out;
    if (check_left_out(listing->add, name, &left_out) != 0) {
        return ENOMEM;
    }
    listing->files->left_out += left_out;
    bool taken = is_working || left_out ? base_names_take(&listing->files->ignored, strdup(name))
                                        : take_name(listing->files, strdup(name), kind);
    return taken ? 0 : ENOMEM;
}

static int by_name(const void *left, const void *right)
{
    return base_natural_compare(((const struct workspace_file *)left)->name,
                                ((const struct workspace_file *)right)->name);
}

static int by_ignored_name(const void *left, const void *right)
{
    return base_natural_compare(*(char *const *)left, *(char *const *)right);
}

static void sort(struct workspace_files *files, struct base_task *task)
{
    (void)base_sort(files->items, files->count, sizeof *files->items, by_name, task);
    (void)base_sort(files->ignored.items, files->ignored.count, sizeof *files->ignored.items, by_ignored_name, task);
}

static int list(struct listing *listing)
{
    int fd = -1;
    int problem = base_directory_reopen(&fd, listing->add->root_fd);
    return problem != 0 ? problem : base_directory_each(fd, take_file, listing);
}

bool workspace_add_list_files(struct workspace_addition *add, struct workspace_files *files)
{
    struct listing listing = {.add = add, .files = files};
    int problem = add->each != NULL ? take_file(&listing, add->each->name, BASE_ENTRY_FILE) : list(&listing);
    if (problem != 0) {
        const struct base_place place = {.file = add->root_display};
        workspace_report_read_problem(add->findings, &place, problem, DIAG_ROOT_INVALID, "there is no such directory");
        return false;
    }
    sort(files, add->workspace->task);
    return true;
}

bool workspace_files_take_working(struct workspace_files *files, const struct workspace_addition *add)
{
    struct base_names *ignored = &files->ignored;
    size_t kept = 0;
    bool fine = true;
    for (size_t i = 0; i < ignored->count; i++) {
        char *name = ignored->items[i];
        bool left_out = false;
        fine = check_left_out(add, name, &left_out) == 0 && fine;
        if (name[0] == '.' || left_out) {
            ignored->items[kept++] = name;
        } else {
            fine = take_name(files, name, WORKSPACE_FILE_OTHER) && fine;
        }
    }
    ignored->count = kept;
    if (!fine) {
        base_report_out_of_memory(add->findings, NULL);
    }
    sort(files, NULL);
    return fine;
}

void workspace_files_find_strips(struct workspace_files *files, const struct workspace_addition *add)
{
    size_t sprites = 0;
    for (size_t i = 0; add->options->strip_colours != NULL && i < files->count; i++) {
        struct workspace_file *file = &files->items[i];
        if (file->kind == WORKSPACE_FILE_PNG) {
            file->colours = add->options->strip_colours(add->root_fd, file->name, add->findings);
            sprites += file->colours == 0;
        }
    }
    for (size_t i = 0; i < files->count; i++) {
        struct workspace_file *file = &files->items[i];
        if (sprites == 0) {
            file->colours = 0; /* tiles of one colour each: without other pictures nothing needs a palette */
        } else if (file->colours > 0) {
            file->kind = WORKSPACE_FILE_PALETTE;
        }
    }
}

void workspace_files_count(const struct workspace_files *files, size_t counts[WORKSPACE_FILE_KINDS])
{
    memset(counts, 0, WORKSPACE_FILE_KINDS * sizeof counts[0]);
    for (size_t i = 0; i < files->count; i++) {
        counts[files->items[i].kind]++;
    }
}

void workspace_files_keep(struct workspace_files *files, enum workspace_file_kind a, enum workspace_file_kind b)
{
    size_t kept = 0;
    for (size_t i = 0; i < files->count; i++) {
        struct workspace_file *file = &files->items[i];
        if (file->kind == a || file->kind == b) {
            files->items[kept++] = *file;
        } else {
            free(file->name);
        }
    }
    files->count = kept;
}

bool workspace_add_check_file_name(struct workspace_addition *add, const char *name)
{
    const char *fault = workspace_is_utf8(name) ? workspace_path_fault(name) : "is not UTF-8";
    if (fault == NULL) {
        return true;
    }
    struct base_text shown = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, base_bytes_of_string(name), NAME_SHOWN);
    const struct base_details details = {
        .place.file = add->root_display,
        .expected = "a name in UTF-8 without a backslash",
        .actual = base_text_string(&shown),
        .remedy = "Rename the file.",
    };
    base_report(add->findings, DIAG_DECLARATION_VALUE, &details,
                "the name of a file %s, so that asset.json cannot carry it", fault);
    base_text_release(&shown, &add->findings->out_of_memory);
    return false;
}

void workspace_files_free(struct workspace_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->items[i].name);
    }
    free(files->items);
    base_names_free(&files->ignored);
    *files = WORKSPACE_FILES_EMPTY;
}
