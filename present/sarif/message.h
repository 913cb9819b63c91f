/* Messages of SARIF: SARIF 2.1.0, 3.11. */
#ifndef PRPACK_PRESENT_SARIF_MESSAGE_H
#define PRPACK_PRESENT_SARIF_MESSAGE_H

#include "json/emit.h"

/* Emits {"text":…}, in which nothing is a placeholder or a link: braces are doubled, and where the words have "](",
 * brackets get a backslash. */
void present_sarif_message(struct json_emit *emit, const char *words);

#endif
