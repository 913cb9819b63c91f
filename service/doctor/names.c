#include "service/doctor/names.h"

#include "base/ascii.h"
#include "base/sort.h"
#include "base/text.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_SHOWN = 60 };

struct named {
    const char *name;
    const struct workspace_record *record;
};

static int compare(const void *left, const void *right)
{
    const struct named *a = left;
    const struct named *b = right;
    int order = base_ascii_compare(a->name, b->name);
    if (order == 0) {
        order = strcmp(a->name, b->name);
    }
    return order != 0 ? order
                      : (a->record->asset_id > b->record->asset_id) - (a->record->asset_id < b->record->asset_id);
}

static void report(const struct service_doctor_subject *subject, enum diag_cause cause, const struct named *named,
                   const struct named *other)
{
    const char *what = cause == DIAG_CAUSE_CASE_NAME ? "names" : "directories";
    struct base_text message = BASE_TEXT_EMPTY;
    char *file = workspace_assets_path(subject->workspace->assets_path, named->record->root, NULL);
    base_text_addf(&message, "the %s ", what);
    base_text_add_quoted(&message, base_bytes_of_string(other->name), NAME_SHOWN);
    base_text_addf(&message, " (asset %d) and ", (int)other->record->asset_id);
    base_text_add_quoted(&message, base_bytes_of_string(named->name), NAME_SHOWN);
    base_text_addf(&message, " differ by case only");
    const struct base_details details = {
        .place = {.file = file, .has_asset_id = true, .asset_id = named->record->asset_id},
        .severity = BASE_WARNING,
        .cause = cause,
        .subject = file,
    };
    subject->findings->out_of_memory = subject->findings->out_of_memory || file == NULL;
    base_report(subject->findings, DIAG_NAME_CASE, &details, "%s", base_text_string(&message));
    base_text_release(&message, &subject->findings->out_of_memory);
    free(file);
}

static void look(const struct service_doctor_subject *subject, enum diag_cause cause, struct named *names, size_t count)
{
    (void)base_sort(names, count, sizeof *names, compare, subject->task);
    for (size_t i = 1; i < count && !base_task_cancelled_in(subject->task, i); i++) {
        if (strcmp(names[i].name, names[i - 1].name) != 0 &&
            base_ascii_compare(names[i].name, names[i - 1].name) == 0) {
            report(subject, cause, &names[i], &names[i - 1]);
        }
    }
}

void service_doctor_names(const struct service_doctor_subject *subject)
{
    const struct workspace_registry *registry = &subject->workspace->registry;
    struct named *names = calloc(registry->count + 1, sizeof *names);
    if (names == NULL) {
        subject->findings->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < subject->count; i++) {
        names[i] = (struct named){subject->assets[i]->declaration.name, subject->assets[i]->record};
    }
    look(subject, DIAG_CAUSE_CASE_NAME, names, subject->count);
    for (size_t i = 0; i < registry->count; i++) {
        names[i] = (struct named){registry->records[i].root, &registry->records[i]};
    }
    look(subject, DIAG_CAUSE_CASE_ROOT, names, registry->count);
    free(names);
}
