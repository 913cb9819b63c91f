#include "tests/verify/refusal.h"

#include "tests/lib/memory_fault.h"

#include <errno.h>
#include <sys/types.h>
#include <unistd.h>

/* What pread is called where file offsets are wider than pointers. */
#ifdef __LP64__
#define PREAD "pread"
#else
#define PREAD "pread64"
#endif

/* The linker sends every call of pread to what it knows as __wrap_pread, and __real_pread to pread. */
ssize_t real_pread(int fd, void *out, size_t size, off_t offset) __asm__("__real_" PREAD);
ssize_t watched_pread(int fd, void *out, size_t size, off_t offset) __asm__("__wrap_" PREAD);

static unsigned reads_asked;
static unsigned reads_refused_from; /* number of the first read that fails, from 1; 0: none does */
static bool reads_refused_later;    /* the later ones fail too */

static unsigned long reads_until_act;
static void (*act_before_read)(void);

static bool is_refused(void)
{
    unsigned number = ++reads_asked;
    return reads_refused_from != 0 &&
           (number == reads_refused_from || (number > reads_refused_from && reads_refused_later));
}

ssize_t watched_pread(int fd, void *out, size_t size, off_t offset)
{
    if (reads_until_act > 0 && --reads_until_act == 0) {
        act_before_read();
    }
    if (is_refused()) {
        errno = EIO;
        return -1;
    }
    return real_pread(fd, out, size, offset);
}

static void refuse_from(enum refusal refusal, unsigned number, bool for_ever)
{
    if (refusal == REFUSE_ALLOCATION) {
        (for_ever ? memory_fault_after : memory_fault_once)(number - 1);
    } else {
        reads_asked = 0;
        reads_refused_from = number;
        reads_refused_later = for_ever;
    }
}

/* Returns how many were asked for. */
static unsigned refuse_none(enum refusal refusal)
{
    reads_refused_from = 0;
    return refusal == REFUSE_ALLOCATION ? memory_fault_off() : reads_asked;
}

unsigned long refuse_each(enum refusal refusal, bool for_ever, void (*verify)(struct verify_report *report),
                          void (*check)(const struct verify_report *report))
{
    unsigned tried = 0;
    bool refused;
    do {
        struct verify_report report;
        refuse_from(refusal, ++tried, for_ever);
        verify(&report);
        refused = refuse_none(refusal) >= tried;
        if (refused) {
            check(&report);
        }
        verify_report_free(&report);
    } while (refused && tried < 100000);
    return tried - 1;
}

void before_read(unsigned long number, void (*act)(void))
{
    reads_until_act = number;
    act_before_read = act;
}
