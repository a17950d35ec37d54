/* A stranger's program: reads a rule document, and fails if an answer is wrong. */
#include <dosimeter_rules.h>
#include <string.h>

int main(void) {
  dosimeter_source source;
  dosimeter_rule_set* rules;
  dosimeter_diagnostics* diagnostics;
  dosimeter_error error;
  int right;

  source.name = dosimeter_text_of("xray.json");
  source.text = dosimeter_text_of(
      "{\"SamplingRule\": {\"RuleName\": \"Cruddur\", \"ResourceARN\": \"*\", \"Priority\": 9000,"
      " \"FixedRate\": 0.1, \"ReservoirSize\": 5, \"ServiceName\": \"backend-flask\","
      " \"ServiceType\": \"*\", \"Host\": \"*\", \"HTTPMethod\": \"*\", \"URLPath\": \"*\","
      " \"Version\": 1}}");
  if (dosimeter_rules_load(&source, 1, dosimeter_text_of("documented"), &rules, &diagnostics,
                           &error) != DOSIMETER_OK) {
    return 2;
  }
  right = dosimeter_rule_set_rule_count(rules) == 2 &&
          strcmp(dosimeter_rule_set_rule_name(rules, 0).data, "Cruddur") == 0 &&
          dosimeter_diagnostics_count(diagnostics) == 0 &&
          strcmp(dosimeter_version(), PACKAGE_VERSION) == 0;
  dosimeter_diagnostics_destroy(diagnostics);
  dosimeter_rule_set_destroy(rules);
  return right ? 0 : 1;
}
