/* What is wrong with a sound, or why it could not be read. The first fault of a sound stays. */
#ifndef PRPACK_VERIFY_SOUND_FAULT_H
#define PRPACK_VERIFY_SOUND_FAULT_H

#include "base/diagnostic.h"

#include <stdbool.h>
#include <stdint.h>

enum { VERIFY_SOUND_TEXT = 200, VERIFY_SOUND_VALUE = 80 };

/* Zero-initialise: no fault. */
struct verify_sound_fault {
    bool found;
    int problem; /* not 0: an errno value or base_file_problem, ECANCELED too; the members below mean nothing then */
    enum diag diagnostic;
    uint64_t at;     /* position in the file */
    uint64_t length; /* bytes at fault from there; 0: not known */
    char text[VERIFY_SOUND_TEXT];
    char expected[VERIFY_SOUND_VALUE]; /* empty: nothing is said */
};

/* Each returns false, and keeps a fault that is there already. `expected` may be NULL. */
bool verify_sound_problem(struct verify_sound_fault *fault, int problem);
__attribute__((format(printf, 6, 7))) bool verify_sound_fail(struct verify_sound_fault *fault, enum diag diagnostic,
                                                             uint64_t at, uint64_t length, const char *expected,
                                                             const char *format, ...);

#endif
