/* The diagnostic that was meant by an id that does not exist. */
#ifndef PRPACK_SERVICE_CLOSEST_H
#define PRPACK_SERVICE_CLOSEST_H

/* The id closest to a mistyped one, in static storage; NULL when none is close. */
const char *service_closest_id(const char *id);

#endif
