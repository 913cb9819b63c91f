/* Prints the hidden characters of base/hidden.h as hexadecimal numbers, one per line. */
#include "base/hidden.h"

#include <inttypes.h>
#include <stdio.h>

int main(void)
{
    for (uint32_t character = 0; character <= 0x10ffff; character++) {
        if (base_character_is_hidden(character)) {
            (void)printf("%" PRIx32 "\n", character);
        }
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
