#include <dosimeter.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Ends the program where a call could not be done. */
static void need(int code, const dosimeter_error* error) {
  if (code == DOSIMETER_OK) return;
  fprintf(stderr, "embed: %s", dosimeter_code_name(code));
  if (error) fprintf(stderr, ": %s %s", error->where, error->message);
  fprintf(stderr, "\n");
  exit(code > 0 ? 2 : 3); /* wrong content, or a call that failed */
}

int main(void) {
  dosimeter_rule rule;
  dosimeter_rule_init(&rule);
  rule.name = dosimeter_text_of("Cruddur");
  rule.priority = 9000;
  rule.fixed_rate = 0.1;
  rule.reservoir_size = 5;
  rule.service_name = dosimeter_text_of("backend-flask");

  dosimeter_error error;
  dosimeter_rule_set* rules;
  need(dosimeter_rule_set_create(dosimeter_text_of("documented"), DOSIMETER_CENTRAL, &rule, 1,
                                 &rules, &error),
       &error);
  dosimeter_sampler* sampler;
  need(dosimeter_sampler_create(rules, &sampler), NULL);
  dosimeter_rule_set_destroy(rules); /* the sampler has what it needs */
  dosimeter_decider* decider;        /* one for each thread */
  need(dosimeter_decider_create(sampler, &decider), NULL);

  dosimeter_request request;
  dosimeter_request_init(&request);
  request.service_name = dosimeter_text_of("backend-flask");
  request.url_path = dosimeter_text_of("/api/messages");
  dosimeter_decision decision;
  need(dosimeter_decider_decide(decider, &request, (int64_t)time(NULL) * 1000000000,
                                /*draw=*/0.42, &decision),
       NULL);

  dosimeter_text name;
  need(dosimeter_sampler_rule_name(sampler, decision.rule, &name), NULL);
  printf("%s %s\n", name.data, decision.sampled ? "sampled" : "not sampled");

  dosimeter_decider_destroy(decider);
  dosimeter_sampler_destroy(sampler);
  return 0;
}
