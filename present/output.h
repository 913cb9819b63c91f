/* Where results are shown, and how. */
#ifndef PRPACK_PRESENT_OUTPUT_H
#define PRPACK_PRESENT_OUTPUT_H

#include "base/diagnostic.h"

#include <stdbool.h>
#include <stdio.h>

struct present_output {
    FILE *out; /* results; findings of an examination */
    FILE *err; /* other findings, and progress */
    bool json; /* one JSON document per line, instead of text */
    bool quiet;
    bool color_out; /* out may get escape sequences */
    bool color_err;
    bool *out_of_memory; /* sticky, set when something could not be shown for want of memory: the front end says so */
};

#endif
