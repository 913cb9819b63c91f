#include "verify/sound/fault.h"

#include <stdarg.h>
#include <stdio.h>

bool verify_sound_problem(struct verify_sound_fault *fault, int problem)
{
    if (!fault->found) {
        fault->found = true;
        fault->problem = problem;
    }
    return false;
}

bool verify_sound_fail(struct verify_sound_fault *fault, enum diag diagnostic, uint64_t at, uint64_t length,
                       const char *expected, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!fault->found) {
        fault->found = true;
        fault->diagnostic = diagnostic;
        fault->at = at;
        fault->length = length;
        (void)snprintf(fault->expected, sizeof fault->expected, "%s", expected != NULL ? expected : "");
        /* The analyser takes arguments that begin before a branch for uninitialised.
         * NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
        (void)vsnprintf(fault->text, sizeof fault->text, format, arguments);
    }
    va_end(arguments);
    return false;
}
