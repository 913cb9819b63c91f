/* The result of a build: what became of its files, what was packed, and why. Text that is not said to be static belongs
 * to the result. Threads: a result is not changed after the operation that made it. */
#ifndef PRPACK_SERVICE_BUILT_H
#define PRPACK_SERVICE_BUILT_H

#include "service/examined.h"
#include "service/report.h"

/* How far the four files came. */
enum service_published {
    SERVICE_PUBLISHED_NOT, /* none of the new files is in place */
    SERVICE_COMMITTED,     /* the new files are complete, but not all are in place: the next operation moves the rest */
    SERVICE_PUBLISHED      /* all four are in place */
};

/* What became of the sets that earlier builds had committed and not put in place, before this one. */
enum service_completed {
    SERVICE_COMPLETED_NONE, /* there was none, or nothing of it was moved */
    SERVICE_COMPLETED_ALL,  /* such a set was moved into place */
    SERVICE_COMPLETED_PART  /* a part of one was: something was in the way */
};

struct service_pack_summary {
    size_t assets;
    size_t kept; /* of them, taken from the last build */
    size_t preloads;
    uint64_t pack_size;   /* bytes of assets.pa */
    uint64_t input_bytes; /* of all sources */
};

/* What a build does with an asset, and why: docs/contracts/build-cache.md, 5. */
enum service_build_action {
    SERVICE_ACTION_KEEP, /* its payload is taken from the last build */
    SERVICE_ACTION_PACK,
    SERVICE_ACTION_DROP /* the last build had it, and the build set does not */
};

enum service_build_reason {
    SERVICE_REASON_UNCHANGED,      /* KEEP: record, declaration and inputs are those of the last build */
    SERVICE_REASON_NO_CACHE,       /* the last build was not to be looked at */
    SERVICE_REASON_NO_LAST_BUILD,  /* there is none that counts */
    SERVICE_REASON_OTHER_PACKER,   /* another version made it */
    SERVICE_REASON_OTHER_OUTPUT,   /* it went into another directory */
    SERVICE_REASON_NEW,            /* it did not have the asset */
    SERVICE_REASON_IDENTITY,       /* the record has another uuid or root */
    SERVICE_REASON_DECLARATION,    /* `file`, its asset.json, has changed */
    SERVICE_REASON_INPUT,          /* `file`, an input, has changed */
    SERVICE_REASON_IMAGES,         /* the last build warned of its pixels, and they are to be shown */
    SERVICE_REASON_LAST_PACK,      /* the pack of the last build is not as it was, so everything is packed */
    SERVICE_REASON_NOT_CONFORMING, /* with what was kept the set did not conform, so everything is packed */
    SERVICE_REASON_REMOVED         /* DROP */
};

struct service_explained_asset {
    int32_t asset_id;
    char *name; /* NULL: its declaration was not accepted */
    char *root; /* relative to assets/ */
    enum service_build_action action;
    enum service_build_reason reason;
    char *file; /* which has changed, as messages name it; or NULL */
};

struct service_explained {
    struct service_explained_asset *assets; /* in rising asset_id */
    size_t count;
};

struct service_build_result {
    char *output;  /* the directory, as messages name it; NULL when memory ran out or the workspace was not opened */
    char *outside; /* its path from "/" on, without links, when it is outside of the project; else NULL */
    bool check;    /* nothing was written: published stays SERVICE_PUBLISHED_NOT */
    bool would_publish; /* with `check`: a build would go on to publish a new set */
    enum service_published published;
    enum service_completed completed; /* the sets of earlier builds, which were killed */
    bool unchanged;                   /* the artifacts that are there are what would be published: none was written */
    bool verified; /* report holds the verdicts on the files before they were published, or as they lie there unchanged
                    */
    struct service_pack_summary summary; /* all zero when nothing was packed */
    bool explain;                        /* it was asked for the next two */
    char *depfile;                       /* the file that has the dependencies now; NULL: it was not written */
    size_t image_count;                  /* pictures that show what is wrong */
    char *image;                         /* path of one of them; NULL: there is none */
    bool in_place;                       /* the artifacts of the last build were there, as it had published them */
    struct service_explained explained;  /* empty when the workspace was not opened */
    enum service_reached reached;        /* not in the JSON */
    struct service_registered_assets registered;
    struct service_report report;
};

#endif
