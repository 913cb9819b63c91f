/* JSON text drawn from the bytes of an input. */
#ifndef PRPACK_FUZZ_PROJECTS_SCENARIO_JSON_H
#define PRPACK_FUZZ_PROJECTS_SCENARIO_JSON_H

#include "fuzz/naive/json.h"

/* Draws the value of metadata: an object of at most `levels` levels. */
void scenario_draw_metadata(struct fuzz_text *out, struct base_bytes *input, unsigned levels, const char *const fixed);
/* Appends a JSON string with this value, spelt in one of the ways there are. */
void scenario_spell(struct fuzz_text *out, struct base_bytes *input, struct base_bytes value);
void scenario_add(struct fuzz_text *out, const char *string);
__attribute__((format(printf, 2, 3))) void scenario_addf(struct fuzz_text *out, const char *format, ...);

#endif
