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
    CHECK_STRING(arguments.format->name, "json");
    CHECK(arguments.given[CLI_OPTION_QUIET]);
    CHECK_U64(arguments.request.inspect.jobs, 3);
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
    CHECK_STRING(arguments.format->name, "json");
    CHECK_STRING(base_text_string(&problem), "there is no option --bogus");
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

static bool any_command_takes(enum cli_option option)
{
    for (int command = CLI_COMMAND_NONE + 1; command < CLI_COMMAND_COUNT; command++) {
        if (cli_option_applies(option, (enum cli_command)command)) {
            return true;
        }
    }
    return false;
}

UNIT_TEST(every_option_is_of_a_request_or_of_the_front_end)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        const struct cli_option_facts *facts = cli_option_facts((enum cli_option)i);
        CHECK(facts->name[0] != '\0');
        CHECK(facts->member != NULL || facts->help != NULL);
        CHECK(any_command_takes((enum cli_option)i));
    }
}

/* Whether the command line has a way to set a member: an option or the operands. */
static bool is_settable(enum cli_command command, const struct service_member *member)
{
    const struct cli_command_facts facts = cli_command_facts(command);
    unsigned ways = facts.member == member;
    ways += facts.second == member;
    ways += facts.third == member;
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        ways += cli_option_member((enum cli_option)i, command) == member;
    }
    return ways == 1;
}

/* How many commands run the operation. */
static unsigned count_commands(const struct service_operation *operation)
{
    unsigned count = 0;
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        count += cli_command_facts((enum cli_command)i).operation == operation;
    }
    return count;
}

UNIT_TEST(every_operation_has_its_command)
{
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        const struct service_operation *operation = service_operation((enum service_operation_id)i);
        CHECK_U64(count_commands(operation), 1);
    }
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        const struct service_operation *operation = cli_command_facts((enum cli_command)i).operation;
        CHECK((operation->run == NULL) == (i == CLI_COMMAND_SERVE));
    }
}

/* Whether two names differ in nothing but '-' for '_'. */
static bool is_spelt(const char *option, const char *member)
{
    size_t at = 0;
    while (option[at] != '\0' && (option[at] == member[at] || (option[at] == '-' && member[at] == '_'))) {
        at++;
    }
    return option[at] == '\0' && member[at] == '\0';
}

UNIT_TEST(options_are_called_as_the_table_says)
{
    for (int command = CLI_COMMAND_NONE + 1; command < CLI_COMMAND_COUNT; command++) {
        for (int i = 0; i < CLI_OPTION_COUNT; i++) {
            const struct service_member *member = cli_option_member((enum cli_option)i, (enum cli_command)command);
            CHECK(member == NULL ||
                  is_spelt(cli_option_facts((enum cli_option)i)->name, service_member_called(member)));
        }
    }
}

/* An option that has to be given says so in the help, and the operation says when it is missing. */
static bool is_needed_option(const struct service_member *member)
{
    return strcmp(member->name, "to") == 0 && strstr(member->help, "(needed)") != NULL;
}

UNIT_TEST(every_member_of_a_request_has_its_option_or_operand)
{
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        const struct cli_command_facts command = cli_command_facts((enum cli_command)i);
        const struct service_table *request = command.operation->request;
        CHECK((command.member != NULL) == (command.most > 0));
        for (size_t m = 0; m < request->count; m++) {
            CHECK(request->members[m].help != NULL);
            CHECK(is_settable((enum cli_command)i, &request->members[m]));
            CHECK(!request->members[m].required || (command.member == &request->members[m] && command.least > 0) ||
                  (command.second == &request->members[m] && command.least > 1) ||
                  (command.third == &request->members[m] && command.least > 2) ||
                  is_needed_option(&request->members[m]));
        }
    }
}

UNIT_TEST(options_of_the_front_end_are_these)
{
    static const enum cli_option front_end[] = {CLI_OPTION_MARKDOWN, CLI_OPTION_FRAMING,   CLI_OPTION_TRACE,
                                                CLI_OPTION_DESCRIBE, CLI_OPTION_DIRECTORY, CLI_OPTION_FORMAT,
                                                CLI_OPTION_QUIET,    CLI_OPTION_HELP,      CLI_OPTION_VERSION};
    size_t count = 0;
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        count += cli_option_facts((enum cli_option)i)->help != NULL;
    }
    CHECK_U64(count, sizeof front_end / sizeof front_end[0]);
    for (size_t i = 0; i < sizeof front_end / sizeof front_end[0]; i++) {
        CHECK(cli_option_facts(front_end[i])->help != NULL);
    }
}

UNIT_TEST(a_command_may_take_an_option_of_the_front_end_for_its_request)
{
    struct cli_arguments arguments;
    struct base_text problem;
    REQUIRE(parse(WORDS(W("--format=c"), W("ids"), W("-o"), W("ids.h")), &arguments, &problem));
    CHECK_STRING(arguments.request.ids.product, "c");
    CHECK_STRING(arguments.request.ids.output, "ids.h");
    CHECK(arguments.format == present_format_at(0));
    cli_arguments_free(&arguments);
    base_text_free(&problem);
    CHECK(!parse(WORDS(W("--format=c"), W("list")), &arguments, &problem));
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

UNIT_TEST(options_fill_the_request)
{
    struct cli_arguments arguments;
    struct base_text problem;
    REQUIRE(parse(WORDS(W("--slot=3"), W("add"), W("hero"), W("--as"), W("F"), W("--type=T"), W("--name=N"),
                        W("--tile-size"), W("16"), W("--preload"), W("--wait")),
                  &arguments, &problem));
    const struct service_add_request *add = &arguments.request.add;
    REQUIRE(add->roots.count == 1);
    CHECK_STRING(add->roots.items[0], "hero");
    CHECK_STRING(add->format, "F");
    CHECK_STRING(add->type, "T");
    CHECK_STRING(add->name, "N");
    CHECK_U64(add->tile_size, 16);
    CHECK(add->has_slot && add->has_preload && add->preload && add->wait);
    CHECK_U64(add->slot, 3);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}

UNIT_TEST(what_is_not_said_has_its_default)
{
    struct cli_arguments arguments;
    struct base_text problem;
    REQUIRE(parse(WORDS(W("add"), W("hero")), &arguments, &problem));
    const struct service_add_request *add = &arguments.request.add;
    CHECK(add->format == NULL && add->type == NULL && add->name == NULL && add->tile_size == 0);
    CHECK(!add->has_slot && !add->has_preload && !add->wait);
    cli_arguments_free(&arguments);
    REQUIRE(parse(WORDS(W("build")), &arguments, &problem));
    const struct service_build_request *build = &arguments.request.build;
    CHECK(build->output == NULL && build->assets == NULL);
    CHECK(!build->verify && !build->no_cache && !build->wait && build->jobs == 0);
    cli_arguments_free(&arguments);
    REQUIRE(parse(WORDS(W("verify")), &arguments, &problem));
    CHECK(arguments.request.verify.directory == NULL);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
}
