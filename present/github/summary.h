/* The job summary: what a page of GitHub shows of a run, as Markdown. */
#ifndef PRPACK_PRESENT_GITHUB_SUMMARY_H
#define PRPACK_PRESENT_GITHUB_SUMMARY_H

#include "present/sink.h"

/* Appends the heading of the sink's answer, with its verdicts; a table of findings comes after it. */
void present_summary_add_head(struct base_text *text, const struct present_sink *sink);

/* Appends a row of that table; nothing, when the summary is as long as GitHub takes it. */
void present_summary_add_finding(struct base_text *text, const struct present_output *output,
                                 const struct base_finding *finding);

/* Appends a line that comes after the table. */
void present_summary_add_note(struct base_text *text, const char *words);

/* Appends how many findings there were, and says so when not all have a row. */
void present_summary_add_sum(struct base_text *text, const struct service_answer *answer);

#endif
