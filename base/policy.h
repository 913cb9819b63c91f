/* Which findings count: some ids are ignored, some warnings are errors.
 *
 * Code that looks for faults reports all of them, and goes on by all of them. A policy is applied to what it has found,
 * before something is decided by that: a verdict, whether to publish, an exit code. */
#ifndef PRPACK_BASE_POLICY_H
#define PRPACK_BASE_POLICY_H

#include "base/findings.h"

/* Zero-initialised, it leaves everything as it is. Findings of the classes L, E and U are never ignored. */
struct base_policy {
    bool strict;               /* every warning is an error */
    bool errors[DIAG_COUNT];   /* every warning of this id is an error */
    bool softened[DIAG_COUNT]; /* every error of this id is a warning; so it is one of those that the two above speak of
                                */
    bool ignored[DIAG_COUNT];  /* findings of this id are ignored */
    bool keeps_refusals;       /* but not errors of class W: the operation cannot continue with what they are about */
};

/* Drops the findings that are ignored, and makes errors of warnings that count as such. Findings that were added
 * afterwards want another call; what was judged stays as it is. policy may be NULL. */
void base_findings_judge(struct base_findings *findings, const struct base_policy *policy);

#endif
