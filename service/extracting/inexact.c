#include "service/extracting/inexact.h"

#include "export/asset.h"
#include "json/value.h"

#include <stdlib.h>

static void report(const struct service_extract_titles *titles, size_t entry, const char *text,
                   struct base_findings *findings)
{
    const struct pp_entry row = pp_pack_entry(titles->source->pack, entry);
    const struct base_details details = {
        .place = {.file = titles->source->path, .has_asset_id = true, .asset_id = row.asset_id},
    };
    base_report(findings, DIAG_EXTRACT_INEXACT, &details, "%s", text);
}

void service_extract_report_id(const struct service_extract_titles *titles, size_t entry,
                               struct base_findings *findings)
{
    report(titles, entry, "the id is below 1, so a workspace cannot have the asset, and it was left out", findings);
}

/* What is wrong with the name for a declaration; NULL: nothing. Sets *out_of_memory. */
static const char *problem_of_name(const struct pp_pack *pack, size_t entry, bool *out_of_memory)
{
    struct base_bytes name = pp_pack_entry(pack, entry).name;
    uint8_t *value = malloc(name.size + 1);
    if (value == NULL) {
        *out_of_memory = true;
        return NULL;
    }
    size_t size = json_unescape(name, value, name.size);
    const char *problem = size == 0 ? "the name is empty, and a build refuses it" : NULL;
    for (size_t i = 0; i < size && problem == NULL; i++) {
        if (value[i] < 0x20 || value[i] == 0x7F) {
            problem = "the name has a control character, and a build refuses it";
        }
    }
    if (problem == NULL && pp_pack_find_name(pack, base_bytes_make(value, size)) != entry) {
        problem = "another asset has the same name, and a build refuses it";
    }
    free(value);
    return problem;
}

void service_extract_report_inexact(const struct service_extract_titles *titles, size_t entry, unsigned inexact,
                                    bool twice, struct base_findings *findings)
{
    static const struct {
        unsigned bit;
        const char *text;
    } causes[] = {
        {EXPORT_INEXACT_METADATA, "metadata has members that a declaration cannot have, and they were left out"},
        {EXPORT_INEXACT_FORM,
         "size or metadata break the rules of the bank: the asset was written as raw bytes, and a build refuses it"},
        {EXPORT_INEXACT_DECODED_SIZE, "the decoded size cannot be declared as it is in the pack"},
        {EXPORT_INEXACT_LENGTH, "its asset.json would be longer than 1 MiB, so the asset was left out"},
    };
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        if ((inexact & causes[i].bit) != 0) {
            report(titles, entry, causes[i].text, findings);
        }
    }
    if (twice) {
        report(titles, entry, "the asset is preloaded into two slots, and the second one was left out", findings);
    }
    const char *problem = problem_of_name(titles->source->pack, entry, &findings->out_of_memory);
    if (problem != NULL) {
        report(titles, entry, problem, findings);
    }
}
