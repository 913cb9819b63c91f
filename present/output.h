/* Where results are shown, and how. */
#ifndef PRPACK_PRESENT_OUTPUT_H
#define PRPACK_PRESENT_OUTPUT_H

#include "base/findings.h"

#include <stdbool.h>
#include <stdio.h>

/* What to do about a diagnostic, in the words of the front end: `cause` and `request_field` are those of the finding, 0
 * without one. NULL when the front end has no words of its own for it. The text is static. */
typedef const char *(*present_remedies)(enum diag diagnostic, enum diag_cause cause, unsigned request_field);

/* An option of the call that commands in remedies repeat. Borrowed. */
struct present_given {
    const char *name;  /* without the dashes */
    const char *value; /* or NULL: it takes none */
};

/* The command to run for a finding, for those that service_fix_of knows. The text is static. */
typedef const char *(*present_fixes)(enum diag diagnostic, enum diag_cause cause);

/* From where files are named. Borrowed. A relative path of a finding begins in `directory`; a format that names files
 * for other programs names them as seen from `base`. */
struct present_from {
    const char *current;   /* path of the current directory of the process, from "/" on; NULL: not known */
    const char *directory; /* relative to that, or from "/" on; NULL: the current directory */
    const char *base;      /* from "/" on; NULL: the current directory */
};

struct service_answer;

/* What the user may do next, in the words of the front end: lines for people, which come after an answer. NULL:
 * nothing. The text is static. */
typedef const char *(*present_hints)(const struct service_answer *answer);

struct present_output {
    FILE *out; /* results; findings of an examination */
    FILE *err; /* other findings, and progress */
    bool json; /* progress is for programs */
    bool quiet;
    bool color_out; /* out may get escape sequences */
    bool color_err;
    bool *out_of_memory; /* sticky, set when something could not be shown for want of memory: the front end says so */
    present_remedies remedies;         /* or NULL */
    present_fixes fixes;               /* or NULL */
    present_hints hints;               /* or NULL */
    const struct present_given *given; /* replaces {+OPTIONS} and {+ASSETS} in remedies; or NULL */
    size_t given_count;
    struct present_from from;
    FILE *summary;      /* gets a summary of all answers in Markdown, if the format writes one; or NULL */
    const char *adding; /* replaces {+ADD} in remedies: the command that registers directories; NULL: "add". Static */
};

#endif
