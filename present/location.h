/* The path of a file as another program is told it: relative to one directory, whatever the user named. */
#ifndef PRPACK_PRESENT_LOCATION_H
#define PRPACK_PRESENT_LOCATION_H

#include "base/text.h"
#include "present/output.h"

/* Appends the path of `file`, as a finding names it, relative to from->base: "game/assets/hero/asset.json", "../x.pa",
 * "." for the base itself. Links are not looked at, and ".." below a directory that was named stays, since only the
 * file system knows where it leads. A path from "/" on is appended as it is when the base is not known. The bytes are
 * those of the path. */
void present_location_add(struct base_text *text, const struct present_from *from, const char *file);

/* The same as a relative reference of RFC 3986: every byte but letters, digits, "-", ".", "_", "~" and "/" is
 * percent-encoded. */
void present_location_add_uri(struct base_text *text, const struct present_from *from, const char *file);

#endif
