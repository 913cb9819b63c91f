/* The answers of the operations for people: what is printed on output->out, and on output->err, besides the findings.
 * With output->quiet that is nothing, but for a build that published nothing. */
#ifndef PRPACK_PRESENT_TEXT_ANSWERS_H
#define PRPACK_PRESENT_TEXT_ANSWERS_H

#include "present/output.h"
#include "service/operations.h"

/* Before the findings. */
void present_text_init(const struct present_output *output, const struct service_answer *answer);
void present_text_add(const struct present_output *output, const struct service_answer *answer);
void present_text_palettes(const struct present_output *output, const struct service_answer *answer);
void present_text_include(const struct present_output *output, const struct service_answer *answer);
void present_text_exclude(const struct present_output *output, const struct service_answer *answer);
void present_text_rename(const struct present_output *output, const struct service_answer *answer);
void present_text_forget(const struct present_output *output, const struct service_answer *answer);
void present_text_adopt(const struct present_output *output, const struct service_answer *answer);
void present_text_move(const struct present_output *output, const struct service_answer *answer);
void present_text_remove(const struct present_output *output, const struct service_answer *answer);
void present_text_quarantine_restore(const struct present_output *output, const struct service_answer *answer);
void present_text_quarantine_purge(const struct present_output *output, const struct service_answer *answer);
void present_text_quarantine_list(const struct present_output *output, const struct service_answer *answer);
void present_text_history(const struct present_output *output, const struct service_answer *answer);
void present_text_undo(const struct present_output *output, const struct service_answer *answer);
void present_text_doctor(const struct present_output *output, const struct service_answer *answer);
void present_text_gc(const struct present_output *output, const struct service_answer *answer);
void present_text_merge_registry(const struct present_output *output, const struct service_answer *answer);
void present_text_list(const struct present_output *output, const struct service_answer *answer);
void present_text_show(const struct present_output *output, const struct service_answer *answer);
void present_text_report(const struct present_output *output, const struct service_answer *answer);
void present_text_extract(const struct present_output *output, const struct service_answer *answer);
void present_text_ids(const struct present_output *output, const struct service_answer *answer);
void present_text_explain(const struct present_output *output, const struct service_answer *answer);
/* After the findings. */
void present_text_doctor_verdict(const struct present_output *output, const struct service_answer *answer);
void present_text_build(const struct present_output *output, const struct service_answer *answer);
void present_text_watch(const struct present_output *output, const struct service_answer *answer);

/* The first `count` files of the plan of a dry run, one per line: "  would write assets/hero/asset.json: …". */
void present_text_plan(const struct present_output *output, const struct service_planned *plan, size_t count);

/* The files of a plan that was carried out, one per line: "  wrote assets/hero/palette-0.gpl: …". */
void present_text_done(const struct present_output *output, const struct service_planned *plan);

/* What a build was to do with each asset, and why, as a table; nothing when that is not known. */
void present_text_reasons(const struct present_output *output, const struct service_build_result *result);

/* The verdicts of an examination in words, one per line: "loads: yes", "conforms: no". `findings` are all of the
 * answer: a verdict that would be no without those that are ignored says how many they are. */
void present_text_verdicts(const struct present_output *output, const struct service_report *report,
                           const struct base_findings *findings);

#endif
