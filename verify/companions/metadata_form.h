/* Spellings in asset_table_metadata.json: assets-pa-v1.md section 3. */
#ifndef PRPACK_VERIFY_COMPANIONS_METADATA_FORM_H
#define PRPACK_VERIFY_COMPANIONS_METADATA_FORM_H

#include "base/bytes.h"

/* Whether a span of a canonical text, which may have escapes, is a plain relative path. */
bool verify_recorded_is_path(struct base_bytes span);

#endif
