/* A finding as a result of SARIF: 2.1.0, 3.27. */
#ifndef PRPACK_PRESENT_SARIF_RESULT_H
#define PRPACK_PRESENT_SARIF_RESULT_H

#include "present/sink.h"
#include "json/emit.h"

/* Emits the result. A finding that names no file is at what the answer examined. */
void present_sarif_result(struct json_emit *emit, const struct present_sink *sink, const struct base_finding *finding);

/* Emits a failure that is not about what is examined as a notification: 3.58. */
void present_sarif_failure(struct json_emit *emit, const struct present_sink *sink, const struct base_finding *finding);

#endif
