/* Text as Markdown shows it and does not obey it. */
#ifndef PRPACK_PRESENT_GITHUB_MARKDOWN_H
#define PRPACK_PRESENT_GITHUB_MARKDOWN_H

#include "base/text.h"

/* Appends printable text. What could be markup, a link, a mention or the end of a cell becomes a character reference.
 */
void present_markdown_add(struct base_text *text, const char *words);

#endif
