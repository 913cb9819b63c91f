/* One UTF-8 sequence at a time, for output: messages and reports. (The JSON tokenizer has a faster one of its own.) */
#ifndef PRPACK_BASE_UTF8_H
#define PRPACK_BASE_UTF8_H

#include "base/bytes.h"

/* The length (1 … 4) of the valid sequence at the start of `bytes`, with its character in *character; 0 when there is
 * none: bytes is empty, or the sequence is truncated, overlong, a surrogate or beyond U+10FFFF. */
size_t base_utf8_decode(struct base_bytes bytes, uint32_t *character);

#endif
