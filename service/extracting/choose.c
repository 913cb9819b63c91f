#include "service/extracting/choose.h"

#include "base/index.h"
#include "base/report.h"
#include "base/suggest.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 5, NUMBER_SIZE = 16 };

/* What one word of the request stands for. */
struct wanted {
    const char *word;
    size_t count;
    size_t entries[MOST_SHOWN]; /* the first ones */
    bool is_id;                 /* it is the id of an entry, and stands for that alone */
    size_t with_id;
    unsigned distance; /* of `near` from the word */
    char *near;        /* the name that is closest; or NULL */
};

struct choice {
    const struct service_extract_titles *titles;
    struct base_task *task;
    struct base_index words; /* numbers are places in `wanted` */
    struct wanted *wanted;
    size_t count;
    bool out_of_memory;
};

static bool begin(struct choice *choice, const struct service_strings *names)
{
    choice->wanted = calloc(names->count, sizeof *choice->wanted);
    choice->count = choice->wanted != NULL ? names->count : 0;
    for (size_t i = 0; i < choice->count; i++) {
        choice->wanted[i] = (struct wanted){.word = names->items[i], .distance = BASE_DISTANCE_FAR};
        if (!base_index_add(&choice->words, base_bytes_of_string(names->items[i]), (int64_t)i)) {
            return false;
        }
    }
    return choice->wanted != NULL;
}

/* An entry is called so. */
static void match(struct choice *choice, size_t entry, const char *called)
{
    int64_t place;
    if (!base_index_find(&choice->words, base_bytes_of_string(called), &place)) {
        return;
    }
    struct wanted *wanted = &choice->wanted[place];
    size_t shown = wanted->count < MOST_SHOWN ? wanted->count : MOST_SHOWN;
    bool again = shown > 0 && wanted->entries[shown - 1] == entry; /* by its id and by its name */
    if (!again && wanted->count < MOST_SHOWN) {
        wanted->entries[wanted->count] = entry;
    }
    wanted->count += again ? 0 : 1;
}

static void note_id(struct choice *choice, size_t entry, const char *number)
{
    int64_t place;
    if (base_index_find(&choice->words, base_bytes_of_string(number), &place)) {
        choice->wanted[place].is_id = true;
        choice->wanted[place].with_id = entry;
    }
}

static void match_entry(struct choice *choice, size_t entry)
{
    char number[NUMBER_SIZE];
    int32_t asset_id = pp_pack_entry(choice->titles->source->pack, entry).asset_id;
    struct service_extract_title title = {.root = NULL};
    char *name = service_extract_name(choice->titles, entry);
    (void)snprintf(number, sizeof number, "%" PRId32, asset_id);
    if (name == NULL || !service_extract_title(choice->titles, entry, &title)) {
        choice->out_of_memory = true;
    } else {
        match(choice, entry, number);
        note_id(choice, entry, number);
        match(choice, entry, name);
        match(choice, entry, title.uuid);
        match(choice, entry, title.root);
    }
    free(title.root);
    free(name);
}

/* ---- Reports ---- */

static void find_near(struct choice *choice, struct wanted *wanted)
{
    size_t count = pp_pack_count(choice->titles->source->pack);
    for (size_t i = 0; i < count && !base_task_cancelled_in(choice->task, i); i++) {
        char *name = service_extract_name(choice->titles, i);
        unsigned distance =
            name != NULL ? base_edit_distance(base_bytes_of_string(wanted->word), name) : BASE_DISTANCE_FAR;
        choice->out_of_memory = choice->out_of_memory || name == NULL;
        if (distance < wanted->distance) {
            free(wanted->near);
            wanted->near = name;
            wanted->distance = distance;
        } else {
            free(name);
        }
    }
}

static void report_none(struct choice *choice, struct wanted *wanted, struct base_findings *findings)
{
    if (base_findings_keeps(findings, DIAG_ASSET_UNKNOWN)) {
        find_near(choice, wanted);
    }
    const struct base_details details = {
        .place = {.file = wanted->word, .request_field = SERVICE_FIELD_EXTRACT_ASSET},
        .expected = "an id, uuid, name or root of an asset of the pack",
        .has_class = true,
        .class_ = DIAG_CLASS_U,
        .cause = wanted->near != NULL ? DIAG_CAUSE_ASSET_PACKED_MEANT : DIAG_CAUSE_ASSET_NOT_PACKED,
        .subject = wanted->near,
    };
    base_report(findings, DIAG_ASSET_UNKNOWN, &details, "no asset of the pack is called so");
}

static void report_several(const struct choice *choice, const struct wanted *wanted, struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < wanted->count && i < MOST_SHOWN; i++) {
        char *name = service_extract_name(choice->titles, wanted->entries[i]);
        base_text_addf(&text, "%sasset %" PRId32 " ", i == 0 ? "" : ", ",
                       pp_pack_entry(choice->titles->source->pack, wanted->entries[i]).asset_id);
        base_text_add_quoted(&text, base_bytes_of_string(name != NULL ? name : ""), 200);
        free(name);
    }
    if (wanted->count > MOST_SHOWN) {
        base_text_addf(&text, " and %zu more", wanted->count - MOST_SHOWN);
    }
    const struct base_details details = {
        .place = {.file = wanted->word, .request_field = SERVICE_FIELD_EXTRACT_ASSET},
        .expected = "one asset",
        .has_class = true,
        .class_ = DIAG_CLASS_U,
        .actual = base_text_string(&text),
        .remedy = "Name it by its id.",
    };
    base_report(findings, DIAG_ASSET_UNKNOWN, &details, "%zu assets of the pack are called so", wanted->count);
    base_text_release(&text, &findings->out_of_memory);
}

/* A word that is given twice counts where it came first. */
static bool is_repeated(const struct choice *choice, size_t place)
{
    int64_t first;
    return base_index_find(&choice->words, base_bytes_of_string(choice->wanted[place].word), &first) &&
           (size_t)first != place;
}

static bool decide(struct choice *choice, bool *chosen, struct base_findings *findings)
{
    bool fine = true;
    for (size_t i = 0; i < choice->count && !base_task_cancelled(choice->task); i++) {
        struct wanted *wanted = &choice->wanted[i];
        if (is_repeated(choice, i)) {
            continue;
        }
        fine = fine && (wanted->is_id || wanted->count == 1);
        if (wanted->is_id) {
            chosen[wanted->with_id] = true;
        } else if (wanted->count == 0) {
            report_none(choice, wanted, findings);
        } else if (wanted->count > 1) {
            report_several(choice, wanted, findings);
        } else {
            chosen[wanted->entries[0]] = true;
        }
    }
    return fine;
}

bool service_extract_choose(const struct service_extract_titles *titles, const struct service_strings *names,
                            struct base_task *task, bool *chosen, struct base_findings *findings)
{
    struct choice choice = {.titles = titles, .task = task, .words = BASE_INDEX_EMPTY};
    size_t count = pp_pack_count(titles->source->pack);
    if (names->count == 0) {
        memset(chosen, true, count * sizeof *chosen);
        return true;
    }
    choice.out_of_memory = !begin(&choice, names);
    for (size_t i = 0; i < count && !choice.out_of_memory && !base_task_cancelled_in(task, i); i++) {
        match_entry(&choice, i);
    }
    bool fine = !choice.out_of_memory && !base_task_cancelled(task) && decide(&choice, chosen, findings);
    if (choice.out_of_memory) {
        base_report_out_of_memory(findings, titles->source->path);
    }
    for (size_t i = 0; i < choice.count; i++) {
        free(choice.wanted[i].near);
    }
    free(choice.wanted);
    base_index_free(&choice.words);
    return fine && !choice.out_of_memory;
}
