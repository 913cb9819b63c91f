/* Text for XML 1.0. */
#ifndef PRPACK_PRESENT_JUNIT_XML_H
#define PRPACK_PRESENT_JUNIT_XML_H

#include "base/text.h"

/* Appends any bytes as character data that is also right between double quotes. Hidden characters, bytes that are not
 * UTF-8 and characters that XML 1.0 does not have are written as messages write them: "\x1b", "\u{202e}". */
void present_xml_add(struct base_text *text, const char *bytes);

/* Appends ` name="VALUE"`. */
void present_xml_attribute(struct base_text *text, const char *name, const char *value);

#endif
