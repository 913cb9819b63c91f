#include "cli/suggest.h"

#include "base/suggest.h"
#include "present/expected.h"
#include "present/formats.h"

#include <string.h>

static const struct {
    const char *name;
    const char *text;
} aliases[] = {
#define CLI_ALIAS(name, text) {name, text},
#include "cli/aliases.def"
#undef CLI_ALIAS
};

static const char *name_of(enum cli_command command)
{
    return cli_command_facts(command).operation->name;
}

void cli_suggest_help(enum cli_command command, struct base_text *remedy)
{
    bool known = command != CLI_COMMAND_NONE;
    base_text_addf(remedy, "See prpack %s%s--help.", known ? name_of(command) : "", known ? " " : "");
}

/* The text for a command of other programs, however its case; NULL when it is none of them. */
static const char *find_alias(const char *word)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strlen(aliases[i].name) == strlen(word) &&
            base_edit_distance(base_bytes_of_string(word), aliases[i].name) == 0) {
            return aliases[i].text;
        }
    }
    return NULL;
}

void cli_suggest_command(const char *word, struct base_text *remedy)
{
    const char *names[CLI_COMMAND_COUNT];
    size_t count = 0;
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        names[count++] = name_of((enum cli_command)i);
    }
    const char *alias = find_alias(word);
    const char *meant = base_suggest(base_bytes_of_string(word), names, count);
    if (alias != NULL) {
        base_text_add_string(remedy, alias);
    } else if (meant != NULL) {
        base_text_addf(remedy, "Did you mean prpack %s?", meant);
    } else {
        cli_suggest_help(CLI_COMMAND_NONE, remedy);
    }
}

/* The option whose name the word begins, if it is the only one; else the closest one; else NULL. */
static const char *closest_option(struct base_bytes word, enum cli_command command, bool of_any)
{
    const char *names[CLI_OPTION_COUNT];
    const char *begun = NULL;
    size_t count = 0;
    size_t begun_count = 0;
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        const char *name = cli_option_facts((enum cli_option)i)->name;
        if (of_any || cli_option_applies((enum cli_option)i, command)) {
            names[count++] = name;
            if (word.size > 1 && strncmp(name, (const char *)word.data, word.size) == 0) {
                begun = name;
                begun_count++;
            }
        }
    }
    return begun_count == 1 ? begun : base_suggest(word, names, count);
}

/* The command of this name, or CLI_COMMAND_NONE. */
static enum cli_command command_called(struct base_bytes name)
{
    int i = CLI_COMMAND_NONE + 1;
    while (i < CLI_COMMAND_COUNT && !base_bytes_equal(name, base_bytes_of_string(name_of((enum cli_command)i)))) {
        i++;
    }
    return i < CLI_COMMAND_COUNT ? (enum cli_command)i : CLI_COMMAND_NONE;
}

void cli_suggest_option(struct base_bytes name, enum cli_command command, struct base_text *remedy)
{
    const char *meant = closest_option(name, command, command == CLI_COMMAND_NONE);
    enum cli_command called = command_called(name);
    if (meant != NULL) {
        base_text_addf(remedy, "Did you mean --%s?", meant);
    } else if (called != CLI_COMMAND_NONE) {
        base_text_addf(remedy, "Run prpack %s: commands have no dashes.", name_of(called));
    } else {
        cli_suggest_help(command, remedy);
    }
}

void cli_suggest_other_command(enum cli_option option, enum cli_command command, struct base_text *remedy)
{
    size_t count = 0;
    if (option == CLI_OPTION_DRY_RUN && command == CLI_COMMAND_BUILD) {
        base_text_add_string(remedy, "Run prpack build --check, which does everything but write.");
        return;
    }
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        if (cli_option_applies(option, (enum cli_command)i)) {
            base_text_addf(remedy, "%s%s", count++ == 0 ? "It is an option of prpack " : ", ",
                           name_of((enum cli_command)i));
        }
    }
    base_text_add_string(remedy, count > 0 ? "; see " : "See ");
    base_text_addf(remedy, "prpack %s --help.", name_of(command));
}

void cli_suggest_formats(enum cli_command command, struct base_text *text)
{
    const char *names[16];
    size_t count = 0;
    for (size_t i = 0; present_format_at(i) != NULL && count < sizeof names / sizeof names[0]; i++) {
        if (present_format_shows(present_format_at(i), cli_command_operation(command))) {
            names[count++] = present_format_at(i)->name;
        }
    }
    for (size_t i = 0; i < count; i++) {
        base_text_addf(text, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", names[i]);
    }
}

void cli_suggest_format(const char *word, enum cli_command command, struct base_text *remedy)
{
    const char *found = NULL;
    unsigned best = BASE_DISTANCE_FAR;
    for (size_t i = 0; present_format_at(i) != NULL; i++) {
        const char *name = present_format_at(i)->name;
        unsigned distance = base_edit_distance(base_bytes_of_string(word), name);
        if (present_format_shows(present_format_at(i), cli_command_operation(command)) && distance < best) {
            best = distance;
            found = name;
        }
    }
    if (found != NULL) {
        base_text_addf(remedy, "Did you mean --format %s?", found);
    }
}

bool cli_suggest_values(const struct service_member *member, struct base_text *text)
{
    if (member == NULL || !present_expected_add(text, member)) {
        return false;
    }
    if (member->kind == SERVICE_KIND_SIZE) {
        base_text_add_string(text, ", or one with K, M or G");
    }
    return true;
}
