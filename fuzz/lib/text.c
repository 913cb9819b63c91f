#include "fuzz/lib/text.h"

#include "fuzz/lib/harness.h"

#include <stdlib.h>
#include <string.h>

static void make_room(struct fuzz_text *text, size_t size)
{
    if (text->capacity - text->size < size) {
        text->capacity = (text->size + size) * 2 + 32;
        text->data = realloc(text->data, text->capacity);
        FUZZ_CHECK(text->data != NULL);
    }
}

void fuzz_text_add(struct fuzz_text *text, const void *data, size_t size)
{
    make_room(text, size);
    if (size > 0) {
        memcpy(text->data + text->size, data, size);
        text->size += size;
    }
}

void fuzz_text_free(struct fuzz_text *text)
{
    free(text->data);
    *text = (struct fuzz_text){.data = NULL};
}

struct base_bytes fuzz_text_bytes(const struct fuzz_text *text)
{
    return base_bytes_make(text->data, text->size);
}
