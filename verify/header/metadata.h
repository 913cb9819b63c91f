/* The rules of metadata that hold in every bank, and then those of the bank: assets-pa-v1.md 2, 4.2.7 to 4.2.9. */
#ifndef PRPACK_VERIFY_HEADER_METADATA_H
#define PRPACK_VERIFY_HEADER_METADATA_H

#include "verify/header/bank.h"

/* Checks the metadata of one entry, whose row is filled. Needs view->metadata to be an object. */
void verify_check_metadata(const struct verify_entry_view *view);

#endif
