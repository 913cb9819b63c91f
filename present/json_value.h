/* A value of a request or result as JSON, by the member that describes it. */
#ifndef PRPACK_PRESENT_JSON_VALUE_H
#define PRPACK_PRESENT_JSON_VALUE_H

#include "present/output.h"
#include "service/table/member.h"
#include "json/emit.h"

/* Emits the value of a member of `record`: null where it is not known. `output` has the remedies. */
void present_json_value(struct json_emit *emit, const struct present_output *output,
                        const struct service_member *member, const void *record);

#endif
