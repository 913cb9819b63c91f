/* What the inputs of a declaration are: sizes, hashes, pictures, colours, sounds. Threads: one at a time. */
#ifndef PRPACK_SERVICE_SHOWING_INPUTS_H
#define PRPACK_SERVICE_SHOWING_INPUTS_H

#include "service/shown.h"
#include "workspace/workspace.h"

/* Reads each input, and fills shown->inputs. An input that is missing, or is not what it should be, is not reported:
 * its members say that it is not known. Findings of class E about files that could not be read go to failures. False
 * when memory ran out. */
bool service_show_inputs(struct service_shown *shown, const struct workspace *workspace,
                         const struct workspace_asset *asset, struct base_findings *failures);

#endif
