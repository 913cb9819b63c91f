#include "present/location.h"

#include <string.h>

static bool is_absolute(const char *path)
{
    return path[0] == '/';
}

/* The next component at *at, which is moved behind it; size 0 after the last one. Empty ones and "." are skipped. */
static struct base_bytes next_component(const char **at)
{
    for (;;) {
        const char *begin = *at + strspn(*at, "/");
        size_t size = strcspn(begin, "/");
        *at = begin + size;
        if (size != 1 || begin[0] != '.') {
            return base_bytes_make(begin, size);
        }
    }
}

static void add_component(struct base_text *text, size_t begin, struct base_bytes component)
{
    if (text->size > begin) {
        base_text_add_char(text, '/');
    }
    base_text_add(text, component);
}

static void add_components(struct base_text *text, size_t begin, const char *path)
{
    for (struct base_bytes next = next_component(&path); next.size > 0; next = next_component(&path)) {
        add_component(text, begin, next);
    }
}

/* Both begin with "/". A path is left alone from its first ".." on: what it leads to is not known. */
static void add_relative(struct base_text *text, const char *path, const char *base)
{
    size_t begin = text->size;
    const char *rest_of_path = path;
    const char *rest_of_base = base;
    struct base_bytes step = next_component(&path);
    struct base_bytes from = next_component(&base);
    while (step.size > 0 && base_bytes_equal(step, from)) {
        rest_of_path = path;
        rest_of_base = base;
        step = next_component(&path);
        from = next_component(&base);
    }
    while (next_component(&rest_of_base).size > 0) {
        add_component(text, begin, base_bytes_of_string(".."));
    }
    add_components(text, begin, rest_of_path);
}

/* The length of the path without its last component, and without slashes at the end. */
static size_t length_of_parent(const char *path, size_t length)
{
    while (length > 0 && path[length - 1] == '/') {
        length--;
    }
    while (length > 0 && path[length - 1] != '/') {
        length--;
    }
    return length;
}

/* Appends the current directory and a path that begins there. The current directory has no links in it, so a ".." with
 * which the path begins leads to the directory above. */
static void add_from_current(struct base_text *text, const char *current, const char *path)
{
    size_t length = strlen(current);
    const char *rest = path;
    for (struct base_bytes next = next_component(&path); base_bytes_equal(next, base_bytes_of_string(".."));
         next = next_component(&path)) {
        length = length_of_parent(current, length);
        rest = path;
    }
    base_text_add(text, base_bytes_make(current, length));
    base_text_addf(text, "/%s", rest);
}

/* Appends the path from "/" on, or as it is when nothing is known of where it begins. */
static void add_absolute(struct base_text *text, const struct present_from *from, const char *file)
{
    struct base_text path = BASE_TEXT_EMPTY;
    if (!is_absolute(file) && from->directory != NULL) {
        base_text_addf(&path, "%s/", from->directory);
    }
    base_text_add_string(&path, file);
    if (is_absolute(base_text_string(&path)) || from->current == NULL) {
        base_text_add_string(text, base_text_string(&path));
    } else {
        add_from_current(text, from->current, base_text_string(&path));
    }
    base_text_release(&path, &text->out_of_memory);
}

void present_location_add(struct base_text *text, const struct present_from *from, const char *file)
{
    const char *base = from->base != NULL ? from->base : from->current;
    struct base_text path = BASE_TEXT_EMPTY;
    size_t begin = text->size;
    add_absolute(&path, from, file);
    if (!is_absolute(base_text_string(&path))) {
        add_components(text, begin, base_text_string(&path));
    } else if (base == NULL) {
        base_text_add_string(text, base_text_string(&path));
    } else {
        add_relative(text, base_text_string(&path), base);
    }
    if (text->size == begin) {
        base_text_add_char(text, '.');
    }
    base_text_release(&path, &text->out_of_memory);
}

static bool is_unreserved(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           (byte != '\0' && strchr("-._~/", byte) != NULL);
}

void present_location_add_uri(struct base_text *text, const struct present_from *from, const char *file)
{
    struct base_text path = BASE_TEXT_EMPTY;
    present_location_add(&path, from, file);
    for (size_t i = 0; i < path.size; i++) {
        if (is_unreserved(path.data[i])) {
            base_text_add_char(text, path.data[i]);
        } else {
            base_text_addf(text, "%%%02X", (unsigned char)path.data[i]);
        }
    }
    base_text_release(&path, &text->out_of_memory);
}
