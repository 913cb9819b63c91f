/* What a build is about to make in the project, noted where every command of the workspace finds it after a kill.
 *
 * The note is a symbolic link in the registry's directory, because a link appears with its text, whole or not at all.
 * The text is "SEAL:N:DIRECTORY". DIRECTORY is the output directory, relative to the project and without links, of
 * whose path the first N bytes were there before. SEAL is the seal (seal.h) of the rest, with its colon: a note that
 * came with the workspace counts for nothing. The process that holds the workspace lock owns the link.
 *
 * An output outside of the project is not noted: only a build that names it again goes there.
 */
#ifndef PRPACK_SERVICE_TRANSACTION_JOURNAL_H
#define PRPACK_SERVICE_TRANSACTION_JOURNAL_H

#include "service/transaction/output.h"

/* The name of the note. */
#define SERVICE_JOURNAL_NAME ".prpack-output"

/* Writes the note, durably, in place of an older one. An output outside of the project is not noted, nor one of a
 * workspace that cannot be written to or that cannot be told from a copy, and that is not an error: then only a build
 * into the same directory can settle it. Returns 0 or an errno value. */
int service_journal_write(const struct service_site *site, const struct service_output *output);

/* Returns 0 when there is a note that counts: *output is then what it says, and the caller's; else it is empty.
 * EBADMSG: what is there does not count, and may be removed. ENOMEM or another errno value: that could not be found
 * out. */
int service_journal_read(const struct service_site *site, struct service_output *output);

bool service_journal_exists(const struct service_site *site);

/* Removes what has the name of the note. */
void service_journal_remove(const struct service_site *site);

#endif
