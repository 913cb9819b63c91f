/* The numbers of all diagnostics, as they were given out. A new diagnostic adds its line at the end; no other line of
 * this table ever changes, because other programs may have stored a number. */
#include "base/diagnostic.h"
#include "tests/lib/sample.h"

static const char *const id_of_number[] = {
    "",                        /* 0: no diagnostic */
    "file-truncated",          /* 1 */
    "prelude-magic",           /* 2 */
    "prelude-legacy",          /* 3 */
    "prelude-version",         /* 4 */
    "prelude-header-length",   /* 5 */
    "prelude-payload-offset",  /* 6 */
    "prelude-reserved",        /* 7 */
    "json-syntax",             /* 8 */
    "json-encoding",           /* 9 */
    "json-depth",              /* 10 */
    "json-duplicate-key",      /* 11 */
    "json-not-canonical",      /* 12 */
    "header-shape",            /* 13 */
    "header-unknown-member",   /* 14 */
    "entry-missing-member",    /* 15 */
    "entry-type",              /* 16 */
    "entry-range",             /* 17 */
    "entry-range-exact",       /* 18 */
    "id-duplicate",            /* 19 */
    "id-order",                /* 20 */
    "name-empty",              /* 21 */
    "name-duplicate",          /* 22 */
    "name-control",            /* 23 */
    "bank-unknown",            /* 24 */
    "bank-legacy",             /* 25 */
    "codec-unknown",           /* 26 */
    "codec-legacy",            /* 27 */
    "slice-range",             /* 28 */
    "slice-overlap",           /* 29 */
    "slice-gap",               /* 30 */
    "payload-trailing",        /* 31 */
    "preload-unknown-asset",   /* 32 */
    "preload-slot-range",      /* 33 */
    "preload-slot-clash",      /* 34 */
    "preload-duplicate",       /* 35 */
    "metadata-float",          /* 36 */
    "metadata-pipeline",       /* 37 */
    "glyph-metadata",          /* 38 */
    "glyph-size",              /* 39 */
    "glyph-palette-unused",    /* 40 */
    "sound-metadata",          /* 41 */
    "sound-size",              /* 42 */
    "table-mismatch",          /* 43 */
    "preload-mismatch",        /* 44 */
    "hash-mismatch",           /* 45 */
    "companion-missing",       /* 46 */
    "companion-syntax",        /* 47 */
    "source-changed",          /* 48 */
    "source-mismatch",         /* 49 */
    "cartridge-manifest",      /* 50 */
    "cartridge-asset-missing", /* 51 */
    "cartridge-reserved",      /* 52 */
    "workspace-missing",       /* 53 */
    "workspace-exists",        /* 54 */
    "registry-syntax",         /* 55 */
    "registry-shape",          /* 56 */
    "registry-duplicate",      /* 57 */
    "root-invalid",            /* 58 */
    "root-registered",         /* 59 */
    "anchor-missing",          /* 60 */
    "anchor-unregistered",     /* 61 */
    "declaration-syntax",      /* 62 */
    "declaration-shape",       /* 63 */
    "declaration-value",       /* 64 */
    "declaration-identity",    /* 65 */
    "type-undecided",          /* 66 */
    "path-outside",            /* 67 */
    "input-missing",           /* 68 */
    "input-not-regular",       /* 69 */
    "input-changed",           /* 70 */
    "input-too-large",         /* 71 */
    "image-invalid",           /* 72 */
    "image-size",              /* 73 */
    "sheet-full",              /* 74 */
    "palette-invalid",         /* 75 */
    "palette-index",           /* 76 */
    "palette-missing",         /* 77 */
    "pixel-inexpressible",     /* 78 */
    "pixel-translucent",       /* 79 */
    "sound-invalid",           /* 80 */
    "sound-lossy",             /* 81 */
    "sound-format",            /* 82 */
    "slot-clash",              /* 83 */
    "slot-exhausted",          /* 84 */
    "pack-too-large",          /* 85 */
    "build-busy",              /* 86 */
    "environment-read",        /* 87 */
    "environment-write",       /* 88 */
    "environment-memory",      /* 89 */
    "usage",                   /* 90 */
    "internal",                /* 91 */
    "cancelled",               /* 92 */
    "build-pending",           /* 93 */
    "edit-foreign",            /* 94 */
    "metadata-range",          /* 95 */
    "asset-missing",           /* 96 */
    "asset-foreign",           /* 97 */
    "record-mismatch",         /* 98 */
    "metadata-mismatch",       /* 99 */
    "pipeline-mismatch",       /* 100 */
    "palette-mismatch",        /* 101 */
    "decoded-budget",          /* 102 */
    "output-reserved",         /* 103 */
    "preload-missing",         /* 104 */
    "preload-order",           /* 105 */
    "metadata-nul",            /* 106 */
    "metadata-decoded-size",   /* 107 */
    "entry-too-long",          /* 108 */
    "edit-pending",            /* 109 */
    "cartridge-spelling",      /* 110 */
    "file-reserved",           /* 111 */
    "dependency-name",         /* 112 */
    "opacity-mismatch",        /* 113 */
    "tiles-mismatch",          /* 114 */
    "sound-loop",              /* 115 */
    "build-missing",           /* 116 */
    "identifier-clash",        /* 117 */
    "sound-length-unknown",    /* 118 */
    "input-undeclared",        /* 119 */
    "tile-clash",              /* 120 */
    "pixel-hidden",            /* 121 */
    "colour-merged",           /* 122 */
    "frames-dropped",          /* 123 */
    "asset-unknown",           /* 124 */
    "palette-conflict",        /* 125 */
    "palettes-needed",         /* 126 */
    "sound-loop-ignored",      /* 127 */
    "sound-stereo",            /* 128 */
    "art-unregistered",        /* 129 */
    "workspace-empty",         /* 130 */
    "history-broken",          /* 131 */
    "restore-blocked",         /* 132 */
    "restore-excluded",        /* 133 */
    "quarantine-unknown",      /* 134 */
    "undo-blocked",            /* 135 */
    "content-equal",           /* 136 */
    "tiles-equal",             /* 137 */
    "tiles-blank",             /* 138 */
    "palette-entry-unset",     /* 139 */
    "palette-unused",          /* 140 */
    "name-case",               /* 141 */
    "file-unused",             /* 142 */
    "leftover",                /* 143 */
    "watch-polling",           /* 144 */
    "merge-conflict",          /* 145 */
    "asset-renumbered",        /* 146 */
    "merge-unsure",            /* 147 */
    "extract-target",          /* 148 */
    "extract-inexact",         /* 149 */
    "extract-companion",       /* 150 */
};

UNIT_TEST(numbers_never_change)
{
    for (size_t number = 1; number < COUNT_OF(id_of_number); number++) {
        CHECK_ROW(diag_from_id(base_bytes_of_string(id_of_number[number])), number, id_of_number[number]);
    }
}

UNIT_TEST(every_number_is_given_once)
{
    unsigned given[DIAG_COUNT] = {0};
    CHECK_U64(DIAG_COUNT, COUNT_OF(id_of_number));
    for (unsigned i = 0; i < DIAG_POSITIONS; i++) {
        unsigned number = diag_at(i);
        REQUIRE(number > DIAG_NONE && number < DIAG_COUNT);
        given[number]++;
    }
    for (unsigned number = 1; number < DIAG_COUNT; number++) {
        CHECK_ROW(given[number], 1, id_of_number[number]);
    }
}
