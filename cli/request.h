/* Words of the command line as members of a request, by the request's table. */
#ifndef PRPACK_CLI_REQUEST_H
#define PRPACK_CLI_REQUEST_H

#include "base/names.h"
#include "base/text.h"
#include "cli/facts.h"

/* Sets the member that an option stands for. `value` is NULL where the option takes none. False: *problem says what
 * would be right. */
bool cli_request_option(union service_request *request, const struct service_member *member, enum cli_option option,
                        const char *value, struct base_text *problem);

/* Sets the member that a list of values stands for. The request borrows them. */
void cli_request_list(union service_request *request, const struct service_member *member,
                      const struct base_names *values);

/* Sets the members for the operands of a command, whose number is one that it accepts; without operands they
 * keep their defaults. */
void cli_request_operands(union service_request *request, const struct cli_command_facts *command,
                          const char *const *operands, size_t operand_count);

#endif
