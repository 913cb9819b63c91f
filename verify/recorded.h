/* asset_table_metadata.json: what it records, once it has been accepted. Private to verify/. */
#ifndef PRPACK_VERIFY_RECORDED_H
#define PRPACK_VERIFY_RECORDED_H

#include "verify/companion.h"

struct pp_recorded_asset {
    size_t at; /* where its object begins in the document */
    struct pp_hash payload;
    struct pp_hash decoded;
};

struct pp_recorded {
    char *path; /* of the document, as findings name it */
    uint8_t *memory;
    struct pp_bytes text;
    uint64_t pack_size;
    struct pp_hash header;
    struct pp_hash pack;
    struct pp_hash document;
    size_t document_at;               /* where the value of document_xxh3_128 begins: its opening quote */
    struct pp_recorded_asset *assets; /* in table order */
    size_t asset_count;
};

/* The members of an element of assets, and of an input. */
enum pp_recorded_member {
    PP_RECORD_ASSET_ID,
    PP_RECORD_ASSET_ROOT,
    PP_RECORD_ASSET_UUID,
    PP_RECORD_DECODED,
    PP_RECORD_INPUTS,
    PP_RECORD_PAYLOAD,
    PP_RECORD_PIPELINE,
    PP_RECORD_MEMBERS
};
enum pp_input_member { PP_INPUT_PATH, PP_INPUT_SIZE, PP_INPUT_HASH, PP_INPUT_MEMBERS };
extern const char *const pp_recorded_names[PP_RECORD_MEMBERS];
extern const char *const pp_input_names[PP_INPUT_MEMBERS];

/* Judges the document. When nothing is wrong with its form, examination->record is what it records. */
void pp_examine_document(struct pp_examination *examination, const struct pp_companion *companion);

/* companion-syntax in the form of an accepted canonical text: true when there is none. Fills *record. */
bool pp_recorded_read(struct pp_examination *examination, struct pp_recorded *record);
/* The fast way to the same, from a text that nobody has looked at. True: it is canonical, of its form, and *record is filled. False:
 * nothing is known. */
bool pp_recorded_scan(const struct pp_examination *examination, struct pp_recorded *record);

/* Whether a span of a canonical text is a plain relative path; whether it is a UUID in lower case. */
enum { PP_UUID_TEXT = 36 };
bool pp_recorded_is_path(struct pp_bytes span);
bool pp_recorded_is_uuid(struct pp_bytes span);

/* hash-mismatch of the document itself and of the header. Needs a record. */
void pp_examine_recorded_hashes(struct pp_examination *examination);

/* Counts a recorded hash as checked; tells hash-mismatch when the two differ. */
void pp_judge_hash(struct pp_examination *examination, const struct pp_place *place, struct pp_hash expected,
                   struct pp_hash actual, const char *text);

void pp_recorded_free(struct pp_recorded *record);

#endif
