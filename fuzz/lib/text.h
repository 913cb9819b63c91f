/* Bytes that grow, for texts and files. */
#ifndef PRPACK_FUZZ_LIB_TEXT_H
#define PRPACK_FUZZ_LIB_TEXT_H

#include "base/bytes.h"

/* Zero-initialise. Running out of memory ends the program. */
struct fuzz_text {
    uint8_t *data;
    size_t size;
    size_t capacity;
};
void fuzz_text_add(struct fuzz_text *text, const void *data, size_t size);
void fuzz_text_free(struct fuzz_text *text);
struct base_bytes fuzz_text_bytes(const struct fuzz_text *text);

#endif
