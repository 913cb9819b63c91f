/* What to do about a finding: its own words, else those of the front end, else those of the catalogue. */
#ifndef PRPACK_PRESENT_REMEDY_H
#define PRPACK_PRESENT_REMEDY_H

#include "base/text.h"
#include "present/output.h"

/* Appends the remedy of a finding, with its subject and options of the call: {+OPTIONS} in a remedy is replaced by
 * the options that it does not name itself, each followed by a space; {+ASSETS} by --assets alone; {+ADD} by the
 * command of the call that registers directories. {*WORDS} is replaced by each line of the subject as a word of a
 * command. The text may have bytes of the input. */
void present_remedy_add(struct base_text *text, const struct present_output *output,
                        const struct base_finding *finding);

/* Appends the command to run for a finding; nothing where the front end has none. */
void present_command_add(struct base_text *text, const struct present_output *output,
                         const struct base_finding *finding);

/* Appends the remedy of a diagnostic, or of a cause of it, for any finding that has it. */
void present_remedy_add_general(struct base_text *text, const struct present_output *output, enum diag diagnostic,
                                enum diag_cause cause);

/* The remedy of a diagnostic without a cause: one that has no place for a subject. Static storage. */
const char *present_remedy(const struct present_output *output, enum diag diagnostic);

#endif
