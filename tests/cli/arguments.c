#include "cli/arguments.h"
#include "tests/lib/unit.h"

/* Parses a NULL-terminated list of words after the program's name. */
static bool parse(char *const *words, struct cli_arguments *arguments, struct base_text *problem)
{
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    *problem = BASE_TEXT_EMPTY;
    return cli_arguments_parse(count, words, arguments, problem);
}

#define WORDS(...) ((char *[]){(char[]){"prpack"}, __VA_ARGS__, NULL})
#define W(text) ((char[]){text})

UNIT_TEST(options_before_and_after_operands)
{
    struct cli_arguments arguments;
    struct base_text problem;
    REQUIRE(parse(WORDS(W("-q"), W("inspect"), W("a"), W("--format=json"), W("b"), W("-j3")), &arguments, &problem));
    CHECK_U64(arguments.command, CLI_COMMAND_INSPECT);
    CHECK_U64(arguments.operand_count, 2);
    CHECK_STRING(arguments.operands[0], "a");
    CHECK_STRING(arguments.operands[1], "b");
    CHECK(arguments.json);
    CHECK(arguments.given[CLI_OPTION_QUIET]);
    CHECK_U64(arguments.jobs, 3);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

UNIT_TEST(two_dashes_end_the_options)
{
    struct cli_arguments arguments;
    struct base_text problem;
    REQUIRE(parse(WORDS(W("inspect"), W("--"), W("--help"), W("-")), &arguments, &problem));
    CHECK_U64(arguments.operand_count, 2);
    CHECK_STRING(arguments.operands[0], "--help");
    CHECK_STRING(arguments.operands[1], "-");
    CHECK(!arguments.given[CLI_OPTION_HELP]);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

UNIT_TEST(no_words_at_all)
{
    struct cli_arguments arguments;
    struct base_text problem = BASE_TEXT_EMPTY;
    CHECK(!cli_arguments_parse(0, NULL, &arguments, &problem));
    CHECK(problem.size > 0);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

UNIT_TEST(same_option_twice)
{
    struct cli_arguments arguments;
    struct base_text problem;
    CHECK(parse(WORDS(W("build"), W("-oa"), W("--output"), W("a")), &arguments, &problem));
    cli_arguments_free(&arguments);
    base_text_free(&problem);
    CHECK(!parse(WORDS(W("build"), W("-oa"), W("-ob")), &arguments, &problem));
    CHECK_STRING(base_text_string(&problem), "--output is given twice with different values");
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

UNIT_TEST(flag_with_a_value)
{
    struct cli_arguments arguments;
    struct base_text problem;
    CHECK(!parse(WORDS(W("build"), W("--verify=yes")), &arguments, &problem));
    CHECK_STRING(base_text_string(&problem), "--verify takes no value");
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

UNIT_TEST(format_is_honoured_when_another_word_is_wrong)
{
    struct cli_arguments arguments;
    struct base_text problem;
    CHECK(!parse(WORDS(W("build"), W("--bogus"), W("--format"), W("json")), &arguments, &problem));
    CHECK(arguments.json);
    CHECK_STRING(base_text_string(&problem), "there is no option --bogus; see prpack --help");
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

UNIT_TEST(every_option_belongs_to_a_command)
{
    for (int option = 0; option < CLI_OPTION_COUNT; option++) {
        const struct cli_option_facts *facts = cli_option_facts((enum cli_option)option);
        CHECK(facts->name[0] != '\0' && facts->help[0] != '\0');
        CHECK((facts->commands & ((1U << CLI_COMMAND_COUNT) - 2)) != 0);
    }
}
