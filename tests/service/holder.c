/* Which process holds a lock, as the kernel tells it. */
#include "service/transaction/holder.h"

#include "tests/lib/sample.h"
#include "tests/lib/unit.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/sysmacros.h>
#include <unistd.h>

UNIT_TEST(a_line_names_the_process_that_holds_the_lock)
{
    int64_t process = 0;
    CHECK(service_holder_parse("1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF", makedev(0xfe, 0), 5678, &process));
    CHECK_U64(process, 1234);
    CHECK(service_holder_parse("12: FLOCK  ADVISORY  READ  7 08:0a:1 0 EOF", makedev(8, 10), 1, &process));
    CHECK_U64(process, 7);
}

UNIT_TEST(a_device_without_a_major_number_is_known_by_the_inode)
{
    int64_t process = 0;
    CHECK(service_holder_parse("1: FLOCK  ADVISORY  WRITE 9 00:1b:5 0 EOF", makedev(0, 0x2c), 5, &process));
    CHECK(!service_holder_parse("1: FLOCK  ADVISORY  WRITE 9 08:1b:5 0 EOF", makedev(8, 0x2c), 5, &process));
}

UNIT_TEST(other_lines_name_nothing)
{
    static const char *const lines[] = {
        "1: -> FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF", /* waits */
        "1: POSIX  ADVISORY  WRITE 1234 fe:00:5678 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 1234 fe:00:5679 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 1234 fe:01:5678 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 0 fe:00:5678 0 EOF", /* of another container */
        "1: FLOCK  ADVISORY  WRITE -1 fe:00:5678 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 1234x fe:00:5678 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 99999999999 fe:00:5678 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 1234 fe:5678 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678x 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 1234",
        "FLOCK",
        "",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        int64_t process = 42;
        CHECK_ROW(service_holder_parse(lines[i], makedev(0xfe, 0), 5678, &process), false, lines[i]);
        CHECK_U64(process, 42);
    }
}

UNIT_TEST(the_holder_of_a_real_lock_is_found)
{
    struct service_holder holder;
    int fd = open(unit_path("."), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    REQUIRE(fd >= 0);
    CHECK(!service_holder_find(fd, &holder));
    CHECK_U64(holder.process, 0);
    REQUIRE(flock(fd, LOCK_SH) == 0);
    CHECK(service_holder_find(fd, &holder));
    CHECK_U64(holder.process, getpid());
    CHECK(holder.name[0] != '\0');
    CHECK(close(fd) == 0);
}
