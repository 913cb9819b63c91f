/* asset_table_metadata.json and the two mirrors, from the contract's section 3: checked and repaired over trees. */
#ifndef PRPACK_FUZZ_PROJECTS_COMPANIONS_H
#define PRPACK_FUZZ_PROJECTS_COMPANIONS_H

#include "fuzz/projects/build.h"

/* Whether the three companions are what section 3 says of this pack. Everything of the form is checked but uuids and
 * paths. The pack must conform by itself. */
bool companions_conform(const struct fuzz_text files[BUILD_FILES]);

/* Lets asset_table.json and preload.json have the bytes of the header's arrays. */
void companions_repair_mirrors(struct fuzz_text files[BUILD_FILES]);
/* Lets every hash and size that the document records be right, the document's own last. */
void companions_repair_hashes(struct fuzz_text files[BUILD_FILES]);

#endif
