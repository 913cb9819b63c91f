#include "cli/request.h"

#include "base/checked.h"
#include "cli/suggest.h"
#include "service/table/assign.h"

#include <string.h>

/* A whole decimal number; nothing that a request takes is above this. */
static bool read_number(const char *text, uint64_t *number)
{
    const uint64_t most = UINT64_MAX / 100;
    uint64_t value = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || value > most) {
            return false;
        }
        value = value * 10 + (unsigned)(*at - '0');
    }
    *number = value;
    return text[0] != '\0';
}

/* A number of bytes, or of units of 2^10, 2^20 or 2^30 bytes. */
static bool read_size(const char *text, uint64_t *size)
{
    static const char units[] = "KMGkmg";
    char digits[32];
    size_t length = strlen(text);
    const char *unit = length > 0 ? strchr(units, text[length - 1]) : NULL;
    if (length == 0 || length > sizeof digits - 1) {
        return false;
    }
    memcpy(digits, text, length + 1);
    unsigned shift = 0;
    if (unit != NULL) {
        digits[length - 1] = '\0';
        shift = 10 * ((unsigned)(unit - units) % 3 + 1);
    }
    return read_number(digits, size) && base_mul_u64(*size, UINT64_C(1) << shift, size);
}

static bool fail_number(const struct service_member *member, enum cli_option option, const char *value,
                        struct base_text *problem)
{
    base_text_addf(problem, "--%s takes ", cli_option_facts(option)->name);
    (void)cli_suggest_values(member, problem);
    base_text_add_string(problem, "; found \"");
    base_text_add_printable(problem, base_bytes_of_string(value), 200);
    base_text_add_char(problem, '"');
    return false;
}

bool cli_request_option(union service_request *request, const struct service_member *member, enum cli_option option,
                        const char *value, struct base_text *problem)
{
    uint64_t number;
    switch (member->kind) {
    case SERVICE_KIND_BOOLEAN:
        return service_member_set_boolean(member, request, true);
    case SERVICE_KIND_COUNT:
        return (read_number(value, &number) && service_member_set_count(member, request, number)) ||
               fail_number(member, option, value, problem);
    case SERVICE_KIND_SIZE:
        return (read_size(value, &number) && service_member_set_count(member, request, number)) ||
               fail_number(member, option, value, problem);
    case SERVICE_KIND_STRING:
    case SERVICE_KIND_PATH:
        if (!service_member_set_string(member, request, value)) {
            base_text_addf(problem, "--%s takes ", cli_option_facts(option)->name);
            if (!cli_suggest_values(member, problem)) {
                base_text_add_string(problem, "a value that is not empty");
            }
            return false;
        }
        return true;
    case SERVICE_KIND_INTEGER:
    case SERVICE_KIND_JSON:
    case SERVICE_KIND_JSON_ARRAY:
    case SERVICE_KIND_REMEDY:
    case SERVICE_KIND_COMMAND:
    case SERVICE_KIND_OBJECT:
    case SERVICE_KIND_LIST:
    case SERVICE_KIND_COUNTS:
    case SERVICE_KIND_MEMBERS:
        break;
    }
    return false;
}

void cli_request_list(union service_request *request, const struct service_member *member,
                      const struct base_names *values)
{
    const struct service_strings all = {.items = (const char *const *)values->items, .count = values->count};
    (void)service_member_set_strings(member, request, all);
}

void cli_request_operands(union service_request *request, const struct cli_command_facts *command,
                          const char *const *operands, size_t operand_count)
{
    const struct service_member *member = command->member;
    if (member == NULL || operand_count == 0) {
        return;
    }
    if (member->kind == SERVICE_KIND_LIST) {
        const struct service_strings all = {.items = operands, .count = operand_count};
        (void)service_member_set_strings(member, request, all);
    } else {
        (void)service_member_set_string(member, request, operands[0]);
    }
    if (command->second != NULL && command->second->kind == SERVICE_KIND_LIST) {
        const struct service_strings rest = {.items = operands + 1, .count = operand_count - 1};
        (void)service_member_set_strings(command->second, request, rest);
    } else if (command->second != NULL && operand_count >= 2) {
        (void)service_member_set_string(command->second, request, operands[1]);
    }
    if (command->third != NULL && operand_count >= 3) {
        (void)service_member_set_string(command->third, request, operands[2]);
    }
}
