#include "fuzz/mutate/splice.h"

void fuzz_splice(struct fuzz_text *text, size_t begin, size_t end, struct base_bytes replacement)
{
    struct fuzz_text changed = {.data = NULL};
    FUZZ_CHECK(begin <= end && end <= text->size);
    fuzz_text_add(&changed, text->data, begin);
    fuzz_text_add(&changed, replacement.data, replacement.size);
    fuzz_text_add(&changed, end < text->size ? text->data + end : NULL, text->size - end);
    fuzz_text_free(text);
    *text = changed;
}

void fuzz_mutate_bytes(struct fuzz_text *text)
{
    enum { ROOM = 64 };
    size_t size = text->size;
    static const uint8_t room[ROOM];
    fuzz_text_add(text, room, ROOM);
    text->size = LLVMFuzzerMutate(text->data, size, size + ROOM);
}
