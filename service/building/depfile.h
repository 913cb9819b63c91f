/* The files that a set is made from, for make and ninja: docs/contracts/builder-integration.md 9. Threads: one at a
 * time. */
#ifndef PRPACK_SERVICE_BUILDING_DEPFILE_H
#define PRPACK_SERVICE_BUILDING_DEPFILE_H

#include "base/names.h"
#include "service/incremental/incremental.h"
#include "service/request.h"
#include "service/transaction/output.h"
#include "service/transaction/product.h"

/* Zero-initialised: none is wanted. */
struct service_depfile {
    bool wanted;
    bool collected;                  /* `files` has all of the build set but the inputs of faulty declarations */
    bool warned;                     /* names that make cannot read were reported */
    const struct service_site *site; /* borrowed */
    struct service_product product;
    char *target;            /* DIR/assets.pa as the user would type it */
    struct base_names files; /* likewise; the registry first */
    char *real_assets;       /* assets/, from "/" on and without links */
    char *real_registry;     /* assets/.prometeu, likewise */
};

/* Finds the place for the file that the request names, if it names one. False, with the reason in findings, when it
 * must not be written: the build then ends. */
bool service_depfile_begin(struct service_depfile *depfile, const struct service_site *site,
                           const struct service_output *output, const struct service_build_request *request,
                           struct base_findings *findings);

/* Takes the files of the build set. False, with the reason in findings, when the depfile would be one of them. */
bool service_depfile_collect(struct service_depfile *depfile, const struct workspace *workspace,
                             const struct service_incremental *incremental, struct base_findings *findings);

/* Adds a warning for each name that make cannot read: before something is published, so that it can depend on that. */
void service_depfile_warn(struct service_depfile *depfile, struct base_findings *findings);

/* Writes what is known. *path is then the file, and the caller's; else it is left. A name that make cannot read is a
 * warning, unless it was one before. */
void service_depfile_write(const struct service_depfile *depfile, char **path, struct base_findings *findings);

/* Accepts one that has not begun. */
void service_depfile_end(struct service_depfile *depfile);

#endif
