/* A directory for targets that need files: in memory where there is /dev/shm, else below TMPDIR or /tmp. It is removed
 * at exit; one that a crash left behind is removed by the next run. */
#ifndef PRPACK_FUZZ_LIB_SCRATCH_H
#define PRPACK_FUZZ_LIB_SCRATCH_H

#include "fuzz/lib/harness.h"
#include "fuzz/lib/text.h"

/* Made at the first call; the same from then on. */
const char *scratch_directory(void);
/* "DIRECTORY/relative", in static storage that rotates through four buffers. */
const char *scratch_path(const char *relative);
/* Replaces a file; makes directories on the way. */
void scratch_write(const char *relative, struct base_bytes bytes);
void scratch_write_string(const char *relative, const char *string);
/* Makes a directory, with those on the way. */
void scratch_make(const char *relative);
/* Makes a symbolic link; there must be nothing at its place. */
void scratch_link(const char *relative, const char *target);
/* Removes a file or a directory with all that is in it; nothing there is fine. */
void scratch_remove(const char *relative);
/* Opens a directory for use as a root. */
int scratch_open(const char *relative);
/* Reads a whole file, which must be there. */
struct fuzz_text scratch_read(const char *relative);

/* A file in memory with these bytes, open for reading. Close it with base_file_close. */
struct base_file;
void scratch_memory_file(struct base_file *file, struct base_bytes bytes);

#endif
