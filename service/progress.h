/* How far long work is, for the front end that started it. */
#ifndef PRPACK_SERVICE_PROGRESS_H
#define PRPACK_SERVICE_PROGRESS_H

#include <stdint.h>

/* The parts of an operation, in the order in which they come. */
enum service_phase {
    SERVICE_PHASE_PACK,   /* payloads are written */
    SERVICE_PHASE_EXAMINE /* payloads are read and checked */
};

/* Called now and then while an operation works, from one thread at a time. bytes_done <= bytes_total, both of this
 * phase. */
typedef void (*service_progress_callback)(void *context, enum service_phase phase, uint64_t bytes_done,
                                          uint64_t bytes_total);

#endif
