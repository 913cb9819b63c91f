#include "serve/bell.h"

#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

int serve_bell_create(void)
{
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void serve_bell_ring(int bell)
{
    const uint64_t once = 1;
    ssize_t written = write(bell, &once, sizeof once);
    (void)written;
}

void serve_bell_clear(int bell)
{
    uint64_t times;
    ssize_t taken = read(bell, &times, sizeof times);
    (void)taken;
}
