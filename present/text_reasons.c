#include "base/text.h"
#include "present/table.h"
#include "present/text_answers.h"

#include <inttypes.h>

static const char *const actions[] = {
    [SERVICE_ACTION_KEEP] = "keep", [SERVICE_ACTION_PACK] = "pack", [SERVICE_ACTION_DROP] = "drop"};

/* A reason comes after the file that it is about, if there is one. */
static const char *const reasons[] = {
    [SERVICE_REASON_UNCHANGED] = "nothing of it has changed",
    [SERVICE_REASON_NO_CACHE] = "the last build is not to be looked at",
    [SERVICE_REASON_NO_LAST_BUILD] = "there is no last build that counts here",
    [SERVICE_REASON_OTHER_PACKER] = "another version of prpack made the last build",
    [SERVICE_REASON_OTHER_OUTPUT] = "the last build went into another directory",
    [SERVICE_REASON_NEW] = "the last build did not have it",
    [SERVICE_REASON_IDENTITY] = "its record has another uuid or root",
    [SERVICE_REASON_DECLARATION] = "has changed",
    [SERVICE_REASON_INPUT] = "has changed",
    [SERVICE_REASON_IMAGES] = "the last build warned of its pixels, which are to be shown",
    [SERVICE_REASON_LAST_PACK] = "the pack of the last build is not as it was",
    [SERVICE_REASON_NOT_CONFORMING] = "with what was kept the set did not conform",
    [SERVICE_REASON_REMOVED] = "the build set does not have it any more",
};

static void add_row(struct present_table *table, const struct service_explained_asset *asset)
{
    char id[24];
    present_table_row(table);
    (void)snprintf(id, sizeof id, "%" PRId32, asset->asset_id);
    present_table_set(table, 0, id);
    present_table_set_bytes(table, 1, base_bytes_of_string(asset->name != NULL ? asset->name : asset->root));
    present_table_set(table, 2, actions[asset->action]);
    struct base_text why = BASE_TEXT_EMPTY;
    if (asset->file != NULL) {
        base_text_add_printable(&why, base_bytes_of_string(asset->file), 4096);
        base_text_add_char(&why, ' ');
    }
    base_text_add_string(&why, reasons[asset->reason]);
    present_table_set_text(table, 3, &why);
}

/* Whether the build had nothing to pack and nothing to drop. */
static bool keeps_all(const struct service_explained *explained)
{
    bool all = explained->count > 0;
    for (size_t i = 0; i < explained->count; i++) {
        all = all && explained->assets[i].action == SERVICE_ACTION_KEEP;
    }
    return all;
}

void present_text_reasons(const struct present_output *output, const struct service_build_result *result)
{
    const struct service_explained *explained = &result->explained;
    if (explained->count == 0) {
        return;
    }
    struct present_table table = {.columns = 0};
    present_table_column(&table, "id", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "name", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "action", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "because", PRESENT_ALIGN_LEFT);
    for (size_t i = 0; i < explained->count; i++) {
        add_row(&table, &explained->assets[i]);
    }
    present_table_print(&table, output, 2);
    present_table_free(&table);
    if (keeps_all(explained) && !result->in_place) {
        (void)fputs("  the artifacts of the last build were not in place\n", output->out);
    }
}
