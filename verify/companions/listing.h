/* What asset_table_metadata.json records of each asset, for the list of the report. */
#ifndef PRPACK_VERIFY_COMPANIONS_LISTING_H
#define PRPACK_VERIFY_COMPANIONS_LISTING_H

#include "verify/core/facts.h"
#include "verify/core/report.h"
#include "verify/core/sink.h"

/* Adds root and tiles to the rows of the report, if there is a record with one element for each of them. */
void verify_list_record(struct base_task *task, const struct verify_facts *facts, struct verify_sink *sink,
                        struct verify_report *report);

#endif
