/* Fills the caller's pp_error. */
#ifndef PRPACK_READER_PACK_ERROR_H
#define PRPACK_READER_PACK_ERROR_H

#include "reader/pack.h"

/* Nothing failed. */
#define READER_NO_ERROR ((struct pp_error){.diagnostic = DIAG_NONE, .entry = -1, .preload = -1})

/* Writes *error unless it is NULL. */
void reader_error_set(struct pp_error *error, struct pp_error value);
/* The file could not be read: `problem` is what base/file.h returned. byte_offset is a file position. */
struct pp_error reader_error_environment(int problem, uint64_t byte_offset);
/* Memory ran out. text is static. */
struct pp_error reader_error_memory(const char *text);

#endif
