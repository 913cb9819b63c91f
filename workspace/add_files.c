/* The files of a directory that is to become an asset root, and what their endings say. */
#include "workspace/add.h"
#include "workspace/problem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool has_ending(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t ending_length = strlen(ending);
    if (length <= ending_length) {
        return false;
    }
    const char *at = name + length - ending_length;
    for (size_t i = 0; i < ending_length; i++) {
        /* Endings are ASCII letters and a dot: one bit is the case. */
        bool capital = at[i] >= 'A' && at[i] <= 'Z';
        if (((unsigned char)at[i] | (capital ? 0x20U : 0U)) != (unsigned char)ending[i]) {
            return false;
        }
    }
    return true;
}

enum pp_file_kind pp_file_kind_of(const char *name)
{
    static const struct {
        const char *ending;
        enum pp_file_kind kind;
    } endings[] = {
        {".png", PP_FILE_PNG},   {".gpl", PP_FILE_PALETTE}, {".pal", PP_FILE_PALETTE}, {".hex", PP_FILE_PALETTE},
        {".wav", PP_FILE_SOUND}, {".aif", PP_FILE_SOUND},   {".aiff", PP_FILE_SOUND},  {".flac", PP_FILE_SOUND},
    };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (has_ending(name, endings[i].ending)) {
            return endings[i].kind;
        }
    }
    return PP_FILE_OTHER;
}

struct listing {
    int root_fd;
    struct pp_names *files;
};

static int take_file(void *context, const char *name, enum pp_entry_kind kind)
{
    struct listing *listing = context;
    if (name[0] == '.' || kind == PP_ENTRY_DIRECTORY || kind == PP_ENTRY_OTHER) {
        return 0;
    }
    if (kind == PP_ENTRY_LINK) {
        struct pp_file file;
        int problem = pp_file_open_below(&file, listing->root_fd, name);
        pp_file_close(&file);
        /* A link to a directory is none of our files; a link that leads out or nowhere is one, and a wrong one. */
        if (problem == PP_FILE_NOT_REGULAR) {
            return 0;
        }
    }
    return pp_names_take(listing->files, strdup(name)) ? 0 : ENOMEM;
}

bool pp_add_list_files(struct pp_add *add, struct pp_names *files)
{
    struct listing listing = {.root_fd = add->root_fd, .files = files};
    int fd = -1;
    int problem = pp_directory_reopen(&fd, add->root_fd);
    if (problem == 0) {
        problem = pp_directory_each(fd, take_file, &listing);
    }
    if (problem != 0) {
        struct pp_place place = PP_NOWHERE;
        place.file = add->root_display;
        pp_report_read_problem(add->findings, &place, problem, PP_ROOT_INVALID, "there is no such directory");
        return false;
    }
    pp_names_sort(files);
    return true;
}

void pp_files_keep(struct pp_names *files, enum pp_file_kind a, enum pp_file_kind b)
{
    size_t kept = 0;
    for (size_t i = 0; i < files->count; i++) {
        enum pp_file_kind kind = pp_file_kind_of(files->items[i]);
        if (kind == a || kind == b) {
            files->items[kept++] = files->items[i];
        } else {
            free(files->items[i]);
        }
    }
    files->count = kept;
}

void pp_files_count(const struct pp_names *files, size_t counts[PP_FILE_KINDS])
{
    memset(counts, 0, PP_FILE_KINDS * sizeof counts[0]);
    for (size_t i = 0; i < files->count; i++) {
        counts[pp_file_kind_of(files->items[i])]++;
    }
}
