/* A look at all files of the build set at once, before anything is written: what of a cache still holds, and the
 * declarations of the rest. docs/contracts/build-cache.md, 2 and 3. Threads: one at a time. */
#ifndef PRPACK_SERVICE_INCREMENTAL_SURVEY_H
#define PRPACK_SERVICE_INCREMENTAL_SURVEY_H

#include "service/incremental/cache.h"

/* What is known of the declaration of a record before the workspace is loaded. */
enum service_survey_knowledge {
    SERVICE_SURVEY_UNKNOWN,
    SERVICE_SURVEY_LOADED, /* it is in `loaded` */
    SERVICE_SURVEY_FAULTY, /* its faults are reported */
    SERVICE_SURVEY_KEPT    /* the cache has as much of it as is needed to pack it without its sources */
};

/* What distinguishes a record from what the last build had of it; the first that applies. */
enum service_survey_change {
    SERVICE_SURVEY_SAME,
    SERVICE_SURVEY_NEW,         /* the last build had no asset of this id; all are new without a cache */
    SERVICE_SURVEY_IDENTITY,    /* another uuid or root; or the root cannot be opened */
    SERVICE_SURVEY_DECLARATION, /* its asset.json has another content, or cannot be read */
    SERVICE_SURVEY_INPUT,       /* so has an input */
    SERVICE_SURVEY_PIXELS       /* it is the same; the last build warned of its pixels, which are to be shown */
};

struct service_survey_difference {
    enum service_survey_change change;
    size_t input; /* of SERVICE_SURVEY_INPUT: its index in the cached asset */
};

struct service_survey {
    struct workspace *workspace; /* borrowed, opened */
    struct service_cache *cache; /* borrowed; NULL: nothing is kept */
    int64_t begun;               /* when this build began */
    bool show_pixels;            /* what has warnings about pixels counts as different */
    bool fresh;                  /* a stamp could not be trusted, but can be from now on if it is recorded */
    size_t different;            /* assets that are not kept, or gone */
    struct service_survey_difference *differences; /* one per record of the registry that is in the build */

    /* Private. One per record of the registry. */
    enum service_survey_knowledge *known;
    struct workspace_declaration *loaded;
};

/* Compares each asset with the cache, loads those that are not kept, and scans the workspace, all by `jobs` workers (0:
 * one a processor). Findings are those of workspace_scan, those of workspace_load, then those of
 * workspace_report_undeclared. False when memory ran out. Free
 * it in either case. */
bool service_survey_make(struct service_survey *survey, struct workspace *workspace, struct service_cache *cache,
                         int64_t begun, unsigned jobs, bool show_pixels, struct base_findings *findings);
void service_survey_free(struct service_survey *survey);

/* The declaration of a record as far as it is loaded, until service_survey_load. NULL: it is kept, or faulty. */
const struct workspace_declaration *service_survey_declaration(const struct service_survey *survey, size_t index);

/* Loads the workspace with what the survey has found, once. Without a cache by then (survey->cache NULL), what was kept
 * is loaded, too. */
bool service_survey_load(struct service_survey *survey, struct base_findings *findings);

/* Whether the four artifacts in a directory have the content that the cache says. Their stamps are then the present
 * ones. */
bool service_survey_artifacts(struct service_survey *survey, int directory_fd);

#endif
