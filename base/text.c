#include "base/text.h"

#include "base/checked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void base_text_free(struct base_text *text)
{
    free(text->data);
    *text = BASE_TEXT_EMPTY;
}

void base_text_release(struct base_text *text, bool *out_of_memory)
{
    *out_of_memory = *out_of_memory || base_text_out_of_memory(text);
    base_text_free(text);
}

void base_text_clear(struct base_text *text)
{
    text->size = 0;
    if (text->data != NULL) {
        text->data[0] = '\0';
    }
}

bool base_text_out_of_memory(const struct base_text *text)
{
    return text->out_of_memory;
}

const char *base_text_string(const struct base_text *text)
{
    return text->data != NULL ? text->data : "";
}

struct base_bytes base_text_bytes(const struct base_text *text)
{
    return base_bytes_make(text->data, text->size);
}

/* Makes room for `more` bytes and a NUL. */
static bool reserve(struct base_text *text, size_t more)
{
    size_t needed;
    if (text->out_of_memory || !base_add_size(text->size, more, &needed) || !base_add_size(needed, 1, &needed)) {
        text->out_of_memory = true;
        return false;
    }
    if (needed <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity < 64 ? 64 : text->capacity;
    while (capacity < needed) {
        if (!base_mul_size(capacity, 2, &capacity)) {
            capacity = needed;
        }
    }
    char *data = realloc(text->data, capacity);
    if (data == NULL) {
        text->out_of_memory = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

char *base_text_take(struct base_text *text)
{
    if (!reserve(text, 0)) {
        base_text_free(text);
        return NULL;
    }
    text->data[text->size] = '\0';
    char *taken = text->data;
    *text = BASE_TEXT_EMPTY;
    return taken;
}

void base_text_add(struct base_text *text, struct base_bytes bytes)
{
    if (!reserve(text, bytes.size)) {
        return;
    }
    if (bytes.size > 0) {
        memcpy(text->data + text->size, bytes.data, bytes.size);
    }
    text->size += bytes.size;
    text->data[text->size] = '\0';
}

void base_text_add_string(struct base_text *text, const char *string)
{
    base_text_add(text, base_bytes_of_string(string));
}

void base_text_add_char(struct base_text *text, char character)
{
    base_text_add(text, base_bytes_make(&character, 1));
}

void base_text_addv(struct base_text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    /* The analyser takes a parameter that was copied for uninitialised.
     * NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) {
        text->out_of_memory = true;
    } else if (reserve(text, (size_t)length)) {
        (void)vsnprintf(text->data + text->size, (size_t)length + 1, format, again);
        text->size += (size_t)length;
    }
    va_end(again);
}

void base_text_addf(struct base_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(text, format, arguments);
    va_end(arguments);
}
