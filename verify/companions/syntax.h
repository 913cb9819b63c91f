/* The form of a companion: canonical JSON. */
#ifndef PRPACK_VERIFY_COMPANIONS_SYNTAX_H
#define PRPACK_VERIFY_COMPANIONS_SYNTAX_H

#include "base/findings.h"
#include "base/task.h"

/* companion-syntax: whether the text of `lines` is canonical JSON. Only its first fault is reported. */
bool verify_companion_is_canonical(struct base_task *task, struct base_findings *findings, const char *path,
                                   struct base_lines *lines);

#endif
