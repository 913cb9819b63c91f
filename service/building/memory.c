#include "service/building/memory.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static_assert(SERVICE_ARTIFACT_COUNT == 4, "SERVICE_MEMORY_EMPTY names each descriptor");

/* The writer's create: it closes *fd, so that is a second descriptor of the file. */
static int create(void *context, const char *name, int *fd)
{
    struct service_memory *memory = context;
    size_t i = 0;
    while (strcmp(service_artifacts[i], name) != 0) {
        i++;
    }
    memory->fds[i] = memfd_create(name, MFD_CLOEXEC);
    *fd = memory->fds[i] >= 0 ? fcntl(memory->fds[i], F_DUPFD_CLOEXEC, 0) : -1;
    return *fd >= 0 ? 0 : errno;
}

struct writer_memory service_memory_writer(struct service_memory *memory)
{
    return (struct writer_memory){.create = create, .context = memory};
}

static int map(struct service_memory *memory, size_t index)
{
    struct stat status;
    if (fstat(memory->fds[index], &status) != 0) {
        return errno;
    }
    const struct base_file file = {.fd = memory->fds[index], .size = (uint64_t)status.st_size};
    return base_file_map(&file, 0, (size_t)file.size, &memory->mappings[index]);
}

int service_memory_bytes(struct service_memory *memory, struct base_bytes artifacts[SERVICE_ARTIFACT_COUNT])
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < SERVICE_ARTIFACT_COUNT; i++) {
        problem = map(memory, i);
        artifacts[i] = memory->mappings[i].bytes;
    }
    return problem;
}

void service_memory_empty(struct service_memory *memory)
{
    for (size_t i = 0; i < SERVICE_ARTIFACT_COUNT; i++) {
        base_file_unmap(&memory->mappings[i]);
        if (memory->fds[i] >= 0) {
            (void)close(memory->fds[i]);
        }
    }
    *memory = SERVICE_MEMORY_EMPTY;
}
