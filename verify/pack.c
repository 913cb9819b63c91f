#include "verify/pack.h"

#include "verify/companions/companions.h"
#include "verify/companions/listing.h"
#include "verify/core/facts.h"
#include "verify/core/findings.h"
#include "verify/core/verdict.h"
#include "verify/header/agreement.h"
#include "verify/header/header.h"
#include "verify/header/prelude.h"
#include "verify/payloads/payloads.h"
#include "verify/sources/sources.h"

/* What the stages share. */
struct examination {
    const struct verify_subject *subject;
    const struct verify_companions *companions; /* or NULL */
    struct verify_facts facts;
    struct verify_report *report;
};

/* ---- Stages ---- */

/* The rules of loading, and those of the header: the reader and the verifier must agree on what they found. */
static void check_header(struct examination *examination, struct verify_sink *sink)
{
    const struct verify_subject *subject = examination->subject;
    struct verify_opening opening;
    verify_open_with_reader(subject, &opening);
    verify_check_prelude(subject, &examination->facts, sink, examination->report);
    if (examination->facts.prelude_state == VERIFY_PRELUDE_VALID) {
        verify_check_header(subject, &opening, &examination->facts, sink, examination->report);
    }
    verify_check_agreement(subject, &examination->facts, &opening, sink);
    verify_opening_close(&opening);
}

static void check_companions(struct examination *examination, struct verify_sink *sink)
{
    if (examination->companions != NULL) {
        verify_check_companions(examination->subject, examination->companions, &examination->facts, sink);
        verify_list_record(examination->subject->options->task, &examination->facts, sink, examination->report);
    }
}

static void check_payloads(struct examination *examination, struct verify_sink *sink)
{
    verify_check_payloads(examination->subject, &examination->facts, sink, examination->report);
}

static void check_sources(struct examination *examination, struct verify_sink *sink)
{
    if (examination->companions != NULL) {
        verify_check_sources(examination->subject, &examination->facts, sink);
    }
}

/* ---- All of them ---- */

typedef void (*stage)(struct examination *examination, struct verify_sink *sink);

/* Each stage checks what it can, whatever the ones before it found, and leaves facts for the ones after it. */
static const stage stages[] = {check_header, check_companions, check_payloads, check_sources};

/* Runs one stage. False when the task was cancelled: then what the stage has found is dropped, because it may be
 * wrong. */
static bool run_stage(struct examination *examination, stage run, struct verify_sink *sink)
{
    struct base_task *task = examination->subject->options->task;
    struct verify_sink found;
    if (base_task_cancelled(task)) {
        return false;
    }
    verify_sink_init(&found);
    run(examination, &found);
    bool complete = !base_task_cancelled(task);
    if (complete) {
        verify_sink_move(sink, &found);
    } else {
        verify_sink_free(&found);
    }
    return complete;
}

/* After the task was cancelled: the lists of the report may lack something. */
static void drop_lists(struct verify_report *report)
{
    report->asset_count = 0;
    report->preload_count = 0;
}

static enum verify_verdict run_stages(struct examination *examination, struct verify_sink *sink)
{
    size_t i = 0;
    while (i < sizeof stages / sizeof stages[0] && run_stage(examination, stages[i], sink)) {
        i++;
    }
    bool complete = i == sizeof stages / sizeof stages[0];
    if (!complete) {
        verify_report_cancelled(&sink->findings, examination->subject->path);
        drop_lists(examination->report);
    }
    return verify_verdict_of_loading(&sink->findings, complete && verify_loading_is_checked(&examination->facts));
}

enum verify_verdict verify_check_pack(const struct verify_subject *subject, const struct verify_companions *companions,
                                      struct verify_sink *sink, struct verify_report *report)
{
    struct examination examination = {.subject = subject, .companions = companions, .report = report};
    struct verify_sink own; /* the verdict depends on the findings of this pack alone */
    verify_sink_init(&own);
    enum verify_verdict loads = run_stages(&examination, &own);
    verify_sink_move(sink, &own);
    verify_facts_free(&examination.facts);
    return loads;
}
