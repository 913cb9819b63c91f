#include "base/text.h"

#include "base/checked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pp_text_free(struct pp_text *text)
{
    free(text->data);
    *text = PP_TEXT_EMPTY;
}

void pp_text_clear(struct pp_text *text)
{
    text->size = 0;
    if (text->data != NULL) {
        text->data[0] = '\0';
    }
}

bool pp_text_failed(const struct pp_text *text)
{
    return text->failed;
}

const char *pp_text_string(const struct pp_text *text)
{
    return text->data != NULL ? text->data : "";
}

struct pp_bytes pp_text_bytes(const struct pp_text *text)
{
    return pp_bytes_make(text->data, text->size);
}

/* Makes room for `more` bytes and a NUL. */
static bool reserve(struct pp_text *text, size_t more)
{
    size_t needed;
    if (text->failed || !pp_add_size(text->size, more, &needed) || !pp_add_size(needed, 1, &needed)) {
        text->failed = true;
        return false;
    }
    if (needed <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity < 64 ? 64 : text->capacity;
    while (capacity < needed) {
        if (!pp_mul_size(capacity, 2, &capacity)) {
            capacity = needed;
        }
    }
    char *data = realloc(text->data, capacity);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

char *pp_text_take(struct pp_text *text)
{
    if (!reserve(text, 0)) {
        pp_text_free(text);
        return NULL;
    }
    text->data[text->size] = '\0';
    char *taken = text->data;
    *text = PP_TEXT_EMPTY;
    return taken;
}

void pp_text_add(struct pp_text *text, struct pp_bytes bytes)
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

void pp_text_add_string(struct pp_text *text, const char *string)
{
    pp_text_add(text, pp_bytes_of_string(string));
}

void pp_text_add_char(struct pp_text *text, char character)
{
    pp_text_add(text, pp_bytes_make(&character, 1));
}

void pp_text_addv(struct pp_text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    /* The analyser takes a parameter that was copied for uninitialised. NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) {
        text->failed = true;
    } else if (reserve(text, (size_t)length)) {
        (void)vsnprintf(text->data + text->size, (size_t)length + 1, format, again);
        text->size += (size_t)length;
    }
    va_end(again);
}

void pp_text_addf(struct pp_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pp_text_addv(text, format, arguments);
    va_end(arguments);
}
