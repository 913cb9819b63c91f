/* Changes one string of a document, while every other byte stays. */
#ifndef PRPACK_WORKSPACE_EDIT_SET_TEXT_H
#define PRPACK_WORKSPACE_EDIT_SET_TEXT_H

#include "base/text.h"

/* Appends the document with the string `value` as the member `name` of its root. A value of any kind is replaced; a
 * member that is missing becomes the first one, after the white space of the one that was first. text is an object that
 * workspace_document_begin accepts, with at least one member. The value is UTF-8; name is a plain word. */
void workspace_set_text(struct base_bytes text, const char *name, const char *value, struct base_text *out);

#endif
