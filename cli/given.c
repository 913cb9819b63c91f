#include "cli/given.h"

/* The options that say what asset `add` or `adopt` makes of a directory, and where. Options about findings, threads and
 * the like are not among them: they do not change the asset. */
static const enum cli_option lasting[] = {
    CLI_OPTION_EACH, CLI_OPTION_TYPE,     CLI_OPTION_AS,          CLI_OPTION_NAME,    CLI_OPTION_TILE_SIZE,
    CLI_OPTION_PAD,  CLI_OPTION_CHANNELS, CLI_OPTION_UPDATE,      CLI_OPTION_ANYWAY,  CLI_OPTION_PRELOAD,
    CLI_OPTION_SLOT, CLI_OPTION_ASSETS,   CLI_OPTION_MAX_DECODED, CLI_OPTION_AS_COPY,
};

size_t cli_given(const struct cli_arguments *arguments, struct present_given given[CLI_OPTION_COUNT])
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof lasting / sizeof lasting[0]; i++) {
        enum cli_option option = lasting[i];
        if (arguments->given[option]) {
            given[count++] =
                (struct present_given){.name = cli_option_facts(option)->name, .value = arguments->value[option]};
        }
    }
    return count;
}
