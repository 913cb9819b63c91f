#include "tests/service/interrupted.h"

#include "base/directory.h"
#include "base/hash.h"
#include "base/identity.h"
#include "base/task.h"
#include "service/transaction/edit_settle.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int open_below(const char *relative)
{
    int fd = -1;
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_path(relative)) == 0);
    return fd;
}

void put_journal(const char *name, unsigned version, const char *lines, unsigned other)
{
    struct base_identity directory;
    struct base_identity index;
    REQUIRE(base_identity_of_name(BASE_CURRENT_DIRECTORY, unit_path("assets/.prometeu"), &directory) == 0);
    REQUIRE(base_identity_of_name(BASE_CURRENT_DIRECTORY, unit_path(STAGED_INDEX), &index) == 0);
    char text[1024];
    size_t size = (size_t)snprintf(text, sizeof text, "prpack-edit %u %ju %jd %ju %jd\n%s", version,
                                   (uintmax_t)directory.inode + (other == 0), (intmax_t)directory.born + (other == 1),
                                   (uintmax_t)index.inode + (other == 2), (intmax_t)index.born + (other == 3), lines);
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_bytes_make((const uint8_t *)text, size)), hex);
    size += (size_t)snprintf(text + size, sizeof text - size, "end %s\n", hex);
    REQUIRE(size < sizeof text);
    unit_write_file(name, text, size);
}

int settle(bool *foreign)
{
    int registry_fd = open_below("assets/.prometeu");
    int assets_fd = open_below("assets");
    CHECK(service_edit_exists(registry_fd));
    int problem = service_edit_settle(registry_fd, assets_fd, foreign);
    (void)close(registry_fd);
    (void)close(assets_fd);
    return problem;
}
