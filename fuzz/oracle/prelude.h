/* The rules of the prelude, a second time. */
#ifndef PRPACK_FUZZ_ORACLE_PRELUDE_H
#define PRPACK_FUZZ_ORACLE_PRELUDE_H

#include "base/bytes.h"
#include "base/diagnostic.h"

/* What the contract says of the start of a file, of which 32 bytes are there unless the file is shorter: 1.1, and the
 * first rows of 4.1. cap as in pp_pack_options. */
enum diag oracle_check_prelude(struct base_bytes start, uint64_t file_size, uint32_t cap);

/* A number of `width` bytes of the prelude, lowest first. */
uint64_t oracle_number_at(struct base_bytes start, size_t at, size_t width);

#endif
