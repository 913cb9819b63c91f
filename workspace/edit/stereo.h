/* What `add` says of a sound of two channels. */
#ifndef PRPACK_WORKSPACE_EDIT_STEREO_H
#define PRPACK_WORKSPACE_EDIT_STEREO_H

#include "workspace/edit/addition.h"

/* Warns with sound-stereo when the source of a sound has two channels and the declaration does not say what becomes of
 * them. A sound that cannot be read is not warned of: a build says what is wrong with it. */
void workspace_add_check_stereo(struct workspace_addition *add);

#endif
