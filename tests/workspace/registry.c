/* index.json: docs/contracts/workspace.md, 2. */
#include "workspace/registry/registry.h"

#include "base/text.h"
#include "tests/workspace/fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define INDEX "assets/.prometeu/index.json"
#define RECORD_1 "{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'a','included_in_build':true}"
#define RECORD_2 "{'asset_id':2,'asset_uuid':'" UUID_2 "','root':'b','included_in_build':false}"
#define VALID "{'schema_version':1,'next_asset_id':3,'assets':[" RECORD_1 "," RECORD_2 "]}"

UNIT_TEST(a_valid_registry_is_read)
{
    (void)put(INDEX, VALID);
    struct workspace workspace;
    open_fine(&workspace);
    REQUIRE(workspace.registry.count == 2);
    const struct workspace_record *records = workspace.registry.records;
    CHECK_U64(records[0].asset_id, 1);
    CHECK_STRING(records[0].asset_uuid, UUID_1);
    CHECK_STRING(records[0].root, "a");
    CHECK(records[0].included_in_build);
    CHECK_U64(records[1].asset_id, 2);
    CHECK(!records[1].included_in_build);
    CHECK_U64(workspace.registry.next_asset_id, 3);
    CHECK_STRING(workspace.project, unit_directory());
    workspace_close(&workspace);
    CHECK(workspace.assets_fd == -1);
    workspace_close(&workspace);
}

UNIT_TEST(an_empty_registry_is_read)
{
    (void)put(INDEX, " {\n 'assets' : [ ] , 'next_asset_id' : 2147483648, 'schema_version' : 1 }\n");
    struct workspace workspace;
    open_fine(&workspace);
    CHECK_U64(workspace.registry.count, 0);
    CHECK_U64(workspace.registry.next_asset_id, INT64_C(2147483648));
    workspace_close(&workspace);
}

static void check_refused(const char *document, const char *id, const char *pointer, const char *says, unsigned line)
{
    int64_t mark = put(INDEX, document);
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, &findings));
    check_only(&findings, id, INDEX, mark, pointer, line);
    check_says(&findings, 0, says, line);
    CHECK(workspace.assets_fd == -1 && workspace.registry.count == 0 && workspace.project == NULL);
    base_findings_free(&findings);
}

struct refusal {
    const char *old;
    const char *new;
    const char *id;
    const char *pointer;
    const char *says;
};

static void check_refusals(const struct refusal *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *document = replaced(VALID, refusals[i].old, refusals[i].new);
        check_refused(document, refusals[i].id, refusals[i].pointer, refusals[i].says, (unsigned)i);
        free(document);
    }
}

#define CHECK_REFUSALS(refusals) check_refusals(refusals, sizeof(refusals) / sizeof((refusals)[0]))

UNIT_TEST(wrong_members_of_the_root_are_refused)
{
    static const struct refusal refusals[] = {
        {"'schema_version':1", "'schema_version':^2", "registry-shape", "/schema_version", "a value that is not known"},
        {"'schema_version':1", "'schema_version':^1.0", "registry-shape", "/schema_version", "1.0"},
        {"'schema_version':1", "'schema_version':'^1'", "registry-shape", "/schema_version", "has another type"},
        {"{'schema_version':1,", "^{", "registry-shape", "", "lacks \"schema_version\""},
        {"{'schema_version':1,'next_asset_id':3,", "^{'schema_version':1,", "registry-shape", "", "next_asset_id"},
        {"'next_asset_id':3", "'next_asset_id':^0", "registry-shape", "/next_asset_id", "from 1 to 2147483648"},
        {"'next_asset_id':3", "'next_asset_id':^2", "registry-shape", "/next_asset_id", "above 2"},
        {"'next_asset_id':3", "'next_asset_id':^2147483649", "registry-shape", "/next_asset_id", "2147483649"},
        {"'next_asset_id':3", "'next_asset_id':^null", "registry-shape", "/next_asset_id", "null"},
        {"'next_asset_id':3", "'next_asset_id':3,'^assetz':[]", "registry-shape", "/assetz", "Write \"assets\""},
        {"'next_asset_id':3", "'next_asset_id':3,'^x':{'y':[1.5]}", "registry-shape", "/x", "schema_version, next"},
        {"'next_asset_id':3", "'next_asset_id':3,'$schema':^7", "registry-shape", "/$schema", "a string"},
        {"'next_asset_id':3", "'next_asset_id':3,'^schema':'x'", "registry-shape", "/schema", "Write \"$schema\""},
        {"'root':'b'", "'root':'b','^$schema':'x'", "registry-shape", "/assets/1/$schema", "not a member of a record"},
        {"'next_asset_id':3", "'next_asset_id':^18446744073709551617", "registry-shape", "/next_asset_id", "range"},
    };
    CHECK_REFUSALS(refusals);
}

UNIT_TEST(another_schema_is_one_finding_alone)
{
    check_refused("{'schema_version':^2,'foo':1,'assets':{}}", "registry-shape", "/schema_version", "2", __LINE__);
}

UNIT_TEST(another_root_value_is_refused)
{
    check_refused(" ^[]", "registry-shape", "", "has another type", __LINE__);
    check_refused("^null", "registry-shape", "", "null", __LINE__);
    check_refused("{'schema_version':1,'next_asset_id':1,'assets':^{}}", "registry-shape", "/assets", "an array",
                  __LINE__);
    check_refused("{'schema_version':1,'next_asset_id':1,'assets':[^7]}", "registry-shape", "/assets/0", "an object",
                  __LINE__);
}

UNIT_TEST(wrong_members_of_a_record_are_refused)
{
    static const struct refusal refusals[] = {
        {"'asset_id':2,", "'asset_id':^0,", "registry-shape", "/assets/1/asset_id", "from 1 to 2147483647"},
        {"'asset_id':2,", "'asset_id':^-1,", "registry-shape", "/assets/1/asset_id", "-1"},
        {"'asset_id':2,", "'asset_id':^2147483648,", "registry-shape", "/assets/1/asset_id", "out of range"},
        {"'asset_id':2,", "'asset_id':^2e0,", "registry-shape", "/assets/1/asset_id", "a fraction"},
        {"'asset_id':2,", "'asset_id':^true,", "registry-shape", "/assets/1/asset_id", "an integer"},
        {"{'asset_id':2,", "^{", "registry-shape", "/assets/1", "a record lacks \"asset_id\""},
        {"{'asset_id':2,'asset_uuid':'" UUID_2 "'", "^{'asset_id':2", "registry-shape", "/assets/1",
         "lacks \"asset_uuid\""},
        {"{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'a'", "^{'asset_id':1,'asset_uuid':'" UUID_1 "'",
         "registry-shape", "/assets/0", "lacks \"root\""},
        {RECORD_1, "^{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'a'}", "registry-shape", "/assets/0",
         "lacks \"included_in_build\""},
        {UUID_2, "^00000000-0000-4000-8000-00000000000A", "registry-shape", "/assets/1/asset_uuid", "lower-case"},
        {UUID_2, "^", "registry-shape", "/assets/1/asset_uuid", "8-4-4-4-12"},
        {"'asset_uuid':'" UUID_2 "'", "'asset_uuid':^5", "registry-shape", "/assets/1/asset_uuid", "a string"},
        {"'root':'b'", "'root':'^'", "root-invalid", "/assets/1/root", "is empty"},
        {"'root':'b'", "'root':'^/b'", "root-invalid", "/assets/1/root", "is absolute"},
        {"'root':'b'", "'root':'^b/../c'", "root-invalid", "/assets/1/root", "\"..\""},
        {"'root':'b'", "'root':'^b/'", "root-invalid", "/assets/1/root", "empty component"},
        {"'root':'b'", "'root':'^b\\\\c'", "root-invalid", "/assets/1/root", "backslash"},
        {"'root':'b'", "'root':'^.prometeu/x'", "root-invalid", "/assets/1/root", ".prometeu"},
        {"'root':'b'", "'root':'^b\\u0000c'", "registry-shape", "/assets/1/root", "U+0000"},
        {"'root':'b'", "'root':^null", "registry-shape", "/assets/1/root", "a string"},
        {"'included_in_build':false", "'included_in_build':^0", "registry-shape", "/assets/1/included_in_build",
         "true or"},
        {"'included_in_build':false", "'included_in_build':false,'^Root':1", "registry-shape", "/assets/1/Root",
         "\"root\""},
    };
    CHECK_REFUSALS(refusals);
}

UNIT_TEST(ids_rise)
{
    check_refused("{'schema_version':1,'next_asset_id':6,'assets':["
                  "{'asset_id':5,'asset_uuid':'" UUID_1 "','root':'a','included_in_build':true},"
                  "{'asset_id':^3,'asset_uuid':'" UUID_2 "','root':'b','included_in_build':true}]}",
                  "registry-shape", "/assets/1/asset_id", "above 5", __LINE__);
}

UNIT_TEST(what_occurs_twice_is_refused_at_the_later_record)
{
    static const struct refusal refusals[] = {
        {"'asset_id':2,", "'asset_id':^1,", "registry-duplicate", "/assets/1/asset_id", "asset 1 (\"a\")"},
        {UUID_2, "^" UUID_1, "registry-duplicate", "/assets/1/asset_uuid", "asset 1 (\"a\")"},
        {"'root':'b'", "'root':'^a'", "registry-duplicate", "/assets/1/root", "asset 1 (\"a\")"},
        {"'root':'b'", "'root':'^\\u0061'", "registry-duplicate", "/assets/1/root", "this root"},
        {"'root':'b'", "'root':'^a/b/c'", "root-invalid", "/assets/1/root", "inside the root \"a\" of asset 1"},
    };
    CHECK_REFUSALS(refusals);
    /* The inner root is at fault, wherever it is. */
    char *document = replaced(VALID, "'root':'a'", "'root':'^b/x'");
    check_refused(document, "root-invalid", "/assets/0/root", "of asset 2", __LINE__);
    free(document);
    document = replaced(VALID, "'root':'b'", "'root':'a-b'");
    (void)put(INDEX, document);
    free(document);
    struct workspace workspace;
    open_fine(&workspace);
    workspace_close(&workspace);
}

UNIT_TEST(a_repeated_value_is_shown)
{
    static const struct {
        const char *old;
        const char *new;
        const char *actual;
    } cases[] = {{"'asset_id':2,", "'asset_id':1,", "1"}, {UUID_2, UUID_1, UUID_1}, {"'root':'b'", "'root':'a'", "a"}};
    for (size_t i = 0; i < 3; i++) {
        char *document = replaced(VALID, cases[i].old, cases[i].new);
        (void)put(INDEX, document);
        free(document);
        struct workspace workspace;
        struct base_findings findings;
        base_findings_init(&findings);
        CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, &findings));
        REQUIRE(findings.count == 1);
        CHECK_STRING(findings.items[0].actual, cases[i].actual);
        base_findings_free(&findings);
    }
}

UNIT_TEST(a_root_is_found_inside_another_across_neighbours)
{
    /* "a-b" comes between "a" and "a/c" in byte order, not in path order. */
    check_refused("{'schema_version':1,'next_asset_id':9,'assets':["
                  "{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'^a/c/d','included_in_build':true},"
                  "{'asset_id':2,'asset_uuid':'" UUID_2 "','root':'a-b','included_in_build':true},"
                  "{'asset_id':3,'asset_uuid':'" UUID_3 "','root':'a/c','included_in_build':true}]}",
                  "root-invalid", "/assets/0/root", "of asset 3", __LINE__);
}

UNIT_TEST(all_faults_are_reported_in_one_run)
{
    char *document = replaced(VALID, "'asset_id':1,", "'asset_id':1,'x':1,");
    (void)put(INDEX, document);
    free(document);
    document = get(INDEX);
    char *second = replaced(document, "\"asset_id\":2,", "\"asset_id\":\"two\",");
    free(document);
    document = replaced(second, "\"next_asset_id\":3", "\"next_asset_id\":0");
    free(second);
    unit_write_file(INDEX, document, strlen(document));
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, &findings));
    CHECK_U64(findings.count, 3);
    CHECK_FINDING(&findings, 0, "registry-shape", INDEX, strstr(document, "x\":1") - document, "/assets/0/x");
    CHECK_FINDING(&findings, 1, "registry-shape", INDEX, strstr(document, "two") - document, "/assets/1/asset_id");
    CHECK_FINDING(&findings, 2, "registry-shape", INDEX, strstr(document, "0,\"assets") - document, "/next_asset_id");
    free(document);
    base_findings_free(&findings);
}

UNIT_TEST(three_of_a_kind_are_two_findings_in_order)
{
    (void)put(INDEX, "{'schema_version':1,'next_asset_id':9,'assets':["
                     "{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'z','included_in_build':true},"
                     "{'asset_id':2,'asset_uuid':'" UUID_2 "','root':'z','included_in_build':true},"
                     "{'asset_id':3,'asset_uuid':'" UUID_3 "','root':'z','included_in_build':true}]}");
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, &findings));
    REQUIRE(findings.count == 2);
    CHECK_STRING(findings.items[0].place.json_pointer, "/assets/1/root");
    CHECK_STRING(findings.items[1].place.json_pointer, "/assets/2/root");
    CHECK_SAYS(&findings, 1, "asset 1");
    base_findings_free(&findings);
}

UNIT_TEST(a_text_that_is_not_strict_json_is_refused)
{
    static const struct {
        const char *document;
        const char *says;
    } cases[] = {
        {"^", "line 1, column 1"},
        {"{'schema_version':1,\n 'a':^}", "line 2, column 6"},
        {"{'schema_version':^01}", "\"01\" is not a number of JSON"},
        {"^\xef\xbb\xbf{}", "byte-order mark"},
        {"{'a':'^\xff'}", "UTF-8"},
        {"{'a':'^\\ud800'}", "not valid text"},
        {"{}^x", "more text comes after"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t mark = put(INDEX, cases[i].document);
        struct workspace workspace;
        struct base_findings findings;
        base_findings_init(&findings);
        CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, &findings));
        CHECK_U64(findings.count, 1);
        CHECK_FINDING(&findings, 0, "registry-syntax", INDEX, mark, NULL);
        CHECK_SAYS(&findings, 0, cases[i].says);
        base_findings_free(&findings);
    }
}

UNIT_TEST(repeated_keys_are_refused_wherever_they_are)
{
    static const struct refusal refusals[] = {
        {"'next_asset_id':3", "'next_asset_id':3,'^next_asset_id':3", "registry-syntax", "/next_asset_id", "twice"},
        {"'root':'b'", "'root':'b','^r\\u006fot':'b'", "registry-syntax", "/assets/1/root", "twice"},
    };
    CHECK_REFUSALS(refusals);
}

UNIT_TEST(deep_nesting_is_refused)
{
    char document[400] = "{'assets':";
    size_t size = strlen(document);
    memset(document + size, '[', 200);
    document[size + 126] = '^';
    document[size + 200] = '\0';
    int64_t mark = put(INDEX, document);
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, &findings));
    CHECK_ONLY(&findings, "registry-syntax", INDEX, mark, NULL);
    CHECK_SAYS(&findings, 0, "nested too deeply");
    base_findings_free(&findings);
}

static void check_file_refused(const char *id, int64_t offset, const char *says, unsigned line)
{
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, &findings));
    check_only(&findings, id, INDEX, offset, NULL, line);
    check_says(&findings, 0, says, line);
    base_findings_free(&findings);
}

UNIT_TEST(a_missing_registry_is_not_a_workspace)
{
    check_file_refused("workspace-missing", -1, "no registry", __LINE__);
    unit_write_file("assets/.prometeu/other", "", 0);
    check_file_refused("workspace-missing", -1, "no registry", __LINE__);
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_path("nowhere")), NULL, &findings));
    CHECK_ONLY(&findings, "workspace-missing", "nowhere/" INDEX, -1, NULL);
    base_findings_free(&findings);
}

UNIT_TEST(only_a_regular_file_inside_assets_is_a_registry)
{
    unit_write_file(INDEX "/x", "", 0);
    check_file_refused("input-not-regular", -1, "leads to a directory", __LINE__);
    REQUIRE(unlink(unit_path(INDEX "/x")) == 0 && rmdir(unit_path(INDEX)) == 0);
    REQUIRE(mkfifo(unit_path(INDEX), 0600) == 0);
    check_file_refused("input-not-regular", -1, "leads to a directory", __LINE__);
    REQUIRE(unlink(unit_path(INDEX)) == 0);
    (void)put("outside.json", VALID);
    REQUIRE(symlink("../../outside.json", unit_path(INDEX)) == 0);
    check_file_refused("path-outside", -1, "through a link", __LINE__);
    REQUIRE(unlink(unit_path(INDEX)) == 0);
    REQUIRE(symlink("index.json", unit_path(INDEX)) == 0);
    check_file_refused("path-outside", -1, "loop", __LINE__);
    REQUIRE(unlink(unit_path(INDEX)) == 0);
    REQUIRE(symlink("/dev/null", unit_path(INDEX)) == 0);
    check_file_refused("path-outside", -1, "through a link", __LINE__);
}

UNIT_TEST(a_link_that_stays_inside_is_followed)
{
    (void)put("assets/real.json", VALID);
    unit_write_file("assets/.prometeu/x", "", 0);
    REQUIRE(symlink("../real.json", unit_path(INDEX)) == 0);
    struct workspace workspace;
    open_fine(&workspace);
    CHECK_U64(workspace.registry.count, 2);
    workspace_close(&workspace);
}

UNIT_TEST(a_registry_beyond_the_limit_is_not_read)
{
    unit_write_file(INDEX, "", 0);
    REQUIRE(truncate(unit_path(INDEX), (off_t)(256 << 20) + 1) == 0);
    check_file_refused("input-too-large", -1, "268435457 bytes", __LINE__);
    REQUIRE(truncate(unit_path(INDEX), 1) == 0);
    check_file_refused("registry-syntax", 0, "line 1", __LINE__);
}

UNIT_TEST(the_current_directory_is_not_named)
{
    (void)put("assets/x", "");
    go(".");
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    CHECK(!workspace_open(&workspace, WORKSPACE_IN("."), NULL, &findings));
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(""), NULL, &findings));
    REQUIRE(findings.count == 2);
    CHECK_STRING(findings.items[0].place.file, INDEX);
    CHECK_STRING(findings.items[1].place.file, INDEX);
    base_findings_free(&findings);
    go_back();
}

static char *large_registry(unsigned count, bool twice)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_addf(&text, "{\"schema_version\":1,\"next_asset_id\":%u,\"assets\":[", count + 1);
    for (unsigned i = 1; i <= count; i++) {
        base_text_addf(&text,
                       "%s{\"asset_id\":%u,\"asset_uuid\":\"00000000-0000-4000-8000-%012x\",\"root\":\"group %u/%s%u\","
                       "\"included_in_build\":true}",
                       i == 1 ? "" : ",", i, i, i % 100, twice ? "x" : "asset ", twice ? i % 100 : i);
    }
    base_text_add_string(&text, "]}");
    return base_text_take(&text);
}

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double time_to_open(unsigned count)
{
    char *text = large_registry(count, false);
    unit_write_file(INDEX, text, strlen(text));
    free(text);
    struct workspace workspace;
    double begin = seconds();
    open_fine(&workspace);
    double took = seconds() - begin;
    CHECK_U64(workspace.registry.count, count);
    CHECK_U64(workspace.registry.records[count - 1].asset_id, count);
    workspace_close(&workspace);
    return took;
}

UNIT_TEST(large_registries_load_in_linear_time)
{
    (void)time_to_open(1000);
    double small = time_to_open(10000);
    double large = time_to_open(80000);
    CHECK(small < 2.0);
    /* Eight times the records: a quadratic step would make it sixty-four. */
    CHECK(large < small * 24 + 0.2);
}

UNIT_TEST(a_flood_of_faults_is_counted_and_takes_no_time)
{
    char *text = large_registry(20000, true);
    unit_write_file(INDEX, text, strlen(text));
    free(text);
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    double begin = seconds();
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, &findings));
    CHECK(seconds() - begin < 4.0);
    CHECK_U64(findings.total[DIAG_REGISTRY_DUPLICATE], 19900);
    CHECK_U64(findings.count, BASE_FINDINGS_KEPT);
    CHECK_STRING(findings.items[0].place.json_pointer, "/assets/100/root");
    CHECK_STRING(findings.items[99].place.json_pointer, "/assets/199/root");
    base_findings_free(&findings);
}

UNIT_TEST(the_printed_form_is_stable_and_reads_back)
{
    char uuid[] = UUID_1;
    char root[] = "ui/\"hero\"\n";
    char uuid_2[] = UUID_2;
    char root_2[] = "b";
    struct workspace_record records[] = {{1, uuid, root, true}, {7, uuid_2, root_2, false}};
    struct workspace_registry registry = {.records = records, .count = 2, .next_asset_id = 8};
    struct base_text text = BASE_TEXT_EMPTY;
    workspace_registry_print(&registry, &text);
    CHECK_STRING(base_text_string(&text), "{\n"
                                          "  \"schema_version\": 1,\n"
                                          "  \"next_asset_id\": 8,\n"
                                          "  \"assets\": [\n"
                                          "    {\n"
                                          "      \"asset_id\": 1,\n"
                                          "      \"asset_uuid\": \"" UUID_1 "\",\n"
                                          "      \"root\": \"ui/\\\"hero\\\"\\n\",\n"
                                          "      \"included_in_build\": true\n"
                                          "    },\n"
                                          "    {\n"
                                          "      \"asset_id\": 7,\n"
                                          "      \"asset_uuid\": \"" UUID_2 "\",\n"
                                          "      \"root\": \"b\",\n"
                                          "      \"included_in_build\": false\n"
                                          "    }\n"
                                          "  ]\n"
                                          "}\n");
    struct workspace_registry again;
    struct base_findings findings;
    base_findings_init(&findings);
    REQUIRE(workspace_registry_parse(base_text_bytes(&text), NULL, &BASE_NOWHERE, &again, &findings));
    CHECK_U64(again.count, 2);
    CHECK_STRING(again.records[0].root, root);
    workspace_registry_free(&again);
    base_text_clear(&text);
    registry.count = 0;
    workspace_registry_print(&registry, &text);
    CHECK_STRING(base_text_string(&text),
                 "{\n  \"schema_version\": 1,\n  \"next_asset_id\": 8,\n  \"assets\": []\n}\n");
    base_text_free(&text);
    base_findings_free(&findings);
}

/* It comes first wherever it was, with the same value: an empty one and one with escapes, too. */
UNIT_TEST(the_schema_for_editors_is_kept)
{
    static const char *const rows[][2] = {
        {"{\"$schema\":\"\",\"schema_version\":1,\"next_asset_id\":1,\"assets\":[]}", "\"\""},
        {"{\"schema_version\":1,\"next_asset_id\":1,\"assets\":[],\"$schema\":\"a\\u0022\\\\b\"}", "\"a\\\"\\\\b\""},
        {"{\"schema_version\":1,\"\\u0024schema\":\"./x.json\",\"next_asset_id\":1,\"assets\":[]}", "\"./x.json\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct workspace_registry registry;
        struct base_findings findings;
        struct base_text text = BASE_TEXT_EMPTY;
        struct base_text expected = BASE_TEXT_EMPTY;
        base_findings_init(&findings);
        REQUIRE(workspace_registry_parse(base_bytes_of_string(rows[i][0]), NULL, &BASE_NOWHERE, &registry, &findings));
        workspace_registry_print(&registry, &text);
        base_text_addf(
            &expected,
            "{\n  \"$schema\": %s,\n  \"schema_version\": 1,\n  \"next_asset_id\": 1,\n  \"assets\": []\n}\n",
            rows[i][1]);
        CHECK_STRING(base_text_string(&text), base_text_string(&expected));
        workspace_registry_free(&registry);
        base_findings_free(&findings);
        base_text_free(&expected);
        base_text_free(&text);
    }
}
