/* What the companion of the set in the project's own build/ records of each asset: for people who look at a workspace,
 * not for what has to be proved. A document that is not there, damaged or of version 1 records nothing.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_RECORDED_H
#define PRPACK_SERVICE_RECORDED_H

#include "base/findings.h"
#include "base/task.h"
#include "workspace/place.h"
#include "json/walk.h"

struct service_recorded {
    uint8_t *memory;
    struct base_bytes text;  /* of asset_table_metadata.json; empty: nothing is recorded */
    struct json_walk walk;   /* over its assets */
    struct json_token asset; /* the one that the walk took last */
    int64_t asset_id;        /* its */
    bool ended;
};

/* Takes the text of a companion, which it frees. False, with nothing recorded, when it is damaged or of another
 * version, or *out_of_memory is set. Free it in any case. */
bool service_recorded_take(struct service_recorded *recorded, struct base_task *task, uint8_t *memory, size_t size,
                           bool *out_of_memory);

/* Reads the companion, under the shared lock on build/ if that is to be had. What cannot be read though it is there is
 * environment-read. Free it in any case. */
void service_recorded_read(struct service_recorded *recorded, struct base_task *task,
                           const struct workspace_place *place, struct base_findings *findings);
void service_recorded_free(struct service_recorded *recorded);

/* Goes to the asset: recorded->asset is then its record. False when there is none. Called with rising ids. */
bool service_recorded_find(struct service_recorded *recorded, int32_t asset_id, const char *asset_uuid);

/* The `tiles` of an asset as JSON (free() it); NULL: none are recorded, or *out_of_memory is set. Called with rising
 * ids. */
char *service_recorded_tiles(struct service_recorded *recorded, int32_t asset_id, const char *asset_uuid,
                             bool *out_of_memory);

#endif
