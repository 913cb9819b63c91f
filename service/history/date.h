/* When something was done, as records of the workspace say it. */
#ifndef PRPACK_SERVICE_HISTORY_DATE_H
#define PRPACK_SERVICE_HISTORY_DATE_H

#include "json/emit.h"

#include <stdint.h>

/* Emits the member "time" of nanoseconds since 1970: "2026-11-30T14:05:00Z". */
void service_date_emit(struct json_emit *emit, int64_t date);

#endif
