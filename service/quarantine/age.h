/* How old something is that a record says the time of. Threads: no shared state. */
#ifndef PRPACK_SERVICE_QUARANTINE_AGE_H
#define PRPACK_SERVICE_QUARANTINE_AGE_H

#include <stdbool.h>
#include <stdint.h>

/* Reads "12h", "30d" or "2w": hours, days or weeks, in seconds. False: it is none of them. */
bool service_age_read(const char *text, int64_t *seconds);

/* Reads a time as service/history/date.h writes it, in seconds since 1970. False: it is none. */
bool service_time_read(const char *text, int64_t *seconds);

#endif
