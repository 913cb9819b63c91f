#include "service/transaction/journal.h"

#include "base/descriptor.h"
#include "base/text.h"
#include "service/transaction/seal.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool means_read_only(int problem)
{
    return problem == EROFS || problem == EACCES || problem == EPERM || problem == ENOSYS || problem == EOPNOTSUPP;
}

static int put_link(int registry_fd, const char *text)
{
    if (unlinkat(registry_fd, SERVICE_JOURNAL_NAME, 0) != 0 && errno != ENOENT) {
        return errno;
    }
    return symlinkat(text, registry_fd, SERVICE_JOURNAL_NAME) == 0 ? base_descriptor_sync_directory(registry_fd)
                                                                   : errno;
}

int service_journal_write(const struct service_site *site, const struct service_output *output)
{
    struct service_seal seal;
    struct base_hash hash;
    if (output->inside == NULL || !service_seal_take(site->registry_fd, &seal)) {
        return 0;
    }
    struct base_text rest = BASE_TEXT_EMPTY;
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_addf(&rest, ":%zu:%s", output->present, output->inside);
    int problem = ENOMEM;
    if (!base_text_out_of_memory(&rest) && service_seal_of(&seal, base_text_bytes(&rest), &hash)) {
        char hex[BASE_HASH_HEX + 1];
        base_hash_to_hex(hash, hex);
        base_text_addf(&text, "%s%s", hex, base_text_string(&rest));
        problem = base_text_out_of_memory(&text) ? ENOMEM : put_link(site->registry_fd, base_text_string(&text));
    }
    base_text_free(&text);
    base_text_free(&rest);
    return means_read_only(problem) ? 0 : problem;
}

/* Reads decimal digits. False when there are none, or too many. */
static bool take_number(const char **at, size_t *number)
{
    const char *digits = *at;
    *number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        if (*number > SIZE_MAX / 10 - 1) {
            return false;
        }
        *number = *number * 10 + (size_t)(**at - '0');
    }
    return *at > digits;
}

/* Returns 0, EBADMSG or ENOMEM. */
static int check_seal(const struct service_site *site, const char *text)
{
    struct service_seal seal;
    struct base_hash said;
    struct base_hash own;
    if (strlen(text) <= BASE_HASH_HEX || !service_seal_take(site->registry_fd, &seal) ||
        !base_hash_from_hex(base_bytes_make((const uint8_t *)text, BASE_HASH_HEX), &said)) {
        return EBADMSG;
    }
    if (!service_seal_of(&seal, base_bytes_of_string(text + BASE_HASH_HEX), &own)) {
        return ENOMEM;
    }
    return base_hash_equal(said, own) ? 0 : EBADMSG;
}

int service_journal_read(const struct service_site *site, struct service_output *output)
{
    char text[PATH_MAX];
    size_t present;
    ssize_t size = readlinkat(site->registry_fd, SERVICE_JOURNAL_NAME, text, sizeof text - 1);
    *output = (struct service_output){.path = NULL};
    if (size < 0) {
        return errno == EINVAL ? EBADMSG : errno;
    }
    text[size] = '\0';
    int problem = check_seal(site, text);
    if (problem != 0) {
        return problem;
    }
    const char *at = text + BASE_HASH_HEX + 1;
    if (!take_number(&at, &present) || *at++ != ':' || (strcmp(at, ".") != 0 && workspace_path_fault(at) != NULL)) {
        return EBADMSG;
    }
    if (!service_output_find_inside(output, site, at)) {
        service_output_free(output);
        return ENOMEM;
    }
    size_t length = strlen(at);
    output->present = present < length ? present : length;
    return 0;
}

bool service_journal_exists(const struct service_site *site)
{
    struct stat status;
    return fstatat(site->registry_fd, SERVICE_JOURNAL_NAME, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void service_journal_remove(const struct service_site *site)
{
    (void)unlinkat(site->registry_fd, SERVICE_JOURNAL_NAME, 0);
}
