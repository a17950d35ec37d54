/* A stranger's program: decides two requests, and fails if an answer is wrong. PACKAGE_VERSION is
   what the package said. */
#include <dosimeter.h>
#include <string.h>

int main(void) {
  const int64_t now = 1777888800 * INT64_C(1000000000);
  dosimeter_rule rule;
  dosimeter_rule_set* rules;
  dosimeter_sampler* sampler;
  dosimeter_request request;
  dosimeter_decision first, second;
  dosimeter_text name;
  int right;

  dosimeter_rule_init(&rule);
  rule.name = dosimeter_text_of("Cruddur");
  rule.fixed_rate = 0.1;
  rule.service_name = dosimeter_text_of("backend-flask");
  if (dosimeter_rule_set_create(dosimeter_text_of("documented"), DOSIMETER_CENTRAL, &rule, 1,
                                &rules, NULL) != DOSIMETER_OK ||
      dosimeter_sampler_create(rules, &sampler) != DOSIMETER_OK) {
    return 2;
  }
  dosimeter_rule_set_destroy(rules);
  dosimeter_request_init(&request);
  request.service_name = dosimeter_text_of("backend-flask");
  if (dosimeter_sampler_decide(sampler, &request, now, 0.5, &first) != DOSIMETER_OK ||
      dosimeter_sampler_decide(sampler, &request, now, 0.5, &second) != DOSIMETER_OK ||
      dosimeter_sampler_rule_name(sampler, first.rule, &name) != DOSIMETER_OK) {
    return 3;
  }
  right = first.sampled && first.cause == DOSIMETER_CAUSE_RESERVOIR &&
          strcmp(name.data, "Cruddur") == 0 && !second.sampled &&
          second.cause == DOSIMETER_CAUSE_REFUSED_BY_RATE && second.probability == 0.1 &&
          strcmp(dosimeter_version(), PACKAGE_VERSION) == 0;
  dosimeter_sampler_destroy(sampler);
  return right ? 0 : 1;
}
