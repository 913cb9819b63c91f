/* Unit tests: CUnit underneath, one CTest entry a test.
 *
 *     UNIT_TEST(cursor_refuses_to_read_past_the_end)
 *     {
 *         CHECK(...);
 *     }
 *
 * Each UNIT_TEST of a file becomes one CTest entry (tests/lib/UnitTests.cmake reads the names); the program runs the
 * tests named on its command line, or all of them. */
#ifndef PRPACK_TESTS_LIB_UNIT_H
#define PRPACK_TESTS_LIB_UNIT_H

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

void unit_register(const char *name, void (*function)(void));

/* Reports a failed check with both values; returns whether they were equal. */
bool unit_check_u64(uint64_t actual, uint64_t expected, const char *text, const char *file, unsigned line);
bool unit_check_string(const char *actual, const char *expected, const char *text, const char *file, unsigned line);

/* A fresh directory below TMPDIR for the running test, removed when the test ends. */
const char *unit_directory(void);
/* Writes a file below unit_directory(), making directories on the way; aborts the test program on failure. */
void unit_write_file(const char *relative, const void *data, size_t size);
/* "DIRECTORY/relative" in static storage that rotates through four buffers. */
const char *unit_path(const char *relative);
/* The checked-in corpus directory. */
const char *unit_corpus(void);

#define UNIT_TEST(name)                                                                                                \
    static void name(void);                                                                                            \
    __attribute__((constructor)) static void register_##name(void)                                                     \
    {                                                                                                                  \
        unit_register(#name, name);                                                                                    \
    }                                                                                                                  \
    static void name(void)

#define CHECK(condition)                                                                                               \
    ((void)CU_assertImplementation((condition) ? CU_TRUE : CU_FALSE, __LINE__, #condition, __FILE__, "", CU_FALSE))
/* Ends the test when it fails. */
#define REQUIRE(condition)                                                                                             \
    ((void)CU_assertImplementation((condition) ? CU_TRUE : CU_FALSE, __LINE__, #condition, __FILE__, "", CU_TRUE))
#define CHECK_U64(actual, expected)                                                                                    \
    ((void)unit_check_u64((uint64_t)(actual), (uint64_t)(expected), #actual " == " #expected, __FILE__, __LINE__))
#define CHECK_STRING(actual, expected)                                                                                 \
    ((void)unit_check_string((actual), (expected), #actual " == " #expected, __FILE__, __LINE__))

#endif
