#include "service/examination/examine.h"

#include "service/transaction/targets.h"
#include "verify/verify.h"

#include <stdlib.h>
#include <string.h>

static struct verify_options options_of(struct base_task *task, const struct service_examination_options *options)
{
    return (struct verify_options){
        .task = task,
        .no_companions = options->no_companions,
        .sources = options->sources,
        .max_decoded = options->max_decoded,
        .assets = options->assets,
        .jobs = options->jobs,
        .policy = options->policy,
    };
}

static enum service_verdict verdict_of(enum verify_verdict verdict)
{
    switch (verdict) {
    case VERIFY_VERDICT_NO:
        return SERVICE_VERDICT_NO;
    case VERIFY_VERDICT_YES:
        return SERVICE_VERDICT_YES;
    case VERIFY_VERDICT_UNKNOWN:
        break;
    }
    return SERVICE_VERDICT_UNKNOWN;
}

static struct service_prelude prelude_of(const struct verify_report *examined)
{
    return (struct service_prelude){
        .legacy = examined->legacy,
        .schema_version = examined->prelude.schema_version,
        .header_len = examined->prelude.header_len,
        .payload_offset = examined->prelude.payload_offset,
        .flags = examined->prelude.flags,
        .reserved = examined->prelude.reserved,
        .header_checksum = examined->prelude.header_checksum,
    };
}

static struct service_checked checked_of(const struct verify_report *examined)
{
    return (struct service_checked){
        .assets = examined->checked.assets,
        .bytes = examined->checked.bytes,
        .hashes = examined->checked.hashes,
        .companions = examined->checked.companions,
        .sources = examined->checked.sources,
    };
}

static struct service_cartridge cartridge_of(const struct verify_report *examined)
{
    return (struct service_cartridge){
        .title = examined->cartridge.title,
        .app_version = examined->cartridge.app_version,
        .app_mode = examined->cartridge.app_mode,
        .has_app_id = examined->cartridge.has_app_id,
        .app_id = examined->cartridge.app_id,
        .declares_asset = examined->cartridge.declares_asset,
    };
}

/* The report takes what the verifier found: its findings are moved, its rows are lent. */
static void take(struct service_report *report, struct verify_report *examined)
{
    *report = (struct service_report){
        .kind = examined->kind == VERIFY_REPORT_CARTRIDGE ? SERVICE_REPORT_CARTRIDGE : SERVICE_REPORT_PACK,
        .file = examined->file,
        .loads = verdict_of(examined->loads),
        .conforms = verdict_of(examined->conforms),
        .matches = verdict_of(examined->matches),
        .has_prelude = examined->has_prelude,
        .prelude = prelude_of(examined),
        .file_size = examined->file_size,
        .asset_count = examined->asset_count,
        .preload_count = examined->preload_count,
        .checked = checked_of(examined),
        .not_checked = examined->not_checked,
        .not_checked_count = examined->not_checked_count,
        .cartridge = cartridge_of(examined),
        .findings = base_findings_take(&examined->findings),
        .examined = examined,
    };
}

static void examine_memory(const struct base_bytes artifacts[SERVICE_ARTIFACT_COUNT],
                           const struct verify_options *options, struct verify_report *made)
{
    const struct verify_build_bytes build = {
        .asset_table = artifacts[0], .preload = artifacts[1], .metadata = artifacts[2], .assets_pa = artifacts[3]};
    verify_bytes(&build, options, made);
}

static void examine(const struct service_examination *examination, const struct verify_options *options,
                    struct verify_report *made)
{
    switch (examination->examined) {
    case SERVICE_EXAMINED_BUILD:
        verify_build(examination->path, options, made);
        break;
    case SERVICE_EXAMINED_CARTRIDGE:
        verify_cartridge(examination->path, options, made);
        break;
    case SERVICE_EXAMINED_PATH:
        verify_path(examination->path, options, made);
        break;
    case SERVICE_EXAMINED_MEMORY:
        examine_memory(examination->artifacts, options, made);
        break;
    }
}

bool service_examine(struct base_task *task, const struct service_examination *examination,
                     const struct service_examination_options *options, struct service_report *report)
{
    struct verify_options verify = options_of(task, options);
    struct verify_report *made = malloc(sizeof *made);
    verify.shown = examination->shown;
    verify.pending = examination->pending;
    *report = SERVICE_REPORT_EMPTY;
    if (made == NULL) {
        report->findings.out_of_memory = true;
        return false;
    }
    examine(examination, &verify, made);
    take(report, made);
    return true;
}

bool service_examine_nothing(const char *path, struct service_report *report)
{
    struct verify_report *made = calloc(1, sizeof *made);
    char *name = strdup(path);
    *report = SERVICE_REPORT_EMPTY;
    if (made == NULL || name == NULL) {
        free(made);
        free(name);
        report->findings.out_of_memory = true;
        return false;
    }
    made->file = name;
    made->loads = VERIFY_VERDICT_UNKNOWN;
    made->conforms = VERIFY_VERDICT_UNKNOWN;
    made->matches = VERIFY_VERDICT_UNKNOWN;
    base_findings_init(&made->findings);
    take(report, made);
    return true;
}
