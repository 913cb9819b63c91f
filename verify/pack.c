#include "verify/pack.h"

#include "verify/companions/companions.h"
#include "verify/core/facts.h"
#include "verify/core/verdict.h"
#include "verify/header/agreement.h"
#include "verify/header/header.h"
#include "verify/header/prelude.h"
#include "verify/payloads/payloads.h"
#include "verify/sources/sources.h"

/* Each stage checks what it can, whatever the ones before it found, and leaves facts for the ones after it. */
static void run_stages(const struct verify_subject *subject, const struct verify_companions *companions,
                       struct verify_facts *facts, struct verify_sink *sink, struct verify_report *report)
{
    struct pp_error opening = verify_open_with_reader(subject);
    verify_check_prelude(subject, facts, sink, report);
    if (facts->prelude_state == VERIFY_PRELUDE_VALID) {
        verify_check_header(subject, facts, sink, report);
    }
    verify_check_agreement(subject, facts, &opening, sink);
    if (companions != NULL) {
        verify_check_companions(subject, companions, facts, sink);
    }
    verify_check_payloads(subject, facts, sink, report);
    if (companions != NULL) {
        verify_check_sources(subject, facts, sink);
    }
}

enum verify_verdict verify_check_pack(const struct verify_subject *subject, const struct verify_companions *companions,
                                      struct verify_sink *sink, struct verify_report *report)
{
    struct verify_facts facts = {.prelude_state = VERIFY_PRELUDE_UNREAD};
    struct verify_sink own; /* the verdict depends on the findings of this pack alone */
    verify_sink_init(&own);
    run_stages(subject, companions, &facts, &own, report);
    enum verify_verdict loads = verify_verdict_of_loading(&own.findings, verify_loading_is_checked(&facts));
    verify_sink_move(sink, &own);
    verify_facts_free(&facts);
    return loads;
}
