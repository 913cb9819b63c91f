/* The bytes of the header of a pack that is being opened. */
#ifndef PRPACK_READER_PACK_LOAD_H
#define PRPACK_READER_PACK_LOAD_H

#include "reader/pack/private.h"

/* Maps, copies or borrows the header, and sets pack->header. The prelude is checked already: the header lies inside the
 * file. Returns 0 or a problem of base/file.h. */
int reader_load_header(struct pp_pack *pack, struct base_task *task);

/* Gives the pages of a mapped header back. The table has what lookups need; the rest is read rarely, and the page cache
 * then provides it again. */
void reader_release_header(const struct pp_pack *pack);

#endif
