#include "service/history/operations.h"

#include "base/array.h"
#include "base/text.h"
#include "service/transaction/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- Reading ---- */

static int read_lines(struct service_operations *operations, const struct service_history_file *file)
{
    struct base_bytes text;
    size_t capacity = 0;
    for (size_t at = 0; service_history_next(file->text, &at, &text);) {
        struct service_history_line line;
        if (!service_history_line_read(&line, text)) {
            continue;
        }
        struct service_history_line *lines =
            base_array_grow(operations->lines, operations->count, &capacity, sizeof *lines);
        if (lines == NULL) {
            return ENOMEM;
        }
        operations->lines = lines;
        lines[operations->count++] = line;
    }
    return 0;
}

int service_operations_read(struct service_operations *operations, const struct service_history_file *file)
{
    *operations = (struct service_operations){.lines = NULL};
    int problem = read_lines(operations, file);
    if (problem != 0) {
        return problem;
    }
    operations->links = calloc(operations->count + 1, sizeof *operations->links);
    if (operations->links == NULL) {
        return ENOMEM;
    }
    for (size_t i = 0; i < operations->count; i++) {
        const struct service_history_line *line = &operations->lines[i];
        operations->links[i] = (struct service_history_link){.operation = line->operation, .undoes = line->undoes};
    }
    return service_history_note_undone(operations->links, operations->count);
}

void service_operations_free(struct service_operations *operations)
{
    free(operations->lines);
    free(operations->links);
    *operations = (struct service_operations){.lines = NULL};
}

/* ---- Folders ---- */

/* Puts a copy of a text in place of another one. */
static int replace(char **text, const char *by)
{
    char *copy = strdup(by);
    if (copy == NULL) {
        return ENOMEM;
    }
    free(*text);
    *text = copy;
    return 0;
}

/* The path of the record in the folder whose directory of files has this path. NULL: memory ran out. */
static char *record_beside(const char *files)
{
    struct base_text path = BASE_TEXT_EMPTY;
    base_text_add(&path, base_bytes_make(files, strlen(files) - strlen(SERVICE_FOLDER_FILES)));
    base_text_add_string(&path, SERVICE_FOLDER_RECORD);
    return base_text_take(&path);
}

/* What was in the folder of `old` is in the folder of `now`. */
static int follow_folder(struct service_past *past, const char *old, const char *now)
{
    char *old_record = record_beside(old);
    char *record = record_beside(now);
    int problem = old_record == NULL || record == NULL ? ENOMEM : 0;
    for (size_t i = 0; problem == 0 && i < past->move_count; i++) {
        problem = strcmp(past->moves[i].to, old) == 0 ? replace(&past->moves[i].to, now) : 0;
    }
    for (size_t i = 0; problem == 0 && i < past->folder_count; i++) {
        problem = strcmp(past->folders[i], old_record) == 0 ? replace(&past->folders[i], record) : 0;
    }
    free(old_record);
    free(record);
    return problem;
}

/* An undo has one move for each one of the operation that it takes back, in the reverse order. */
static int follow_moves(struct service_past *past, const struct service_past *undone, const struct service_past *undo)
{
    int problem = 0;
    if (undone->move_count != undo->move_count) {
        return 0;
    }
    for (size_t i = 0; problem == 0 && i < undo->move_count; i++) {
        const struct service_past_move *there = &undone->moves[undone->move_count - 1 - i];
        const struct service_past_move *back = &undo->moves[i];
        if (service_folder_is_files(there->from) && service_folder_is_files(back->to) &&
            strcmp(there->to, back->from) == 0) {
            problem = follow_folder(past, there->from, back->to);
        }
    }
    return problem;
}

/* The last operation of that number before `end`; `end`: there is none. */
static size_t find_before(const struct service_operations *operations, uint64_t operation, size_t end)
{
    for (size_t i = end; i > 0; i--) {
        if (operations->links[i - 1].operation == operation) {
            return i - 1;
        }
    }
    return end;
}

/* A line that does not say what was changed says nothing of folders either. */
static int follow_undo(const struct service_operations *operations, size_t at, struct service_past *past)
{
    struct service_past undone = {.changes = NULL};
    struct service_past undo = {.changes = NULL};
    size_t taken_back = find_before(operations, operations->links[at].undoes, at);
    int problem = taken_back < at ? service_past_read(&undone, &operations->lines[taken_back]) : EBADMSG;
    problem = problem != 0 ? problem : service_past_read(&undo, &operations->lines[at]);
    problem = problem != 0 ? problem : follow_moves(past, &undone, &undo);
    service_past_free(&undone);
    service_past_free(&undo);
    return problem == EBADMSG ? 0 : problem;
}

int service_operations_past(const struct service_operations *operations, size_t at, struct service_past *past)
{
    int problem = service_past_read(past, &operations->lines[at]);
    for (size_t i = at + 1; problem == 0 && past->folder_count > 0 && i < operations->count; i++) {
        const struct service_history_link *link = &operations->links[i];
        problem = link->undoes != 0 && link->by == 0 ? follow_undo(operations, i, past) : 0;
    }
    return problem;
}
