/* The command line: words parted by NUL bytes. Whatever was typed, the result is consistent, says one line when it
 * refuses, and borrows from the words alone. */
#include "cli/arguments.h"
#include "fuzz/lib/findings.h"
#include "fuzz/lib/harness.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 32 };

struct words {
    char *argv[WORDS_MAX + 1];
    int argc;
};

/* Each word in memory of exactly its size. */
static char *copy_word(struct base_bytes bytes)
{
    char *word = malloc(bytes.size + 1);
    FUZZ_CHECK(word != NULL);
    if (bytes.size > 0) {
        memcpy(word, bytes.data, bytes.size);
    }
    word[bytes.size] = '\0';
    return word;
}

static void add_word(struct words *words, struct base_bytes bytes)
{
    if (words->argc < WORDS_MAX) {
        words->argv[words->argc++] = copy_word(bytes);
        words->argv[words->argc] = NULL;
    }
}

static struct words split(struct base_bytes input)
{
    struct words words = {.argc = 0};
    add_word(&words, base_bytes_of_string("prpack"));
    while (input.size > 0) {
        const uint8_t *end = memchr(input.data, 0, input.size);
        size_t length = end != NULL ? (size_t)(end - input.data) : input.size;
        add_word(&words, fuzz_take_front(&input, length));
        (void)fuzz_take_front(&input, 1);
    }
    return words;
}

static void free_words(struct words *words)
{
    for (int i = 0; i < words->argc; i++) {
        free(words->argv[i]);
    }
}

/* Whether a string is part of one of the words. */
static bool is_borrowed(const struct words *words, const char *string)
{
    for (int i = 1; i < words->argc; i++) {
        const char *word = words->argv[i];
        if (string >= word && string <= word + strlen(word)) {
            return true;
        }
    }
    return false;
}

static void check_values(const struct words *words, const struct cli_arguments *arguments)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        const struct cli_option_facts *facts = cli_option_facts((enum cli_option)i);
        FUZZ_CHECK(arguments->value[i] == NULL || (arguments->given[i] && facts->argument != NULL));
        FUZZ_CHECK(arguments->value[i] == NULL || is_borrowed(words, arguments->value[i]));
    }
    FUZZ_CHECK(arguments->operand_count < (size_t)words->argc);
    for (size_t i = 0; i < arguments->operand_count; i++) {
        FUZZ_CHECK(is_borrowed(words, arguments->operands[i]));
    }
}

/* The request has what the options said, within its limits. */
static void check_request(const struct cli_arguments *arguments)
{
    const struct service_add_request *add = &arguments->request.add;
    if (arguments->command == CLI_COMMAND_BUILD) {
        FUZZ_CHECK(arguments->request.build.jobs <= 1024);
        FUZZ_CHECK((arguments->request.build.jobs > 0) == arguments->given[CLI_OPTION_JOBS]);
        FUZZ_CHECK(arguments->request.build.output == NULL || arguments->request.build.output[0] != '\0');
    } else if (arguments->command == CLI_COMMAND_ADD) {
        FUZZ_CHECK(add->has_slot == arguments->given[CLI_OPTION_SLOT] && add->slot <= 15);
        FUZZ_CHECK(add->tile_size == 0 || add->tile_size == 8 || add->tile_size == 16 || add->tile_size == 32);
        FUZZ_CHECK(add->name == arguments->value[CLI_OPTION_NAME]);
    }
}

/* What was understood can be done. */
static void check_accepted(const struct cli_arguments *arguments)
{
    bool asked = arguments->given[CLI_OPTION_HELP] || arguments->given[CLI_OPTION_VERSION];
    FUZZ_CHECK(arguments->command < CLI_COMMAND_COUNT);
    FUZZ_CHECK(arguments->command != CLI_COMMAND_NONE || asked);
    if (asked) {
        return;
    }
    const struct cli_command_facts facts = cli_command_facts(arguments->command);
    FUZZ_CHECK(arguments->operand_count >= facts.least && arguments->operand_count <= facts.most);
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        FUZZ_CHECK(!arguments->given[i] || cli_option_applies((enum cli_option)i, arguments->command));
    }
    check_request(arguments);
}

static bool same_string(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void check_same(const struct cli_arguments *a, const struct cli_arguments *b)
{
    FUZZ_CHECK(a->command == b->command && a->format == b->format && a->operand_count == b->operand_count);
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        FUZZ_CHECK(a->given[i] == b->given[i] && same_string(a->value[i], b->value[i]));
    }
    for (size_t i = 0; i < a->operand_count; i++) {
        FUZZ_CHECK(same_string(a->operands[i], b->operands[i]));
    }
}

/* "--name=value" as the first word, and the same as two words. */
static void check_split(const struct words *words, const struct cli_arguments *whole, bool accepted)
{
    const char *first = words->argc > 1 ? words->argv[1] : "";
    const char *equals = strchr(first, '=');
    if (strncmp(first, "--", 2) != 0 || equals == NULL || words->argc >= WORDS_MAX) {
        return;
    }
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        const struct cli_option_facts *facts = cli_option_facts((enum cli_option)i);
        if (facts->argument == NULL || strlen(facts->name) != (size_t)(equals - first) - 2 ||
            memcmp(facts->name, first + 2, strlen(facts->name)) != 0) {
            continue;
        }
        struct words two = {.argc = 0};
        struct cli_arguments arguments;
        struct base_text problem = BASE_TEXT_EMPTY;
        add_word(&two, base_bytes_of_string("prpack"));
        add_word(&two, base_bytes_make(first, (size_t)(equals - first)));
        add_word(&two, base_bytes_of_string(equals + 1));
        for (int w = 2; w < words->argc; w++) {
            add_word(&two, base_bytes_of_string(words->argv[w]));
        }
        FUZZ_CHECK(cli_arguments_parse(two.argc, two.argv, &arguments, &problem) == accepted);
        check_same(whole, &arguments);
        cli_arguments_free(&arguments);
        base_text_free(&problem);
        free_words(&two);
    }
}

static void check_without_memory(const struct words *words)
{
    struct cli_arguments arguments;
    struct base_text problem = BASE_TEXT_EMPTY;
    fuzz_memory_fail(1);
    bool accepted = cli_arguments_parse(words->argc, words->argv, &arguments, &problem);
    bool failed = fuzz_memory_failed();
    FUZZ_CHECK(!failed || !accepted);
    FUZZ_CHECK(base_text_out_of_memory(&problem) == failed);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_memory_begin();
    struct words words = split(base_bytes_make(data, size));
    struct cli_arguments arguments;
    struct base_text problem = BASE_TEXT_EMPTY;
    bool accepted = cli_arguments_parse(words.argc, words.argv, &arguments, &problem);
    FUZZ_CHECK(!base_text_out_of_memory(&problem));
    FUZZ_CHECK(accepted == (problem.size == 0));
    fuzz_check_line(base_text_string(&problem));
    check_values(&words, &arguments);
    if (accepted) {
        check_accepted(&arguments);
    }
    check_split(&words, &arguments, accepted);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
    check_without_memory(&words);
    free_words(&words);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
