#include "fuzz/oracle/oracle.h"

#include "fuzz/lib/harness.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Findings ---- */

void oracle_add(struct oracle *oracle, enum diag diagnostic, enum diag_class class_, size_t at)
{
    if (oracle->count == oracle->capacity) {
        oracle->capacity = oracle->capacity * 2 + 16;
        oracle->findings = realloc(oracle->findings, oracle->capacity * sizeof *oracle->findings);
        FUZZ_CHECK(oracle->findings != NULL);
    }
    oracle->findings[oracle->count++] =
        (struct oracle_finding){.diagnostic = diagnostic, .class_ = class_, .at = at, .struck = false};
}

bool oracle_strike(struct oracle *oracle, enum diag diagnostic, enum diag_class class_, size_t at)
{
    for (size_t i = 0; i < oracle->count; i++) {
        struct oracle_finding *finding = &oracle->findings[i];
        if (!finding->struck && finding->diagnostic == diagnostic && finding->class_ == class_ && finding->at == at) {
            finding->struck = true;
            return true;
        }
    }
    (void)fprintf(stderr, "not expected: %s (%s) at %zu\n", diag_facts(diagnostic)->id, diag_class_letter(class_), at);
    return false;
}

void oracle_check_empty(const struct oracle *oracle)
{
    for (size_t i = 0; i < oracle->count; i++) {
        const struct oracle_finding *finding = &oracle->findings[i];
        if (!finding->struck) {
            (void)fprintf(stderr, "expected: %s (%s) at %zu\n", diag_facts(finding->diagnostic)->id,
                          diag_class_letter(finding->class_), finding->at);
            fuzz_fail(__FILE__, __LINE__, "an expected finding was not made");
        }
    }
}

bool oracle_has(const struct oracle *oracle, enum diag diagnostic)
{
    for (size_t i = 0; i < oracle->count; i++) {
        if (oracle->findings[i].diagnostic == diagnostic) {
            return true;
        }
    }
    return false;
}

bool oracle_has_class(const struct oracle *oracle, enum diag_class class_)
{
    for (size_t i = 0; i < oracle->count; i++) {
        if (oracle->findings[i].class_ == class_) {
            return true;
        }
    }
    return false;
}

void oracle_free(struct oracle *oracle)
{
    naive_json_free(&oracle->json);
    free(oracle->entries);
    free(oracle->findings);
    *oracle = (struct oracle){.count = 0};
}

/* ---- The tree ---- */

const struct naive_node *oracle_first(const struct oracle *oracle, const struct naive_node *node)
{
    return node->first != NAIVE_NONE ? &oracle->json.nodes[node->first] : NULL;
}

const struct naive_node *oracle_next(const struct oracle *oracle, const struct naive_node *node)
{
    return node->next != NAIVE_NONE ? &oracle->json.nodes[node->next] : NULL;
}

bool oracle_key_is_one_of(const struct oracle *oracle, const struct naive_node *node, const char *const names[])
{
    size_t i = 0;
    while (names[i] != NULL && !naive_is(naive_key(&oracle->json, node), names[i])) {
        i++;
    }
    return names[i] != NULL;
}

bool oracle_integer_member(const struct oracle *oracle, const struct naive_node *object, const char *key,
                           naive_i128 *value)
{
    const struct naive_node *node = object->kind == NAIVE_OBJECT ? naive_member(&oracle->json, object, key) : NULL;
    if (node == NULL || node->kind != NAIVE_NUMBER) {
        return false;
    }
    struct naive_integer integer = naive_integer_of(&oracle->json, node);
    *value = integer.negative ? -(naive_i128)integer.magnitude : (naive_i128)integer.magnitude;
    return integer.integral && !integer.huge;
}
