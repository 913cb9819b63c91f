#include "workspace/document/conflict.h"

#include <string.h>

static struct base_bytes line_at(struct base_bytes text, size_t at)
{
    const uint8_t *end = memchr(text.data + at, '\n', text.size - at);
    size_t size = end != NULL ? (size_t)(end - text.data) - at : text.size - at;
    return base_bytes_make(text.data + at, size);
}

static bool begins_with(struct base_bytes line, const char *begin)
{
    return line.size >= strlen(begin) && memcmp(line.data, begin, strlen(begin)) == 0;
}

bool workspace_conflict_find(struct base_bytes text, size_t at, size_t *last)
{
    struct base_bytes line = line_at(text, at);
    if (!begins_with(line, "<<<<<<< ours") || at + line.size == text.size) {
        return false;
    }
    struct base_bytes next = line_at(text, at + line.size + 1);
    if (!begins_with(next, "    {") && !begins_with(next, "=======")) {
        return false;
    }
    for (*last = at; !begins_with(line, ">>>>>>> theirs"); line = line_at(text, *last)) {
        *last += line.size + 1;
        if (*last >= text.size) {
            return false;
        }
    }
    return true;
}
