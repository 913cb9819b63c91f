#include "cli/given.h"

#include "present/lasting.h"

#include <string.h>

size_t cli_given(const struct cli_arguments *arguments, struct present_given given[CLI_OPTION_COUNT])
{
    size_t count = 0;
    for (size_t i = 0; i < PRESENT_LASTING; i++) {
        for (int option = 0; option < CLI_OPTION_COUNT; option++) {
            const char *name = cli_option_facts((enum cli_option)option)->name;
            if (arguments->given[option] && strcmp(name, present_lasting[i]) == 0) {
                given[count++] = (struct present_given){.name = name, .value = arguments->value[option]};
            }
        }
    }
    return count;
}
