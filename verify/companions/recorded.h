/* asset_table_metadata.json: what it records, once it has been accepted. Private to verify/. */
#ifndef PRPACK_VERIFY_COMPANIONS_RECORDED_H
#define PRPACK_VERIFY_COMPANIONS_RECORDED_H

#include "verify/companions/companions.h"

struct verify_recorded_asset {
    size_t at; /* where its object begins in the document */
    struct base_hash payload;
    struct base_hash decoded;
};

struct verify_recorded {
    char *path; /* of the document, as findings name it */
    uint8_t *memory;
    struct base_bytes text;
    uint64_t pack_size;
    struct base_hash header;
    struct base_hash pack;
    struct base_hash document;
    size_t document_at;                   /* where the value of document_xxh3_128 begins: its opening quote */
    struct verify_recorded_asset *assets; /* in table order */
    size_t asset_count;
};

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

/* Judges the document. When nothing is wrong with its form, examination->record is what it records. */
void verify_check_document(struct verify_examination *examination, const struct verify_companion *companion);

/* companion-syntax in the form of an accepted canonical text: true when there is none. Fills *record. */
bool verify_recorded_read(struct verify_examination *examination, struct verify_recorded *record);
/* The fast way to the same, from a text that nobody has looked at. True: it is canonical, of its form, and *record is
 * filled. False: nothing is known. */
bool verify_recorded_scan(const struct verify_examination *examination, struct verify_recorded *record);

/* Whether a span of a canonical text is a plain relative path; whether it is a UUID in lower case. */
enum { VERIFY_UUID_TEXT = 36 };
bool verify_recorded_is_path(struct base_bytes span);
bool verify_recorded_is_uuid(struct base_bytes span);

/* hash-mismatch of the document itself and of the header. Needs a record. */
void verify_check_recorded_hashes(struct verify_examination *examination);

/* Counts a recorded hash as checked; tells hash-mismatch when the two differ. */
void verify_check_hash(struct verify_examination *examination, const struct base_place *place,
                       struct base_hash expected, struct base_hash actual, const char *text);

void verify_recorded_free(struct verify_recorded *record);

#endif
