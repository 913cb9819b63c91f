/* What an examination of a workspace was about, and how far it came: parts of the results of build and doctor. Threads:
 * as these. */
#ifndef PRPACK_SERVICE_EXAMINED_H
#define PRPACK_SERVICE_EXAMINED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The records of a registry, which an examination of the workspace is about; not in the JSON. */
struct service_registered_asset {
    int32_t asset_id;
    char asset_uuid[37];
    char *root;    /* relative to assets/ */
    bool included; /* builds pack it */
};

struct service_registered_assets {
    struct service_registered_asset *items; /* in rising asset_id */
    size_t count;                           /* 0 also when the registry could not be read */
};

/* How far the examination of a workspace came: everything up to there was looked at, in every asset. */
enum service_reached {
    SERVICE_REACHED_NOTHING,
    SERVICE_REACHED_REGISTRY,     /* the registry was read */
    SERVICE_REACHED_DECLARATIONS, /* and all declarations were */
    SERVICE_REACHED_SOURCES       /* and all inputs of the build set */
};

#endif
