/* Names and spellings of asset_table_metadata.json: assets-pa-v1.md section 3. */
#ifndef PRPACK_VERIFY_COMPANIONS_RECORDED_FORM_H
#define PRPACK_VERIFY_COMPANIONS_RECORDED_FORM_H

#include "base/bytes.h"

/* The members of an element of assets, and of an input. */
enum verify_recorded_member {
    VERIFY_RECORD_ASSET_ID,
    VERIFY_RECORD_ASSET_ROOT,
    VERIFY_RECORD_ASSET_UUID,
    VERIFY_RECORD_DECODED,
    VERIFY_RECORD_INPUTS,
    VERIFY_RECORD_PAYLOAD,
    VERIFY_RECORD_PIPELINE,
    VERIFY_RECORD_MEMBERS
};
enum verify_input_member { VERIFY_INPUT_PATH, VERIFY_INPUT_SIZE, VERIFY_INPUT_HASH, VERIFY_INPUT_MEMBERS };
extern const char *const verify_recorded_names[VERIFY_RECORD_MEMBERS];
extern const char *const verify_input_names[VERIFY_INPUT_MEMBERS];

/* Whether a span of a canonical text is a plain relative path; whether it is a UUID in lower case. */
enum { VERIFY_UUID_TEXT = 36 };
bool verify_recorded_is_path(struct base_bytes span);
bool verify_recorded_is_uuid(struct base_bytes span);

#endif
