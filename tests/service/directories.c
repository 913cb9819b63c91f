/* Operations on two workspaces at once, in a process whose own directory is gone: each begins at its task's. */
#include "base/directory.h"
#include "service/operations.h"
#include "tests/lib/unit.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What one thread does, and what came of it. */
struct side {
    struct base_task task;
    const char *const *roots; /* below assets/ */
    size_t root_count;
    uint64_t findings;
    size_t listed;
    uint64_t packed;   /* assets in the pack, as build says */
    uint64_t examined; /* bytes of the pack, as inspect says */
    uint64_t pack_size;
};

static void take_answer(void *context, const struct service_answer *answer)
{
    struct side *side = context;
    CHECK_U64(answer->status, SERVICE_STATUS_WELL);
    for (unsigned id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
        side->findings += answer->findings.total[id];
    }
    enum service_operation_id id = answer->operation->id;
    if (id == SERVICE_OPERATION_LIST) {
        side->listed = answer->result.list.count;
    } else if (id == SERVICE_OPERATION_BUILD) {
        side->packed = answer->result.build.summary.assets;
        side->pack_size = answer->result.build.summary.pack_size;
    } else if (id == SERVICE_OPERATION_INSPECT) {
        side->examined = answer->result.report.file_size;
    }
}

static void run(struct side *side, enum service_operation_id operation, const union service_request *request)
{
    const struct service_call call = {
        .operation = service_operation(operation),
        .task = &side->task,
        .workspace = ".",
        .request = request,
        .take = take_answer,
        .take_context = side,
    };
    CHECK_U64(service_run(&call), SERVICE_STATUS_WELL);
}

static void *work(void *context)
{
    struct side *side = context;
    static const char *const paths[] = {"build", "build/assets.pa"};
    const union service_request init = {.init = {.dry_run = false}};
    const union service_request add = {.add = {.roots = {side->roots, side->root_count}, .type = "scene_bank"}};
    const union service_request build = {.build = {.output = "build", .verify = true}};
    const union service_request verify = {.verify = {.directory = "build", .sources = true}};
    const union service_request inspect = {.inspect = {.paths = {paths, 2}}};
    run(side, SERVICE_OPERATION_INIT, &init);
    run(side, SERVICE_OPERATION_ADD, &add);
    for (unsigned round = 0; round < 3; round++) {
        run(side, SERVICE_OPERATION_LIST, &init);
        run(side, SERVICE_OPERATION_BUILD, &build);
        run(side, SERVICE_OPERATION_VERIFY, &verify);
        run(side, SERVICE_OPERATION_INSPECT, &inspect);
    }
    return NULL;
}

static void begin(struct side *side, const char *directory, const char *const *roots, size_t root_count)
{
    *side = (struct side){.task = BASE_TASK_INIT, .roots = roots, .root_count = root_count};
    REQUIRE(base_directory_open(&side->task.directory, BASE_CURRENT_DIRECTORY, directory) == 0);
}

static void check(struct side *side, const char *pack)
{
    struct stat status;
    CHECK_U64(fstatat(side->task.directory, "build/assets.pa", &status, 0), 0);
    CHECK_U64(status.st_size, side->pack_size);
    CHECK(lstat(pack, &status) == 0);
    CHECK_U64(side->findings, 0);
    CHECK_U64(side->listed, side->root_count);
    CHECK_U64(side->packed, side->root_count);
    CHECK_U64(side->examined, side->pack_size);
    CHECK_U64(close(side->task.directory), 0);
}

UNIT_TEST(operations_on_two_workspaces_do_not_see_each_other)
{
    static const char *const left_roots[] = {"cave"};
    static const char *const right_roots[] = {"assets/cave", "dune"};
    static char left_pack[512];
    static struct side left;
    static struct side right;
    pthread_t threads[2];
    unit_write_file("left/assets/cave/a.bin", "1", 1);
    unit_write_file("right/assets/cave/a.bin", "12345", 5);
    unit_write_file("right/assets/dune/b.bin", "123", 3);
    (void)snprintf(left_pack, sizeof left_pack, "%s", unit_path("left/build/assets.pa"));
    begin(&left, unit_path("left"), left_roots, 1);
    begin(&right, unit_path("right"), right_roots, 2);
    int home;
    REQUIRE(base_directory_open(&home, BASE_CURRENT_DIRECTORY, ".") == 0);
    REQUIRE(mkdir(unit_path("gone"), 0777) == 0 && chdir(unit_path("gone")) == 0 && rmdir(unit_path("gone")) == 0);
    REQUIRE(pthread_create(&threads[0], NULL, work, &left) == 0);
    REQUIRE(pthread_create(&threads[1], NULL, work, &right) == 0);
    REQUIRE(pthread_join(threads[0], NULL) == 0 && pthread_join(threads[1], NULL) == 0);
    check(&left, left_pack);
    check(&right, unit_path("right/build/assets.pa"));
    CHECK(left.pack_size != right.pack_size);
    REQUIRE(fchdir(home) == 0 && close(home) == 0);
}
