/* Edits that were interrupted: their journals, and what settling them comes to. */
#ifndef PRPACK_TESTS_SERVICE_INTERRUPTED_H
#define PRPACK_TESTS_SERVICE_INTERRUPTED_H

#include "tests/workspace/fixture.h"

#define STAGED_INDEX "assets/.prometeu/.index.json.new"
#define JOURNAL "assets/.prometeu/.prpack-edit"
#define COMMIT "assets/.prometeu/.prpack-edit-commit"

int open_below(const char *relative);

/* Writes a journal of these lines beside the staged registry. `version` is 2 or 3. `other` says which of the four
 * numbers that tie it to its place is wrong; 4: none. */
void put_journal(const char *name, unsigned version, const char *lines, unsigned other);

/* Settles the edit that is there. Returns what service_edit_settle does. */
int settle(bool *foreign);

#endif
