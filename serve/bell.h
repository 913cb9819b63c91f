/* Wakes a thread that waits in poll. Threads: any may ring. */
#ifndef PRPACK_SERVE_BELL_H
#define PRPACK_SERVE_BELL_H

/* A descriptor that can be read after serve_bell_ring; -1 when there is none left. */
int serve_bell_create(void);
void serve_bell_ring(int bell);
/* Makes it quiet again. */
void serve_bell_clear(int bell);

#endif
