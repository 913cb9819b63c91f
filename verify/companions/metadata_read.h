/* The form of asset_table_metadata.json, member by member. */
#ifndef PRPACK_VERIFY_COMPANIONS_METADATA_READ_H
#define PRPACK_VERIFY_COMPANIONS_METADATA_READ_H

#include "base/findings.h"
#include "verify/core/facts.h"

/* Reads record->text, a canonical text, into *record. Adds companion-syntax for each fault of its form; true when it is
 * right. Needs the entries. `lines` are those of the text. */
bool verify_recorded_read(struct base_task *task, const struct verify_facts *facts, struct verify_record *record,
                          struct base_lines *lines, struct base_findings *findings);

#endif
