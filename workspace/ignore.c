#include "workspace/ignore.h"

#include "base/path.h"
#include "workspace/glob.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct base_bytes drop_first(struct base_bytes bytes)
{
    return base_bytes_make(bytes.data + 1, bytes.size - 1);
}

static bool begins_with(struct base_bytes bytes, char byte)
{
    return bytes.size > 0 && bytes.data[0] == (uint8_t)byte;
}

/* A blank at the end counts only after a backslash, which itself must not be escaped. */
static struct base_bytes drop_blanks(struct base_bytes line)
{
    size_t end = 0;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] == '\\' && i + 1 < line.size) {
            i++;
            end = i + 1;
        } else if (line.data[i] != ' ') {
            end = i + 1;
        }
    }
    return base_bytes_make(line.data, end);
}

/* False for a line that means nothing. */
static bool parse_line(struct base_bytes line, struct workspace_ignore_pattern *pattern)
{
    *pattern = (struct workspace_ignore_pattern){.taken_in = false};
    if (line.size > 0 && line.data[line.size - 1] == '\r') {
        line.size--;
    }
    line = drop_blanks(line);
    if (line.size == 0 || line.data[0] == '#') {
        return false;
    }
    if (line.data[0] == '!') {
        pattern->taken_in = true;
        line = drop_first(line);
    }
    if (line.size > 0 && line.data[line.size - 1] == '/') {
        pattern->directories_only = true;
        line.size--;
    }
    pattern->anchored = memchr(line.data, '/', line.size) != NULL;
    if (begins_with(line, '/')) {
        line = drop_first(line);
    }
    pattern->glob = line;
    return line.size > 0;
}

/* One more than the bytes that end a line. */
static size_t count_lines(struct base_bytes text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.size; i++) {
        lines += text.data[i] == '\n';
    }
    return lines;
}

static void parse_lines(struct workspace_ignore *ignore, struct base_bytes text)
{
    while (text.size > 0) {
        const uint8_t *end = memchr(text.data, '\n', text.size);
        size_t length = end != NULL ? (size_t)(end - text.data) : text.size;
        struct base_bytes line = base_bytes_make(text.data, length);
        size_t step = length < text.size ? length + 1 : length;
        text = base_bytes_make(text.data + step, text.size - step);
        ignore->count += parse_line(line, &ignore->items[ignore->count]);
    }
}

bool workspace_ignore_parse(struct workspace_ignore *ignore, struct base_bytes text)
{
    *ignore = WORKSPACE_IGNORE_EMPTY;
    if (text.size == 0) {
        return true;
    }
    ignore->text = malloc(text.size);
    ignore->items = calloc(count_lines(text), sizeof *ignore->items);
    if (ignore->text == NULL || ignore->items == NULL) {
        workspace_ignore_free(ignore);
        return false;
    }
    memcpy(ignore->text, text.data, text.size);
    parse_lines(ignore, base_bytes_make((const uint8_t *)ignore->text, text.size));
    return true;
}

static struct base_bytes last_component(struct base_bytes path)
{
    size_t begin = path.size;
    while (begin > 0 && path.data[begin - 1] != '/') {
        begin--;
    }
    return base_bytes_make(path.data + begin, path.size - begin);
}

bool workspace_ignores(const struct workspace_ignore *ignore, const char *path, bool is_directory)
{
    struct base_bytes whole = base_bytes_of_string(path);
    for (size_t i = ignore->count; i > 0; i--) {
        const struct workspace_ignore_pattern *pattern = &ignore->items[i - 1];
        if (pattern->directories_only && !is_directory) {
            continue;
        }
        if (workspace_glob_fits(pattern->glob, pattern->anchored ? whole : last_component(whole))) {
            return !pattern->taken_in;
        }
    }
    return false;
}

int workspace_ignores_entry(const struct workspace_ignore *ignore, const char *directory, const char *name,
                            bool is_directory, bool *ignored)
{
    *ignored = false;
    if (ignore->count == 0) {
        return 0;
    }
    char *path = base_path_join(directory, name);
    if (path == NULL) {
        return ENOMEM;
    }
    *ignored = workspace_ignores(ignore, path, is_directory);
    free(path);
    return 0;
}

int workspace_ignores_within(const struct workspace_ignore *ignore, const char *directory, bool *ignored)
{
    char *path = strdup(directory);
    *ignored = false;
    if (path == NULL) {
        return ENOMEM;
    }
    for (char *slash = strchr(path, '/'); slash != NULL && !*ignored; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        *ignored = workspace_ignores(ignore, path, true);
        *slash = '/';
    }
    *ignored = *ignored || workspace_ignores(ignore, path, true);
    free(path);
    return 0;
}

void workspace_ignore_free(struct workspace_ignore *ignore)
{
    free(ignore->text);
    free(ignore->items);
    *ignore = WORKSPACE_IGNORE_EMPTY;
}
