/* The fast way through asset_table_metadata.json as the packer writes it. */
#ifndef PRPACK_VERIFY_COMPANIONS_METADATA_SCAN_H
#define PRPACK_VERIFY_COMPANIONS_METADATA_SCAN_H

#include "verify/core/facts.h"

/* The same as syntax and recorded_read together, from a text that was not checked before. True: it is canonical, of its
 * form, and *record is filled. False: nothing is known, and record->assets is NULL. */
bool verify_recorded_scan(struct base_task *task, const struct verify_facts *facts, struct verify_record *record);

#endif
