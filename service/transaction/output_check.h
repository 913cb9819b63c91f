/* Whether a build may publish into a directory: docs/contracts/artifact-ownership.md 3.4. */
#ifndef PRPACK_SERVICE_TRANSACTION_OUTPUT_CHECK_H
#define PRPACK_SERVICE_TRANSACTION_OUTPUT_CHECK_H

#include "service/transaction/output.h"
#include "workspace/model/model.h"

/* Reports path-outside when the default output is not a plain path in the project, and output-reserved when the
 * directory is one that the packer keeps for something else. Makes nothing. What cannot be looked at is accepted here:
 * opening it fails later. False with the reason in findings. */
bool service_output_check(const struct service_output *output, const struct service_site *site,
                          const struct workspace_registry *registry, struct base_findings *findings);

/* What a directory is to the packer that lies, or would lie, in assets/ or where builds stage their files: for
 * messages. real: its path from "/" on, without links as far as it is there. NULL: nothing. */
const char *service_output_use_in_assets(const char *real, const struct service_site *site);

#endif
