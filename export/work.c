#include "export/work.h"

#include "export/metadata.h"
#include "json/value.h"

#include <errno.h>
#include <stddef.h>

static const char *const nothing[] = {NULL};

int export_work_metadata(struct export_work *work, const char *const *computed)
{
    const struct export_metadata metadata = {
        .text = work->asset->entry.metadata, .computed = computed, .most = EXPORT_DECLARATION_MOST};
    bool dropped = false;
    base_text_clear(&work->metadata);
    if (!export_metadata_print(&metadata, work->task, &work->metadata, &dropped)) {
        return ENOMEM;
    }
    work->outcome->inexact |= dropped ? EXPORT_INEXACT_METADATA : 0U;
    return base_task_cancelled(work->task) ? ECANCELED : 0;
}

struct export_declaration export_work_declare(const struct export_work *work, const char *format)
{
    const struct export_asset *asset = work->asset;
    return (struct export_declaration){
        .asset_uuid = asset->asset_uuid,
        .name = asset->entry.name,
        .bank = asset->entry.bank,
        .format = format,
        .metadata = base_text_bytes(&work->metadata),
        .preloaded = asset->preloaded,
        .slot = asset->slot,
    };
}

int export_work_print(struct export_work *work, const struct export_declaration *declaration, bool *fits)
{
    return export_declaration_print(declaration, &work->document, fits) ? 0 : ENOMEM;
}

int export_work_give(struct export_work *work, const char *format)
{
    work->outcome->format = format;
    return export_give(work->sink, "asset.json", base_text_bytes(&work->document));
}

/* Declares the decoded size of a raw form where it is not the usual one: of GLYPH and SOUNDS it always is, or the entry
 * breaks the rules of its bank. */
static void declare_decoded_size(struct export_work *work, struct export_declaration *declaration)
{
    const struct pp_entry *entry = &work->asset->entry;
    int64_t declared;
    if (export_metadata_has(entry->metadata, "decoded_size")) {
        bool same = export_metadata_integer(entry->metadata, "decoded_size", 0, JSON_EXACT_MAX, &declared) &&
                    (uint64_t)declared == entry->decoded_size;
        work->outcome->inexact |= same ? 0U : EXPORT_INEXACT_DECODED_SIZE;
    } else if (entry->bank == PP_BANK_SCENE && entry->decoded_size != entry->size) {
        declaration->has_decoded_size = entry->decoded_size <= (uint64_t)JSON_EXACT_MAX;
        declaration->decoded_size = entry->decoded_size;
        work->outcome->inexact |= declaration->has_decoded_size ? 0U : EXPORT_INEXACT_DECODED_SIZE;
    }
}

int export_work_raw(struct export_work *work, const char *format, const char *source, bool *given)
{
    int problem = export_work_metadata(work, nothing);
    if (problem != 0) {
        return problem;
    }
    struct export_declaration declaration = export_work_declare(work, format);
    declaration.source = source;
    declare_decoded_size(work, &declaration);
    problem = export_work_print(work, &declaration, given);
    if (problem == 0 && !*given) {
        work->outcome->inexact |= EXPORT_INEXACT_LENGTH;
    }
    if (problem == 0 && *given) {
        problem = export_work_give(work, format);
        problem = problem == 0 ? export_give_payload(work->sink, source) : problem;
    }
    return problem;
}
