/* The system calls that the tests speak of, by name. */
#ifndef PRPACK_TESTS_SERVICE_SYSCALL_NAMES_H
#define PRPACK_TESTS_SERVICE_SYSCALL_NAMES_H

/* "other" for a call that is not in the table. */
const char *syscall_name(long number);

/* -1 for a name that is not in the table. */
int errno_number(const char *name);

#endif
