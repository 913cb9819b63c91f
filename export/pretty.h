/* JSON as people read it: docs/contracts/workspace.md 3.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_PRETTY_H
#define PRPACK_EXPORT_PRETTY_H

#include "base/text.h"

/* Appends JSON with two blanks per level and a newline at the end, a member or element per line. An object in an array
 * of the third level stands on one line: these are the inputs of a declaration. False when that would be more than
 * `most` bytes, or memory ran out: what was appended is then of no use. */
bool export_pretty_print(struct base_text *text, struct base_bytes json, size_t most);

#endif
