#include "service/quarantine/choose.h"

#include "base/names.h"
#include "base/report.h"
#include "service/quarantine/read.h"
#include "service/transaction/folder.h"
#include "service/transaction/names.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One choice. */
struct choosing {
    struct service_choice *choice;
    const struct service_site *site;
    int quarantine_fd;
    struct base_names folders;
    struct base_findings *findings;
};

static bool block(const struct choosing *choosing, const char *typed, const char *fault)
{
    base_report(choosing->findings, DIAG_QUARANTINE_UNKNOWN,
                &(struct base_details){.place.file = typed, .expected = "the number of a folder in the quarantine"},
                "%s", fault);
    return false;
}

/* The name of the folder that is typed; NULL with the reason in findings. */
static const char *find(const struct choosing *choosing, const char *typed)
{
    uint64_t wanted;
    const char *found = NULL;
    size_t count = 0;
    if (!service_folder_number(typed, &wanted)) {
        (void)block(choosing, typed, "this is not the number of an operation");
        return NULL;
    }
    for (size_t i = 0; i < choosing->folders.count; i++) {
        const char *name = choosing->folders.items[i];
        uint64_t number = 0;
        if (strcmp(name, typed) == 0) {
            return name;
        }
        if (service_folder_number(name, &number) && number == wanted) {
            found = name;
            count++;
        }
    }
    if (count != 1) {
        (void)block(choosing, typed,
                    count == 0 ? "no such folder is in the quarantine" : "several folders have this number");
    }
    return count == 1 ? found : NULL;
}

static bool is_chosen(const struct service_choice *choice, const char *folder)
{
    for (size_t i = 0; i < choice->count; i++) {
        if (strcmp(choice->items[i].kept.folder, folder) == 0) {
            return true;
        }
    }
    return false;
}

/* The quarantine, or a folder in it. */
static void report_unread(const struct choosing *choosing, const char *folder, int problem)
{
    char *display = workspace_assets_path(choosing->site->registry, SERVICE_QUARANTINE_NAME, folder);
    const struct base_place place = {.file = display};
    base_report_read_failure(choosing->findings, &place, problem);
    choosing->findings->out_of_memory = choosing->findings->out_of_memory || display == NULL;
    free(display);
}

static bool choose(const struct choosing *choosing, const char *typed)
{
    const char *folder = find(choosing, typed);
    if (folder == NULL) {
        return false;
    }
    if (is_chosen(choosing->choice, folder)) {
        return true;
    }
    struct service_chosen *chosen = &choosing->choice->items[choosing->choice->count];
    chosen->typed = typed;
    int unread;
    int problem = service_quarantine_read(choosing->quarantine_fd, folder, &chosen->kept, &unread);
    if (problem != 0 || unread != 0) {
        report_unread(choosing, folder, problem != 0 ? problem : unread);
        service_kept_free(&chosen->kept);
        return false;
    }
    choosing->choice->count++;
    return true;
}

static bool choose_all(struct choosing *choosing, const struct service_strings *numbers)
{
    bool fine = true;
    for (size_t i = 0; i < numbers->count && !choosing->findings->out_of_memory; i++) {
        fine = choose(choosing, numbers->items[i]) && fine;
    }
    return fine;
}

static int read_folders(struct choosing *choosing)
{
    int problem = service_quarantine_open(choosing->site->registry_fd, &choosing->quarantine_fd);
    if (problem == ENOENT) {
        return 0;
    }
    return problem != 0 ? problem : service_quarantine_folders(choosing->quarantine_fd, &choosing->folders);
}

bool service_quarantine_choose(struct service_choice *choice, const struct service_site *site,
                               const struct service_strings *numbers, struct base_findings *findings)
{
    struct choosing choosing = {
        .choice = choice, .site = site, .quarantine_fd = -1, .folders = BASE_NAMES_EMPTY, .findings = findings};
    *choice = (struct service_choice){.items = calloc(numbers->count + 1, sizeof *choice->items)};
    int problem = choice->items != NULL ? read_folders(&choosing) : ENOMEM;
    if (problem != 0) {
        report_unread(&choosing, NULL, problem);
    }
    bool fine = problem == 0 && choose_all(&choosing, numbers);
    base_names_free(&choosing.folders);
    if (choosing.quarantine_fd >= 0) {
        (void)close(choosing.quarantine_fd);
    }
    return fine;
}

void service_choice_free(struct service_choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        service_kept_free(&choice->items[i].kept);
    }
    free(choice->items);
    *choice = (struct service_choice){.items = NULL};
}
