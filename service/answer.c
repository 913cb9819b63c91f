/* What every answer has besides its result: which operation it is of, its findings, and how many there are. */
#include "service/operations.h"
#include "service/table/tables.h"

#define ANSWER(field) SERVICE_AT(struct service_answer, field)
#define FILE_COUNT(field) SERVICE_AT(struct service_file_count, field)

/* ---- Findings ---- */

/* What the list could not keep for want of memory is a finding of its own. NULL: the list has it, or has lost nothing.
 */
static const struct base_finding *out_of_memory(const struct base_findings *findings)
{
    static char message[] = "memory ran out";
    static const struct base_finding finding = {
        .diagnostic = DIAG_ENVIRONMENT_MEMORY,
        .class_ = DIAG_CLASS_E,
        .message = message,
    };
    bool listed = !findings->out_of_memory;
    for (size_t i = 0; i < findings->count && !listed; i++) {
        listed = findings->items[i].diagnostic == DIAG_ENVIRONMENT_MEMORY;
    }
    return listed ? NULL : &finding;
}

static size_t count_kept_errors(const struct base_findings *findings)
{
    size_t count = 0;
    while (count < findings->count && findings->items[count].severity == BASE_ERROR) {
        count++;
    }
    return count;
}

const struct base_finding *service_finding_shown(const struct service_answer *answer, size_t number)
{
    const struct base_findings *findings = &answer->findings;
    if (answer->limited && number >= answer->most_shown) {
        return NULL;
    }
    const struct base_finding *lost = out_of_memory(findings);
    if (lost != NULL) {
        size_t errors = count_kept_errors(findings);
        if (number == errors) {
            return lost;
        }
        number -= number > errors ? 1 : 0;
    }
    return number < findings->count ? &findings->items[number] : NULL;
}

static const void *rows_of_findings(const void *record, size_t *at, union service_row *space)
{
    (void)space;
    return service_finding_shown(record, (*at)++);
}

/* ---- Counts ---- */

static uint64_t count_shown(const struct service_answer *answer, enum diag diagnostic)
{
    uint64_t count = 0;
    size_t number = 0;
    for (const struct base_finding *finding; (finding = service_finding_shown(answer, number)) != NULL; number++) {
        count += finding->diagnostic == diagnostic;
    }
    return count;
}

static const void *rows_not_listed(const void *record, size_t *at, union service_row *space)
{
    const struct service_answer *answer = record;
    while (++*at < DIAG_COUNT) {
        uint64_t total = answer->findings.total[*at];
        uint64_t shown = total > 0 ? count_shown(answer, (enum diag) * at) : 0;
        if (total > shown) {
            space->count = (struct service_count){.name = diag_facts((enum diag) * at)->id, .count = total - shown};
            return &space->count;
        }
    }
    return NULL;
}

uint64_t service_count_errors(const struct service_answer *answer)
{
    return base_findings_errors(&answer->findings) + (out_of_memory(&answer->findings) != NULL ? 1 : 0);
}

uint64_t service_count_warnings(const struct service_answer *answer)
{
    return base_findings_warnings(&answer->findings);
}

bool service_file_counted(const struct service_answer *answer, size_t *at, struct service_file_count *file)
{
    const struct base_tally *tally = &answer->findings.tally;
    while (*at < tally->count) {
        const struct base_tally_file *counted = &tally->files[(*at)++];
        *file = (struct service_file_count){
            .file = counted->name,
            .errors = base_tally_of_file(counted, BASE_ERROR),
            .warnings = base_tally_of_file(counted, BASE_WARNING),
        };
        if (file->file != NULL && (file->errors > 0 || file->warnings > 0)) {
            return true;
        }
    }
    return false;
}

static const void *rows_of_files(const void *record, size_t *at, union service_row *space)
{
    return service_file_counted(record, at, &space->file_count) ? &space->file_count : NULL;
}

/* ---- The tables ---- */

static bool get_schema_version(const void *record, struct service_value *value)
{
    (void)record;
    value->count = 1;
    return true;
}

static bool get_command(const void *record, struct service_value *value)
{
    const struct service_answer *answer = record;
    value->string = answer->operation != NULL ? answer->operation->name : "prpack";
    return true;
}

static bool get_errors(const void *record, struct service_value *value)
{
    value->count = service_count_errors(record);
    return true;
}

static bool get_warnings(const void *record, struct service_value *value)
{
    value->count = service_count_warnings(record);
    return true;
}

static const struct service_member head[] = {
    {.name = "schema_version", .kind = SERVICE_KIND_COUNT, .least = 1, .most = 1, .get = get_schema_version},
    {.name = "command", .kind = SERVICE_KIND_STRING, .get = get_command},
};
const struct service_table service_members_head = SERVICE_TABLE(head);

static const struct service_member not_listed_row = {
    .kind = SERVICE_KIND_COUNT, .least = 1, SERVICE_AT(struct service_count, count)};

static const struct service_member file_members[] = {
    {.name = "file", .kind = SERVICE_KIND_STRING, FILE_COUNT(file)},
    {.name = "errors", .kind = SERVICE_KIND_COUNT, FILE_COUNT(errors)},
    {.name = "warnings", .kind = SERVICE_KIND_COUNT, FILE_COUNT(warnings)},
};
static const struct service_table file_table = SERVICE_TABLE(file_members);
static const struct service_member file_row = {.kind = SERVICE_KIND_OBJECT, .table = &file_table};

static const struct service_member tail[] = {
    {.name = "diagnostics",
     .kind = SERVICE_KIND_LIST,
     .help = "Errors come first.",
     .row = &service_row_finding,
     .rows = rows_of_findings},
    {.name = "diagnostics_not_listed",
     .kind = SERVICE_KIND_COUNTS,
     .help = "How many findings of an id there were beyond those that are listed: 100 of each, or fewer when asked.",
     .row = &not_listed_row,
     .rows = rows_not_listed},
    {.name = "errors", .kind = SERVICE_KIND_COUNT, .help = "Listed or not.", .get = get_errors},
    {.name = "warnings", .kind = SERVICE_KIND_COUNT, .help = "Likewise.", .get = get_warnings},
    {.name = "ignored",
     .kind = SERVICE_KIND_COUNT,
     .help = "Findings that do not count, because it was asked so. They are not listed.",
     ANSWER(findings.ignored)},
    {.name = "findings_by_file",
     .kind = SERVICE_KIND_LIST,
     .help = "Each file that a finding names, listed or not, in the order of the first finding of each.",
     .row = &file_row,
     .rows = rows_of_files},
};
const struct service_table service_members_tail = SERVICE_TABLE(tail);
