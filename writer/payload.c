#include "writer/payload.h"

#include "base/checked.h"
#include "base/invariant.h"

struct pp_payload pp_writer_payload_begin(const struct pp_region *region, const struct pp_work *work)
{
    return (struct pp_payload){.region = region, .planned = work->planned, .findings = work->subject.findings};
}

/* A breach would write into the neighbour's payload. */
static bool breach(const struct pp_payload *payload)
{
    struct pp_place nowhere = PP_NOWHERE;
    pp_findings_add(payload->findings, PP_INTERNAL, &nowhere, NULL, NULL, "a payload is not as large as planned");
    return false;
}

uint64_t pp_writer_payload_position(const struct pp_payload *payload)
{
    return payload->region->position + payload->planned->offset + payload->done;
}

bool pp_writer_payload_write(struct pp_payload *payload, struct pp_bytes bytes)
{
    const struct pp_planned *planned = payload->planned;
    if (!PP_INVARIANT(pp_range_inside(payload->done, bytes.size, planned->size))) {
        return breach(payload);
    }
    uint64_t position = pp_writer_payload_position(payload);
    if (payload->region->pack != NULL &&
        !pp_writer_out_write(payload->region->pack, position, bytes, payload->findings)) {
        return false;
    }
    payload->done += bytes.size;
    pp_writer_progress_add(payload->region->progress, bytes.size, 0);
    return true;
}

bool pp_writer_payload_complete(const struct pp_payload *payload)
{
    return PP_INVARIANT(payload->done == payload->planned->size) || breach(payload);
}
