/* Artifacts that no directory holds: for a caller who wants to check them and to write nothing.
 *
 * The caller makes an open file for each, such as one in memory. */
#ifndef PRPACK_WRITER_MEMORY_H
#define PRPACK_WRITER_MEMORY_H

struct writer_memory {
    /* Makes an empty file, open for reading and writing, for the artifact of this name. Called once for each, from one
     * thread. Returns 0 with *fd, which the writer closes, or an errno value. */
    int (*create)(void *context, const char *name, int *fd);
    void *context;
};

#endif
