#include "tests/lib/unit.h"

#include <CUnit/Basic.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_TESTS = 512, PATH_SIZE = 4096 };

static struct {
    const char *name;
    void (*function)(void);
} tests[MAX_TESTS];
static size_t test_count;
static char directory[PATH_SIZE];

static void die(const char *what)
{
    (void)fprintf(stderr, "test harness: %s: %s\n", what, strerror(errno));
    exit(99);
}

void unit_register(const char *name, void (*function)(void))
{
    if (test_count == MAX_TESTS) {
        die("too many tests in one program");
    }
    tests[test_count].name = name;
    tests[test_count].function = function;
    test_count++;
}

bool unit_check_u64(uint64_t actual, uint64_t expected, const char *text, const char *file, unsigned line)
{
    char message[512];
    (void)snprintf(message, sizeof message, "%s: %llu is not %llu", text, (unsigned long long)actual,
                   (unsigned long long)expected);
    return CU_assertImplementation(actual == expected ? CU_TRUE : CU_FALSE, line, message, file, "", CU_FALSE) ==
           CU_TRUE;
}

bool unit_check_string(const char *actual, const char *expected, const char *text, const char *file, unsigned line)
{
    char message[2048];
    bool equal = actual != NULL && expected != NULL && strcmp(actual, expected) == 0;
    (void)snprintf(message, sizeof message, "%s: \"%s\" is not \"%s\"", text, actual != NULL ? actual : "(null)",
                   expected != NULL ? expected : "(null)");
    return CU_assertImplementation(equal ? CU_TRUE : CU_FALSE, line, message, file, "", CU_FALSE) == CU_TRUE;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static void remove_directory(void)
{
    if (directory[0] != '\0') {
        (void)nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        directory[0] = '\0';
    }
}

const char *unit_directory(void)
{
    if (directory[0] == '\0') {
        const char *parent = getenv("TMPDIR");
        (void)snprintf(directory, sizeof directory, "%s/prpack-test-XXXXXX", parent != NULL ? parent : "/tmp");
        if (mkdtemp(directory) == NULL) {
            die(directory);
        }
    }
    return directory;
}

const char *unit_path(const char *relative)
{
    static char buffers[4][PATH_SIZE];
    static unsigned turn;
    char *buffer = buffers[turn++ % 4];
    int length = snprintf(buffer, PATH_SIZE, "%s/%s", unit_directory(), relative);
    if (length < 0 || length >= PATH_SIZE) {
        die("a path is too long");
    }
    return buffer;
}

void unit_write_file(const char *relative, const void *data, size_t size)
{
    char path[PATH_SIZE];
    memcpy(path, unit_path(relative), sizeof path); /* each buffer of unit_path is as long */
    for (char *slash = strchr(path + strlen(directory) + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            die(path);
        }
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
        die(path);
    }
}

const char *unit_corpus(void)
{
    return PRPACK_CORPUS_DIR;
}

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            return true;
        }
    }
    return argc == 1;
}

int main(int argc, char **argv)
{
    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 99;
    }
    CU_pSuite suite = CU_add_suite_with_setup_and_teardown(argv[0], NULL, NULL, NULL, remove_directory);
    unsigned added = 0;
    for (size_t i = 0; suite != NULL && i < test_count; i++) {
        if (wanted(tests[i].name, argc, argv) && CU_add_test(suite, tests[i].name, tests[i].function) != NULL) {
            added++;
        }
    }
    CU_basic_set_mode(CU_BRM_VERBOSE);
    (void)CU_basic_run_tests();
    unsigned failures = CU_get_number_of_failures() + CU_get_number_of_suites_failed();
    CU_cleanup_registry();
    /* A name that no test has is a failure too: CTest would otherwise pass for having run nothing. */
    return failures == 0 && added == (argc == 1 ? test_count : (unsigned)(argc - 1)) && added > 0 ? 0 : 1;
}
