/* Workflow commands of GitHub Actions, which annotate lines of files. */
#ifndef PRPACK_PRESENT_GITHUB_ANNOTATION_H
#define PRPACK_PRESENT_GITHUB_ANNOTATION_H

#include "base/text.h"
#include "present/output.h"

/* Appends "::error file=…,line=…,col=…,title=…::MESSAGE" with its end of line. The line is 1 where none is known, and
 * then there is no column. */
void present_github_add_finding(struct base_text *text, const struct present_output *output,
                                const struct base_finding *finding);

/* Appends "::notice title=prpack::WORDS" with its end of line. */
void present_github_add_notice(struct base_text *text, const char *words);

#endif
