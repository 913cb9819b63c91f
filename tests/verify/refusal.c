#include "tests/verify/refusal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

/* What pread is called where file offsets are wider than pointers. */
#ifdef __LP64__
#define PREAD "pread"
#else
#define PREAD "pread64"
#endif

/* The linker sends every call of malloc to what it knows as __wrap_malloc, and __real_malloc to malloc. */
void *real_malloc(size_t size) __asm__("__real_malloc");
void *real_calloc(size_t count, size_t size) __asm__("__real_calloc");
void *real_realloc(void *memory, size_t size) __asm__("__real_realloc");
char *real_strdup(const char *string) __asm__("__real_strdup");
char *real_strndup(const char *string, size_t size) __asm__("__real_strndup");
int real_posix_memalign(void **memory, size_t alignment, size_t size) __asm__("__real_posix_memalign");
ssize_t real_pread(int fd, void *out, size_t size, off_t offset) __asm__("__real_" PREAD);
void *watched_malloc(size_t size) __asm__("__wrap_malloc");
void *watched_calloc(size_t count, size_t size) __asm__("__wrap_calloc");
void *watched_realloc(void *memory, size_t size) __asm__("__wrap_realloc");
char *watched_strdup(const char *string) __asm__("__wrap_strdup");
char *watched_strndup(const char *string, size_t size) __asm__("__wrap_strndup");
int watched_posix_memalign(void **memory, size_t alignment, size_t size) __asm__("__wrap_posix_memalign");
ssize_t watched_pread(int fd, void *out, size_t size, off_t offset) __asm__("__wrap_" PREAD);

/* The next one to refuse, counted down; 0: none is refused. */
static unsigned long next_refused[REFUSE_READ + 1];
static bool all_later;
static bool refused;

static unsigned long reads_until_act;
static void (*act_before_read)(void);

static bool is_refused(enum refusal refusal)
{
    unsigned long *next = &next_refused[refusal];
    if (*next == 0) {
        return false;
    }
    if (*next == 1) {
        refused = true;
        *next = all_later ? 1 : 0;
        return true;
    }
    --*next;
    return false;
}

void *watched_malloc(size_t size)
{
    return is_refused(REFUSE_ALLOCATION) ? NULL : real_malloc(size);
}

void *watched_calloc(size_t count, size_t size)
{
    return is_refused(REFUSE_ALLOCATION) ? NULL : real_calloc(count, size);
}

void *watched_realloc(void *memory, size_t size)
{
    return is_refused(REFUSE_ALLOCATION) ? NULL : real_realloc(memory, size);
}

char *watched_strdup(const char *string)
{
    return is_refused(REFUSE_ALLOCATION) ? NULL : real_strdup(string);
}

char *watched_strndup(const char *string, size_t size)
{
    return is_refused(REFUSE_ALLOCATION) ? NULL : real_strndup(string, size);
}

int watched_posix_memalign(void **memory, size_t alignment, size_t size)
{
    return is_refused(REFUSE_ALLOCATION) ? ENOMEM : real_posix_memalign(memory, alignment, size);
}

ssize_t watched_pread(int fd, void *out, size_t size, off_t offset)
{
    if (reads_until_act > 0 && --reads_until_act == 0) {
        act_before_read();
    }
    if (is_refused(REFUSE_READ)) {
        errno = EIO;
        return -1;
    }
    return real_pread(fd, out, size, offset);
}

unsigned long refuse_each(enum refusal refusal, bool for_ever, void (*verify)(struct verify_report *report),
                          void (*check)(const struct verify_report *report))
{
    unsigned long tried = 0;
    all_later = for_ever;
    do {
        struct verify_report report;
        tried++;
        refused = false;
        next_refused[refusal] = tried;
        verify(&report);
        next_refused[refusal] = 0;
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
