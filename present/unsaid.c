#include "present/unsaid.h"

#include "present/quantity.h"

const struct service_report *present_report_of(const struct service_answer *answer)
{
    if (!answer->ran) {
        return NULL;
    }
    switch ((int)answer->operation->id) {
    case SERVICE_OPERATION_VERIFY:
    case SERVICE_OPERATION_INSPECT:
        return &answer->result.report;
    case SERVICE_OPERATION_BUILD:
        return answer->result.build.verified ? &answer->result.build.report : NULL;
    default:
        return NULL;
    }
}

/* "build/assets.pa: " */
static void add_file(struct base_text *text, const char *file)
{
    if (file != NULL) {
        base_text_add_printable(text, base_bytes_of_string(file), 4096);
        base_text_add_string(text, ": ");
    }
}

static bool next_not_checked(struct present_unsaid *unsaid, struct base_text *text)
{
    const struct service_report *report = present_report_of(unsaid->answer);
    if (report == NULL || unsaid->at == report->not_checked_count) {
        return false;
    }
    add_file(text, report->file);
    base_text_add_string(text, "not checked: ");
    base_text_add_printable(text, base_bytes_of_string(report->not_checked[unsaid->at++]), 4096);
    return true;
}

static bool next_not_listed(struct present_unsaid *unsaid, struct base_text *text)
{
    const struct service_member *member = service_table_member(&service_members_tail, "diagnostics_not_listed");
    union service_row space;
    char words[PRESENT_QUANTITY_SIZE + sizeof " more findings"];
    const struct service_count *count = member->rows(unsaid->answer, &unsaid->at, &space);
    if (count != NULL) {
        base_text_addf(text, "%s of %s",
                       present_quantity_of(count->count, "more finding", "more findings", words, sizeof words),
                       count->name);
        base_text_add_string(text, count->count == 1 ? " is not listed" : " are not listed");
    }
    return count != NULL;
}

static bool next_ignored(struct present_unsaid *unsaid, struct base_text *text)
{
    uint64_t ignored = unsaid->answer->findings.ignored;
    char words[PRESENT_QUANTITY_SIZE + sizeof " findings"];
    if (ignored == 0 || unsaid->at++ > 0) {
        return false;
    }
    base_text_add_string(text, present_quantity_of(ignored, "finding", "findings", words, sizeof words));
    base_text_add_string(text, ignored == 1 ? " is ignored" : " are ignored");
    return true;
}

struct present_unsaid present_unsaid_begin(const struct service_answer *answer)
{
    return (struct present_unsaid){.answer = answer};
}

bool present_unsaid_next(struct present_unsaid *unsaid, struct base_text *text)
{
    static bool (*const parts[])(struct present_unsaid *, struct base_text *) = {next_not_checked, next_not_listed,
                                                                                 next_ignored};
    base_text_clear(text);
    while (unsaid->part < sizeof parts / sizeof parts[0]) {
        if (parts[unsaid->part](unsaid, text)) {
            return true;
        }
        unsaid->part++;
        unsaid->at = 0;
    }
    return false;
}
