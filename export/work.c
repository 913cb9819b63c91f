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

int export_work_pipeline(struct export_work *work)
{
    static const char *const with_meaning[] = {"transparent", "indices", "pad", "channels", "loop", NULL};
    const struct export_metadata pipeline = {
        .text = work->asset->pipeline, .computed = with_meaning, .most = EXPORT_DECLARATION_MOST, .is_pipeline = true};
    bool dropped = false; /* no declaration had that */
    if (pipeline.text.size == 0) {
        return 0;
    }
    if (!export_metadata_print(&pipeline, work->task, &work->pipeline, &dropped)) {
        return ENOMEM;
    }
    return base_task_cancelled(work->task) ? ECANCELED : 0;
}

/* Puts the pipeline together: {"loop":"source","of the":"companion"}. */
static void add_pipeline(struct base_text *text, const char *needed, struct base_bytes free_members)
{
    bool has_free = free_members.size > 2; /* more than the braces */
    if (needed == NULL && !has_free) {
        return;
    }
    base_text_add_char(text, '{');
    base_text_add_string(text, needed != NULL ? needed : "");
    base_text_add_string(text, needed != NULL && has_free ? "," : "");
    base_text_add(text,
                  has_free ? base_bytes_make(free_members.data + 1, free_members.size - 1) : base_bytes_of_string("}"));
}

static int print_with(struct export_work *work, const struct export_declaration *declaration, const char *needed,
                      struct base_bytes free_members, bool *fits)
{
    struct base_text pipeline = BASE_TEXT_EMPTY;
    struct export_declaration whole = *declaration;
    add_pipeline(&pipeline, needed, free_members);
    whole.pipeline = base_text_bytes(&pipeline);
    bool printed = !base_text_out_of_memory(&pipeline) && export_declaration_print(&whole, &work->document, fits);
    base_text_free(&pipeline);
    return printed ? 0 : ENOMEM;
}

int export_work_print(struct export_work *work, const struct export_declaration *declaration, const char *needed,
                      bool *fits)
{
    struct base_bytes free_members = base_text_bytes(&work->pipeline);
    int problem = print_with(work, declaration, needed, free_members, fits);
    if (problem == 0 && !*fits && free_members.size > 0) {
        problem = print_with(work, declaration, needed, (struct base_bytes){.size = 0}, fits);
    }
    return problem;
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
    problem = export_work_print(work, &declaration, NULL, given);
    if (problem == 0 && !*given) {
        work->outcome->inexact |= EXPORT_INEXACT_LENGTH;
    }
    if (problem == 0 && *given) {
        problem = export_work_give(work, format);
        problem = problem == 0 ? export_give_payload(work->sink, source) : problem;
    }
    return problem;
}
