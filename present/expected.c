#include "present/expected.h"

#include <inttypes.h>

static void add_words(const char *const *words, struct base_text *text)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        base_text_addf(text, "%s%s", i == 0 ? "" : words[i + 1] != NULL ? ", " : " or ", words[i]);
    }
}

static void add_choices(const unsigned *choices, struct base_text *text)
{
    for (size_t i = 0; choices[i] != 0; i++) {
        base_text_addf(text, "%s%u", i == 0 ? "" : choices[i + 1] != 0 ? ", " : " or ", choices[i]);
    }
}

bool present_expected_add(struct base_text *text, const struct service_member *member)
{
    if (member->words != NULL) {
        add_words(member->words, text);
    } else if (member->choices != NULL) {
        add_choices(member->choices, text);
    } else if (member->kind == SERVICE_KIND_SIZE) {
        base_text_add_string(text, "a number of bytes from 1 to 2^53 - 1");
    } else if (member->kind == SERVICE_KIND_COUNT) {
        base_text_addf(text, "a number from %" PRId64, member->least);
        if (member->most > 0) {
            base_text_addf(text, " to %" PRId64, member->most);
        } else {
            base_text_add_string(text, " on");
        }
    } else {
        return false;
    }
    return true;
}
