/* What an examination found, as JSON. */
#ifndef PRPACK_PRESENT_EXAMINATION_JSON_H
#define PRPACK_PRESENT_EXAMINATION_JSON_H

#include "service/report.h"
#include "json/emit.h"

/* The members of an examination in a JSON document, without its findings. */
void present_json_examination(struct json_emit *emit, const struct service_report *report);

#endif
