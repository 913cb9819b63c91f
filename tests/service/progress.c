/* What an operation tells of its progress: each long phase, in its unit, up to the end of the phase. */
#include "tests/lib/pack.h"
#include "tests/service/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- What was told ---- */

enum { PHASES = BASE_PHASE_WAITING + 1 };

struct told {
    struct base_progress last[PHASES]; /* of each phase; total 0: nothing */
};

static void tell(void *context, const struct base_progress *progress)
{
    struct told *told = context;
    struct base_progress *last = &told->last[progress->phase];
    CHECK(progress->done <= progress->total);
    CHECK(last->total == 0 || (last->unit == progress->unit && last->total == progress->total));
    CHECK(last->total == 0 || last->done <= progress->done);
    *last = *progress;
}

static void take_answer(void *context, const struct service_answer *answer)
{
    (void)context;
    CHECK(answer->status != SERVICE_STATUS_ENVIRONMENT);
}

static struct told run(enum service_operation_id operation, const union service_request *request)
{
    struct told told = {.last = {{.total = 0}}};
    struct base_task task = BASE_TASK_INIT;
    task.progress = tell;
    task.progress_context = &told;
    (void)call_operation(&task, operation, request, take_answer);
    return told;
}

/* The phase was told in this unit, up to its end. */
static void check_phase(const struct told *told, enum base_phase phase, enum base_unit unit, uint64_t total)
{
    CHECK_U64(told->last[phase].unit, unit);
    CHECK_U64(told->last[phase].total, total);
    CHECK_U64(told->last[phase].done, total);
}

/* ---- A workspace ---- */

enum { ASSETS = 20, LARGE = 9 << 20 /* more than is synced at once */ };

static struct told make_workspace(void)
{
    static char names[ASSETS][16];
    const char *roots[ASSETS];
    const union service_request init = {.init = {.dry_run = false}};
    uint8_t *large = calloc(LARGE, 1);
    REQUIRE(large != NULL);
    for (int i = 0; i < ASSETS; i++) {
        char file[64];
        (void)snprintf(names[i], sizeof names[i], "scene%d", i);
        (void)snprintf(file, sizeof file, "assets/%s/scene.bin", names[i]);
        roots[i] = names[i];
        unit_write_file(file, large, i == 0 ? LARGE : 1);
    }
    free(large);
    (void)run(SERVICE_OPERATION_INIT, &init);
    const union service_request add = {.add = {.roots = {roots, ASSETS}, .type = "scene_bank"}};
    return run(SERVICE_OPERATION_ADD, &add);
}

UNIT_TEST(each_long_phase_of_a_workspace_is_told_to_its_end)
{
    const union service_request build = {.build = {.output = "build", .verify = true, .jobs = 1}};
    const union service_request verify = {.verify = {.directory = "build", .sources = true, .jobs = 1}};
    const union service_request list = {.list = {.assets = NULL}};
    struct told told = make_workspace();
    check_phase(&told, BASE_PHASE_PLANNING, BASE_UNIT_ASSETS, ASSETS);
    told = run(SERVICE_OPERATION_LIST, &list);
    check_phase(&told, BASE_PHASE_LOADING, BASE_UNIT_ASSETS, ASSETS);
    told = run(SERVICE_OPERATION_BUILD, &build);
    check_phase(&told, BASE_PHASE_LOADING, BASE_UNIT_ASSETS, ASSETS);
    check_phase(&told, BASE_PHASE_PROBING, BASE_UNIT_ASSETS, ASSETS);
    check_phase(&told, BASE_PHASE_PACKING, BASE_UNIT_BYTES, LARGE + ASSETS - 1);
    check_phase(&told, BASE_PHASE_HASHING, BASE_UNIT_BYTES, told.last[BASE_PHASE_SYNCING].total);
    check_phase(&told, BASE_PHASE_SYNCING, BASE_UNIT_BYTES, told.last[BASE_PHASE_HASHING].total);
    CHECK(told.last[BASE_PHASE_SYNCING].total > LARGE);
    check_phase(&told, BASE_PHASE_WRITING, BASE_UNIT_ASSETS, ASSETS);
    check_phase(&told, BASE_PHASE_EXAMINING, BASE_UNIT_BYTES, told.last[BASE_PHASE_EXAMINING].total);
    CHECK(told.last[BASE_PHASE_EXAMINING].total > LARGE);
    check_phase(&told, BASE_PHASE_COMPARING, BASE_UNIT_ASSETS, ASSETS);
    told = run(SERVICE_OPERATION_BUILD, &build); /* nothing has changed */
    check_phase(&told, BASE_PHASE_LOADING, BASE_UNIT_ASSETS, ASSETS);
    told = run(SERVICE_OPERATION_VERIFY, &verify);
    check_phase(&told, BASE_PHASE_COMPARING, BASE_UNIT_ASSETS, ASSETS);
}

/* ---- A long header ---- */

static struct told inspect(size_t name_size)
{
    static const char *const paths[] = {"a.pa"};
    const union service_request request = {.inspect = {.paths = {paths, 1}, .jobs = 1}};
    char *text = malloc(name_size + 256);
    char *name = malloc(name_size + 1);
    REQUIRE(text != NULL && name != NULL);
    memset(name, 'n', name_size);
    name[name_size] = '\0';
    int size =
        snprintf(text, name_size + 256,
                 "{\"asset_table\":[{\"asset_id\":1,\"asset_name\":\"%s\",\"bank_type\":\"SCENE\",\"codec\":\"NONE\","
                 "\"decoded_size\":1,\"metadata\":{},\"offset\":0,\"size\":1}],\"preload\":[]}",
                 name);
    struct pack pack = pack_build(base_bytes_make((const uint8_t *)text, (size_t)size), 0, base_bytes_make("x", 1));
    unit_write_file("a.pa", pack.data, pack.size);
    pack_free(&pack);
    free(name);
    free(text);
    return run(SERVICE_OPERATION_INSPECT, &request);
}

UNIT_TEST(the_readings_of_a_long_header_are_told)
{
    struct told told = inspect(1 << 20);
    CHECK(told.last[BASE_PHASE_CHECKING].total > (uint64_t)4 << 20);
    check_phase(&told, BASE_PHASE_CHECKING, BASE_UNIT_BYTES, told.last[BASE_PHASE_CHECKING].total);
    told = inspect(1 << 10);
    CHECK_U64(told.last[BASE_PHASE_CHECKING].total, 0);
}
