#include "writer/encode/payload.h"

#include "base/checked.h"
#include "base/invariant.h"

struct writer_payload writer_payload_begin(const struct writer_region *region, const struct writer_work *work)
{
    return (struct writer_payload){.region = region, .planned = work->planned, .findings = work->subject.findings};
}

/* Without this check the bytes would go into the payload of the next asset. */
static bool report_breach(const struct writer_payload *payload)
{
    base_report(payload->findings, DIAG_INTERNAL, NULL, "a payload is not as large as planned");
    return false;
}

uint64_t writer_payload_position(const struct writer_payload *payload)
{
    return payload->region->position + payload->planned->offset + payload->done;
}

bool writer_payload_write(struct writer_payload *payload, struct base_bytes bytes)
{
    const struct writer_planned *planned = payload->planned;
    if (!BASE_INVARIANT(base_range_inside(payload->done, bytes.size, planned->size))) {
        return report_breach(payload);
    }
    uint64_t position = writer_payload_position(payload);
    if (payload->region->pack != NULL && !writer_out_write(payload->region->pack, position, bytes, payload->findings)) {
        return false;
    }
    payload->done += bytes.size;
    base_meter_add(payload->region->written, bytes.size);
    return true;
}

bool writer_payload_complete(const struct writer_payload *payload)
{
    return BASE_INVARIANT(payload->done == payload->planned->size) || report_breach(payload);
}
