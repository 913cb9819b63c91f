/* Characters that a terminal or an editor obeys, or does not show.
 *
 * These are the controls (Cc), formats (Cf) and line and paragraph separators (Zl, Zp) of Unicode, and all that has the
 * property Default_Ignorable_Code_Point or Bidi_Control: fillers, variation selectors, tags and what is reserved for
 * more of them. tests/base/test_hidden.py compares the table with the data of Unicode. */
#ifndef PRPACK_BASE_HIDDEN_H
#define PRPACK_BASE_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

bool base_character_is_hidden(uint32_t character);

#endif
