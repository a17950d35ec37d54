/* A C program that calls every function of both C interfaces and fails at the first wrong answer.
 */
#include <dosimeter.h>
#include <dosimeter_rules.h>
#include <stdio.h>
#include <string.h>

#define CHECK(condition)                                              \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      return 1;                                                       \
    }                                                                 \
  } while (0)

static int is(dosimeter_text text, const char* expected) {
  return text.data != NULL && text.size == strlen(expected) && strcmp(text.data, expected) == 0;
}

static int check_decisions(dosimeter_sampler* sampler) {
  dosimeter_decider* decider = NULL;
  dosimeter_attribute attribute;
  dosimeter_request request;
  dosimeter_decision decision;
  dosimeter_text name;
  uint32_t rule = 0;

  CHECK(dosimeter_decider_create(sampler, &decider) == DOSIMETER_OK);
  attribute.key = dosimeter_text_of("tier");
  attribute.value = dosimeter_text_of("gold");
  attribute.type = DOSIMETER_ATTRIBUTE_TEXT;
  dosimeter_request_init(&request);
  request.url_path = dosimeter_text_of("/pay/now");
  request.attributes = &attribute;
  request.attribute_count = 1;
  CHECK(dosimeter_decider_decide(decider, &request, 0, 0.5, &decision) == DOSIMETER_OK);
  CHECK(decision.sampled == 1 && decision.cause == DOSIMETER_CAUSE_RESERVOIR);
  CHECK(decision.probability == 1.0);
  CHECK(dosimeter_sampler_decide(sampler, &request, 0, 0.25, &decision) == DOSIMETER_OK);
  CHECK(decision.sampled == 0 && decision.cause == DOSIMETER_CAUSE_REFUSED_BY_RATE);
  CHECK(decision.probability == 0.25);
  CHECK(dosimeter_sampler_rule_name(sampler, decision.rule, &name) == DOSIMETER_OK);
  CHECK(is(name, "pay"));
  CHECK(dosimeter_sampler_rule_id(sampler, dosimeter_text_of("pay"), &rule) == DOSIMETER_OK);
  CHECK(rule == decision.rule);
  request.upstream = DOSIMETER_UPSTREAM_SAMPLED;
  CHECK(dosimeter_decider_decide(decider, &request, 0, 0.5, &decision) == DOSIMETER_OK);
  CHECK(decision.sampled == 1 && decision.cause == DOSIMETER_CAUSE_UPSTREAM);
  CHECK(decision.rule == DOSIMETER_NO_RULE);
  CHECK(dosimeter_decider_decide(decider, &request, 0, 1.0, &decision) == DOSIMETER_BAD_ARGUMENT);
  CHECK(decision.sampled == 0 && decision.cause == DOSIMETER_CAUSE_NONE);
  dosimeter_decider_destroy(decider);
  return 0;
}

static int check_statistics(dosimeter_sampler* sampler) {
  dosimeter_statistics* statistics = NULL;
  dosimeter_rule_statistics rule;
  CHECK(dosimeter_sampler_take_statistics(sampler, &statistics) == DOSIMETER_OK);
  CHECK(dosimeter_statistics_rule_count(statistics) == 2);
  CHECK(dosimeter_statistics_rule(statistics, 0, &rule) == DOSIMETER_OK);
  CHECK(is(rule.name, "pay") && rule.requests == 2 && rule.sampled == 1 && rule.borrowed == 0);
  CHECK(dosimeter_statistics_rule(statistics, 2, &rule) == DOSIMETER_BAD_ARGUMENT);
  dosimeter_statistics_destroy(statistics);
  return 0;
}

static int check_loading(dosimeter_sampler* sampler) {
  dosimeter_source source;
  dosimeter_rule_set* rules = NULL;
  dosimeter_diagnostics* diagnostics = NULL;
  dosimeter_diagnostic diagnostic;
  dosimeter_error error;

  source.name = dosimeter_text_of("local.json");
  source.text = dosimeter_text_of(
      "{\"version\": 2, \"rules\": [], \"default\": {\"fixed_target\": 0, \"rate\": 1}}");
  CHECK(dosimeter_rules_load(&source, 1, dosimeter_text_of("xray-go"), &rules, &diagnostics,
                             &error) == DOSIMETER_OK);
  CHECK(error.code == DOSIMETER_OK && dosimeter_diagnostics_count(diagnostics) == 0);
  CHECK(dosimeter_rule_set_kind(rules) == DOSIMETER_LOCAL);
  CHECK(is(dosimeter_rule_set_recorder(rules), "xray-go"));
  CHECK(dosimeter_sampler_swap_rules(sampler, rules) == DOSIMETER_OK);
  dosimeter_rule_set_destroy(rules);
  dosimeter_diagnostics_destroy(diagnostics);

  source.text = dosimeter_text_of("{\n]");
  CHECK(dosimeter_rules_load(&source, 1, dosimeter_text_of("xray-go"), &rules, &diagnostics,
                             &error) == DOSIMETER_DOCUMENT_REFUSED);
  CHECK(rules == NULL);
  CHECK(dosimeter_diagnostics_count(diagnostics) == 1);
  CHECK(dosimeter_diagnostics_get(diagnostics, 0, &diagnostic) == DOSIMETER_OK);
  CHECK(diagnostic.is_error == 1 && diagnostic.line == 2 && is(diagnostic.file, "local.json"));
  CHECK(is(diagnostic.whole, error.message));
  dosimeter_diagnostics_destroy(diagnostics);
  return 0;
}

int main(void) {
  dosimeter_rule_attribute attribute;
  dosimeter_rule rule;
  dosimeter_rule_set* rules = NULL;
  dosimeter_sampler* sampler = NULL;
  dosimeter_error error;
  char version[32];

  sprintf(version, "%d.%d.%d", DOSIMETER_VERSION_MAJOR, DOSIMETER_VERSION_MINOR,
          DOSIMETER_VERSION_PATCH);
  CHECK(strcmp(dosimeter_version(), version) == 0);
  CHECK(dosimeter_abi() == DOSIMETER_ABI);
  CHECK(is(dosimeter_recorder_name(0), "documented"));
  CHECK(strcmp(dosimeter_code_name(DOSIMETER_OK), "ok") == 0);
  dosimeter_error_set(&error, 1, 2, dosimeter_text_of("w"), dosimeter_text_of("m"));
  CHECK(error.code == 1 && error.rule == 2 && strcmp(error.message, "m") == 0);

  attribute.key = dosimeter_text_of("tier");
  attribute.pattern = dosimeter_text_of("g*");
  dosimeter_rule_init(&rule);
  rule.name = dosimeter_text_of("pay");
  rule.priority = 1;
  rule.fixed_rate = 25;
  rule.url_path = dosimeter_text_of("/pay/*");
  rule.attributes = &attribute;
  rule.attribute_count = 1;
  CHECK(dosimeter_rule_set_create(dosimeter_text_of(NULL), DOSIMETER_CENTRAL, &rule, 1, &rules,
                                  &error) == DOSIMETER_RATE_OUT_OF_RANGE);
  CHECK(rules == NULL && error.rule == 0 && strcmp(error.where, "FixedRate") == 0);
  rule.fixed_rate = 0.25;
  CHECK(dosimeter_rule_set_create(dosimeter_text_of(NULL), DOSIMETER_CENTRAL, &rule, 1, &rules,
                                  &error) == DOSIMETER_OK);
  CHECK(dosimeter_rule_set_rule_count(rules) == 2);
  CHECK(is(dosimeter_rule_set_rule_name(rules, 1), "Default"));
  CHECK(dosimeter_rule_set_ignored(rules, 0) == NULL);
  CHECK(dosimeter_rule_set_upstream(rules, dosimeter_text_of("Sampled=0")) ==
        DOSIMETER_UPSTREAM_NOT_SAMPLED);
  CHECK(dosimeter_sampler_create(rules, &sampler) == DOSIMETER_OK);
  dosimeter_rule_set_destroy(rules);

  if (check_decisions(sampler) != 0) return 1;
  if (check_statistics(sampler) != 0) return 1;
  if (check_loading(sampler) != 0) return 1;
  dosimeter_sampler_destroy(sampler);
  return 0;
}
