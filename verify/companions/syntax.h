/* The form of a companion: canonical JSON. */
#ifndef PRPACK_VERIFY_COMPANIONS_SYNTAX_H
#define PRPACK_VERIFY_COMPANIONS_SYNTAX_H

#include "base/findings.h"
#include "base/task.h"

enum verify_form {
    VERIFY_FORM_CANONICAL,
    VERIFY_FORM_SPACED, /* it would be canonical without the white space between its tokens */
    VERIFY_FORM_FAULTY  /* or memory ran out */
};

/* companion-syntax: whether the text of `lines` is canonical JSON. Reports the first fault of every other form. */
enum verify_form verify_companion_form(struct base_task *task, struct base_findings *findings, const char *path,
                                       struct base_lines *lines);

#endif
