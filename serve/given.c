#include "serve/given.h"

#include <inttypes.h>
#include <stdio.h>

/* Whether an option is that of a member: '-' for '_'. */
static bool is_of(const char *option, const char *member)
{
    while (*option != '\0' && (*option == *member || (*option == '-' && *member == '_'))) {
        option++;
        member++;
    }
    return *option == '\0' && *member == '\0';
}

/* The member of the request that the option sets, or NULL. */
static const struct service_member *find_member(const struct service_table *request, const char *option)
{
    for (size_t i = 0; i < request->count; i++) {
        if (is_of(option, service_member_called(&request->members[i]))) {
            return &request->members[i];
        }
    }
    return NULL;
}

void serve_given_find(struct serve_given *given, const struct serve_job *job)
{
    given->count = 0;
    for (size_t i = 0; i < PRESENT_LASTING; i++) {
        const struct service_member *member = find_member(job->operation->request, present_lasting[i]);
        struct service_value value = {.boolean = false, .string = NULL};
        if (member == NULL || !service_member_read(member, &job->request, &value)) {
            continue;
        }
        struct present_given *item = &given->items[given->count];
        *item = (struct present_given){.name = present_lasting[i], .value = value.string};
        if (member->kind == SERVICE_KIND_COUNT || member->kind == SERVICE_KIND_SIZE) {
            char *number = given->numbers[given->count];
            (void)snprintf(number, sizeof given->numbers[0], "%" PRIu64, value.count);
            item->value = number;
        }
        given->count += member->kind != SERVICE_KIND_BOOLEAN || value.boolean ? 1 : 0;
    }
}
