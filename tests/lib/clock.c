/* Linked into prpack, replaces the passing of time by counting:
 *
 *     PRPACK_TEST_TICK=N      each look at the monotonic clock finds it N milliseconds after the look before
 *     PRPACK_TEST_AHEAD=N     the clock of the day is N seconds ahead of the kernel's
 *
 * Without them the clocks are the kernel's. Sleeping takes no time: a loop that tries again makes its tries at once.
 * With PRPACK_TEST_TICK a wait with a limit takes none either; one without a limit is the kernel's. The linker sends
 * the program's own calls here (--wrap, see tests/cli/CMakeLists.txt). */
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

/* What the functions are called where time is wider than pointers. */
#ifdef __LP64__
#define CLOCK_GETTIME "clock_gettime"
#define NANOSLEEP "nanosleep"
#define PPOLL "ppoll"
#else
#define CLOCK_GETTIME "__clock_gettime64"
#define NANOSLEEP "__nanosleep64"
#define PPOLL "__ppoll64"
#endif

int real_clock_gettime(clockid_t clock, struct timespec *now) __asm__("__real_" CLOCK_GETTIME);
int counted_clock_gettime(clockid_t clock, struct timespec *now) __asm__("__wrap_" CLOCK_GETTIME);
int counted_nanosleep(const struct timespec *wanted, struct timespec *left) __asm__("__wrap_" NANOSLEEP);
int real_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *limit,
               const sigset_t *signals) __asm__("__real_" PPOLL);
int counted_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *limit,
                  const sigset_t *signals) __asm__("__wrap_" PPOLL);

static uint64_t number(const char *name)
{
    const char *value = getenv(name);
    return value != NULL ? strtoull(value, NULL, 10) : 0;
}

int counted_clock_gettime(clockid_t clock, struct timespec *now)
{
    static atomic_uint_fast64_t looks;
    uint64_t tick = number("PRPACK_TEST_TICK");
    if (clock == CLOCK_MONOTONIC && tick != 0) {
        uint64_t time = tick * (uint64_t)(atomic_fetch_add(&looks, 1) + 1); /* in milliseconds */
        *now = (struct timespec){.tv_sec = (time_t)(time / 1000), .tv_nsec = (long)(time % 1000) * 1000000};
        return 0;
    }
    int result = real_clock_gettime(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) {
        now->tv_sec += (time_t)number("PRPACK_TEST_AHEAD");
    }
    return result;
}

int counted_nanosleep(const struct timespec *wanted, struct timespec *left)
{
    (void)wanted;
    (void)left;
    return 0;
}

int counted_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *limit, const sigset_t *signals)
{
    static const struct timespec none = {.tv_sec = 0};
    bool counts = limit != NULL && number("PRPACK_TEST_TICK") != 0;
    return real_ppoll(descriptors, count, counts ? &none : limit, signals);
}
