#include "cli/arguments.h"
#include "tests/harness/unit.h"

/* Parses a NULL-terminated list of words behind the program's name. */
static bool parse(char *const *words, struct pp_arguments *arguments, struct pp_text *problem)
{
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    *problem = PP_TEXT_EMPTY;
    return pp_arguments_parse(count, words, arguments, problem);
}

#define WORDS(...) ((char *[]){(char[]){"prpack"}, __VA_ARGS__, NULL})
#define W(text) ((char[]){text})

UNIT_TEST(options_before_and_after_operands)
{
    struct pp_arguments arguments;
    struct pp_text problem;
    REQUIRE(parse(WORDS(W("-q"), W("inspect"), W("a"), W("--format=json"), W("b"), W("-j3")), &arguments, &problem));
    CHECK_U64(arguments.command, PP_COMMAND_INSPECT);
    CHECK_U64(arguments.operand_count, 2);
    CHECK_STRING(arguments.operands[0], "a");
    CHECK_STRING(arguments.operands[1], "b");
    CHECK(arguments.json);
    CHECK(arguments.given[PP_OPTION_QUIET]);
    CHECK_U64(arguments.jobs, 3);
    pp_arguments_free(&arguments);
    pp_text_free(&problem);
}

UNIT_TEST(two_dashes_end_the_options)
{
    struct pp_arguments arguments;
    struct pp_text problem;
    REQUIRE(parse(WORDS(W("inspect"), W("--"), W("--help"), W("-")), &arguments, &problem));
    CHECK_U64(arguments.operand_count, 2);
    CHECK_STRING(arguments.operands[0], "--help");
    CHECK_STRING(arguments.operands[1], "-");
    CHECK(!arguments.given[PP_OPTION_HELP]);
    pp_arguments_free(&arguments);
    pp_text_free(&problem);
}

UNIT_TEST(no_words_at_all)
{
    struct pp_arguments arguments;
    struct pp_text problem = PP_TEXT_EMPTY;
    CHECK(!pp_arguments_parse(0, NULL, &arguments, &problem));
    CHECK(problem.size > 0);
    pp_arguments_free(&arguments);
    pp_text_free(&problem);
}

UNIT_TEST(same_option_twice)
{
    struct pp_arguments arguments;
    struct pp_text problem;
    CHECK(parse(WORDS(W("build"), W("-oa"), W("--output"), W("a")), &arguments, &problem));
    pp_arguments_free(&arguments);
    pp_text_free(&problem);
    CHECK(!parse(WORDS(W("build"), W("-oa"), W("-ob")), &arguments, &problem));
    CHECK_STRING(pp_text_string(&problem), "--output is given twice with different values");
    pp_arguments_free(&arguments);
    pp_text_free(&problem);
}

UNIT_TEST(flag_with_a_value)
{
    struct pp_arguments arguments;
    struct pp_text problem;
    CHECK(!parse(WORDS(W("build"), W("--verify=yes")), &arguments, &problem));
    CHECK_STRING(pp_text_string(&problem), "--verify takes no value");
    pp_arguments_free(&arguments);
    pp_text_free(&problem);
}

UNIT_TEST(format_is_honoured_when_another_word_is_wrong)
{
    struct pp_arguments arguments;
    struct pp_text problem;
    CHECK(!parse(WORDS(W("build"), W("--bogus"), W("--format"), W("json")), &arguments, &problem));
    CHECK(arguments.json);
    CHECK_STRING(pp_text_string(&problem), "there is no option --bogus; see prpack --help");
    pp_arguments_free(&arguments);
    pp_text_free(&problem);
}

UNIT_TEST(every_option_belongs_to_a_command)
{
    for (int option = 0; option < PP_OPTION_COUNT; option++) {
        const struct pp_option_facts *facts = pp_option_facts((enum pp_option)option);
        CHECK(facts->name[0] != '\0' && facts->help[0] != '\0');
        CHECK((facts->commands & ((1U << PP_COMMAND_COUNT) - 2)) != 0);
    }
}
