#pragma once

/*
 * The C interface of the engine: decides which requests are recorded, by AWS X-Ray's sampling
 * rules. What the rules mean is in docs/semantics.md, how to embed this in docs/embedding.md.
 *
 * Unless a function says otherwise: it may be called from any number of threads at once; it copies
 * what it is given; it returns one of the codes below, and where that is not DOSIMETER_OK nothing
 * has changed and what it should have made is NULL. No pointer may be NULL, or the code is
 * DOSIMETER_BAD_ARGUMENT; functions that return no code then return an absent text, 0 or NULL.
 * Nothing here reads a clock, draws a random number, opens a file, prints, or ends the program.
 */

#include <stddef.h>
#include <stdint.h>

/* The version of this header. Minor versions of 0.x may break what embeds them. */
#define DOSIMETER_VERSION_MAJOR 0
#define DOSIMETER_VERSION_MINOR 1
#define DOSIMETER_VERSION_PATCH 0
/* Raised whenever a program that was compiled before must be compiled anew. */
#define DOSIMETER_ABI 1

/* Only the shared library's own build defines DOSIMETER_EXPORTS. */
#if defined(DOSIMETER_EXPORTS) && defined(__GNUC__)
#define DOSIMETER_API __attribute__((visibility("default")))
#else
#define DOSIMETER_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library, `major.minor.patch`, and the DOSIMETER_ABI it was compiled with. */
DOSIMETER_API const char* dosimeter_version(void);
DOSIMETER_API int dosimeter_abi(void);

/* --- Texts ------------------------------------------------------------------------------------ */

/*
 * UTF-8 of so many bytes; other bytes do no harm. Where `data` is NULL the text is absent, whatever
 * `size` says, which is not the same as empty. Texts that the library returns are followed by a
 * zero byte.
 */
typedef struct dosimeter_text {
  const char* data;
  size_t size;
} dosimeter_text;

/* A view of a zero-terminated string, absent if that is NULL. */
DOSIMETER_API dosimeter_text dosimeter_text_of(const char* string);

/* --- Errors ----------------------------------------------------------------------------------- */

/*
 * A number is never reused. Above 0 the content is wrong; below 0 the call is wrong or fails.
 */
enum {
  DOSIMETER_OK = 0,
  DOSIMETER_RULE_NAME_EMPTY = 1,
  DOSIMETER_RATE_OUT_OF_RANGE = 2,
  DOSIMETER_RESERVOIR_SIZE_OUT_OF_RANGE = 3,
  DOSIMETER_ATTRIBUTE_KEY_EMPTY = 4,
  DOSIMETER_ATTRIBUTE_KEY_REPEATED = 5,
  DOSIMETER_BOOST_COOLDOWN_OUT_OF_RANGE = 6,
  DOSIMETER_RULE_NAME_REPEATED = 7,
  DOSIMETER_TOO_MANY_RULES = 8,
  DOSIMETER_PATTERN_TOO_LONG = 9,
  DOSIMETER_RULES_REFUSED_BY_RECORDER = 10,
  DOSIMETER_OUT_OF_MEMORY = -1,
  DOSIMETER_BAD_ARGUMENT = -2,
  DOSIMETER_UNKNOWN_RECORDER = -3,
  /* A struct begins with a size that this version of the library does not know. */
  DOSIMETER_UNKNOWN_STRUCT_SIZE = -4,
  /* Local rules for a recorder that knows none. */
  DOSIMETER_NO_LOCAL_RULES = -5,
  /* A rule document is wrong; its diagnostics say why (dosimeter_rules.h). */
  DOSIMETER_DOCUMENT_REFUSED = -6
};

/* `rate_out_of_range`; `unknown` for a number that is no code. */
DOSIMETER_API const char* dosimeter_code_name(int code);

#define DOSIMETER_NO_INDEX SIZE_MAX

/*
 * What went wrong, written into memory of the caller's, which need not be initialized. Texts that
 * do not fit end in `...`. Functions that take one take NULL as well, and fill it in any case:
 * after DOSIMETER_OK its texts are empty. This struct does not grow.
 */
typedef struct dosimeter_error {
  int code;
  /* The rule it is about, counted from 0 in the order given; DOSIMETER_NO_INDEX if it is about
   * none. */
  size_t rule;
  /* The part of the input, in AWS's words, or an argument's name: `FixedRate`. Zero-terminated. */
  char where[64];
  /* Expected, then got: `must be between 0 and 1, got 10`. Zero-terminated; zero bytes are `?`. */
  char message[512];
} dosimeter_error;

/* Fills an error, for libraries that build on this one. `error` may be NULL. */
DOSIMETER_API void dosimeter_error_set(dosimeter_error* error, int code, size_t rule,
                                       dosimeter_text where, dosimeter_text message);

/* --- Recorders -------------------------------------------------------------------------------- */

/*
 * The name of a recorder whose way of matching is known, `documented` at index 0; absent past the
 * last. Valid for as long as the program runs.
 */
DOSIMETER_API dosimeter_text dosimeter_recorder_name(size_t index);

/* --- Rules ------------------------------------------------------------------------------------ */

/* The pattern must match the value of the request's attribute of that key. */
typedef struct dosimeter_rule_attribute {
  dosimeter_text key;
  dosimeter_text pattern;
} dosimeter_rule_attribute;

/* A rule as somebody wrote it. Made by dosimeter_rule_init; the texts are the caller's. */
typedef struct dosimeter_rule {
  /* Of this struct, set by dosimeter_rule_init. */
  size_t size;
  /* Needed. The rule named `Default` is the one that applies where no other does. */
  dosimeter_text name;
  /* Lower comes first. Any value. */
  int64_t priority;
  /* The share sampled of what the reservoir refused, 0 to 1. */
  double fixed_rate;
  /* Requests a second that are sampled before the rate is drawn, 0 to 500,000,000. */
  int64_t reservoir_size;
  /* Patterns of at most 4096 bytes. An absent one is `*`. */
  dosimeter_text service_name;
  dosimeter_text service_type;
  dosimeter_text host;
  dosimeter_text http_method;
  dosimeter_text url_path;
  dosimeter_text resource_arn;
  /* May be NULL if there are none. Each key once. */
  const dosimeter_rule_attribute* attributes;
  size_t attribute_count;
  /* The rule format; AWS has only ever had 1. */
  int64_t version;
  /* SamplingRateBoost: whether there is one, MaxRate (0 to 1) and CooldownWindowMinutes. */
  int has_boost;
  double boost_maximum_rate;
  int64_t boost_cooldown_window_minutes;
  /* Whether the rule was written without Attributes or ServiceType, which some recorders mind. */
  int lacks_attributes;
  int lacks_service_type;
} dosimeter_rule;

/*
 * Makes it the Default rule that AWS ships, without a name: priority 10000, one request a second,
 * then 5 %, every pattern `*`. Does nothing if it is NULL.
 */
DOSIMETER_API void dosimeter_rule_init(dosimeter_rule* rule);

/* Who samples by the rules: central ones come from X-Ray, local ones are each instance's own. */
enum { DOSIMETER_CENTRAL = 0, DOSIMETER_LOCAL = 1 };

/* Rules, compiled for one recorder. Immutable: any number of threads may use it at once. */
typedef struct dosimeter_rule_set dosimeter_rule_set;

/*
 * Compiles rules, which come in the order of a document, for the recorder of that name (absent:
 * `documented`) and for that kind of rules. `rules` may be NULL if there are none. A rule set
 * always has a rule that matches every request: where no rule named Default does, one that takes
 * one a second, then 5 %, is added.
 *
 * Destroy it with dosimeter_rule_set_destroy. `error` may be NULL.
 * Errors: all but DOSIMETER_DOCUMENT_REFUSED.
 */
DOSIMETER_API int dosimeter_rule_set_create(dosimeter_text recorder, int kind,
                                            const dosimeter_rule* rules, size_t rule_count,
                                            dosimeter_rule_set** rule_set, dosimeter_error* error);

/* Samplers made with it stay as they are. Does nothing with NULL. */
DOSIMETER_API void dosimeter_rule_set_destroy(dosimeter_rule_set* rule_set);

/* The recorder's name and the kind of rules it was made for. */
DOSIMETER_API dosimeter_text dosimeter_rule_set_recorder(const dosimeter_rule_set* rule_set);
DOSIMETER_API int dosimeter_rule_set_kind(const dosimeter_rule_set* rule_set);

/* How many rules take part, and a name in their order of evaluation, absent past the last. */
DOSIMETER_API size_t dosimeter_rule_set_rule_count(const dosimeter_rule_set* rule_set);
DOSIMETER_API dosimeter_text dosimeter_rule_set_rule_name(const dosimeter_rule_set* rule_set,
                                                          size_t index);

/* A rule that the recorder leaves out, and why. Views of the rule set. */
typedef struct dosimeter_ignored_rule {
  dosimeter_text name;
  /* A whole clause: `this recorder ignores rules with attributes`. */
  dosimeter_text reason;
} dosimeter_ignored_rule;

/* The rules left out, from index 0; NULL past the last. Valid until the rule set is destroyed. */
DOSIMETER_API const dosimeter_ignored_rule* dosimeter_rule_set_ignored(
    const dosimeter_rule_set* rule_set, size_t index);

/* --- Requests --------------------------------------------------------------------------------- */

/* What an attribute holds: text, or something else of which `value` is the text (`42`, `true`). */
enum { DOSIMETER_ATTRIBUTE_TEXT = 0, DOSIMETER_ATTRIBUTE_OTHER = 1 };

typedef struct dosimeter_attribute {
  /* An absent key or value is an empty one. */
  dosimeter_text key;
  dosimeter_text value;
  uint32_t type;
} dosimeter_attribute;

/* What the caller upstream has decided, as its trace header says. */
enum {
  DOSIMETER_UPSTREAM_NONE = 0,
  DOSIMETER_UPSTREAM_SAMPLED = 1,
  DOSIMETER_UPSTREAM_NOT_SAMPLED = 2
};

/* The most attributes of one request, so that a decision needs no memory but the stack's. */
#define DOSIMETER_MAXIMUM_ATTRIBUTES 128

/*
 * What a decision is about: views of the caller's texts, used during the call alone. Made by
 * dosimeter_request_init, and may be used again. Host and path are compared as they are given; as
 * `documented` sees them they are the Host header and the path without its query.
 */
typedef struct dosimeter_request {
  /* Of this struct, set by dosimeter_request_init. */
  size_t size;
  dosimeter_text service_name;
  dosimeter_text service_type;
  dosimeter_text host;
  dosimeter_text http_method;
  dosimeter_text url_path;
  dosimeter_text resource_arn;
  /* May be NULL if there are none. Of several with one key the first counts. */
  const dosimeter_attribute* attributes;
  size_t attribute_count;
  uint32_t upstream;
} dosimeter_request;

/* A request without a single field. Does nothing if it is NULL. */
DOSIMETER_API void dosimeter_request_init(dosimeter_request* request);

/*
 * What the `X-Amzn-Trace-Id` header decides, as the rule set's recorder reads it: one of
 * DOSIMETER_UPSTREAM_*. An absent header decides nothing. Allocates nothing.
 */
DOSIMETER_API uint32_t dosimeter_rule_set_upstream(const dosimeter_rule_set* rule_set,
                                                   dosimeter_text header);

/* --- Decisions -------------------------------------------------------------------------------- */

/* No rule: upstream had decided, or there was no decision. */
#define DOSIMETER_NO_RULE 0xFFFFFFFFu

enum {
  DOSIMETER_CAUSE_RESERVOIR = 0,       /* sampled: the reservoir had one left */
  DOSIMETER_CAUSE_BORROW = 1,          /* sampled: one a second while no quota is known */
  DOSIMETER_CAUSE_RATE = 2,            /* sampled: the draw fell under the fixed rate */
  DOSIMETER_CAUSE_REFUSED_BY_RATE = 3, /* not sampled: the draw did not */
  DOSIMETER_CAUSE_UPSTREAM = 4,        /* the trace header decided, either way */
  DOSIMETER_CAUSE_NONE = 255           /* there was no decision: the call was wrong */
};

/* This struct does not grow. */
typedef struct dosimeter_decision {
  /*
   * A number of the rule's name, valid for as long as the sampler lives. Numbers begin at 0 and
   * have no gaps, so they can index an array.
   */
  uint32_t rule;
  /* 1 or 0. */
  uint8_t sampled;
  uint8_t cause;
  /*
   * The chance the request had once the reservoir had answered: 1 if that took it, else the fixed
   * rate; where upstream decided 1 or 0, as it did.
   */
  double probability;
} dosimeter_decision;

/*
 * Rules, reservoirs and counters of one instance of a recorder. Reservoirs and counters belong to a
 * rule's name and survive when rules are swapped.
 */
typedef struct dosimeter_sampler dosimeter_sampler;

/*
 * Decides for one thread at a time: make one for each. Two threads must not use the same at once,
 * which is not checked.
 */
typedef struct dosimeter_decider dosimeter_decider;

/* The rule set stays the caller's. Errors: DOSIMETER_OUT_OF_MEMORY, DOSIMETER_BAD_ARGUMENT. */
DOSIMETER_API int dosimeter_sampler_create(const dosimeter_rule_set* rule_set,
                                           dosimeter_sampler** sampler);

/*
 * No other thread may be using the sampler; its deciders may be used on. Does nothing with NULL.
 */
DOSIMETER_API void dosimeter_sampler_destroy(dosimeter_sampler* sampler);

/*
 * Decides by these rules from now on, while other threads go on deciding: each goes over to them
 * with its next decision, or the one after that. The rule set stays the caller's. Errors:
 * DOSIMETER_OUT_OF_MEMORY, DOSIMETER_BAD_ARGUMENT.
 */
DOSIMETER_API int dosimeter_sampler_swap_rules(dosimeter_sampler* sampler,
                                               const dosimeter_rule_set* rule_set);

/* --- Quotas ----------------------------------------------------------------------------------- */

/*
 * A sampler of central rules for a recorder that asks X-Ray: it spends what X-Ray assigns to it,
 * borrows until then, and falls back on local rules while it has no central ones or only stale
 * ones. (One made by dosimeter_sampler_create has all of every reservoir.) `unix_nanoseconds` is
 * when X-Ray was asked for the rules; NULL if it never was, so that the sampler falls back until
 * rules are refreshed. `fallback` is a set of local rules of the same recorder, or NULL for one
 * request a second and 5 %. Both sets stay the caller's. Errors: DOSIMETER_OUT_OF_MEMORY,
 * DOSIMETER_BAD_ARGUMENT, also for a `fallback` of central rules.
 */
DOSIMETER_API int dosimeter_sampler_create_by_targets(const dosimeter_rule_set* rule_set,
                                                      const int64_t* unix_nanoseconds,
                                                      const dosimeter_rule_set* fallback,
                                                      dosimeter_sampler** sampler);

/*
 * As dosimeter_sampler_swap_rules, with rules that X-Ray was asked for at that time. What becomes
 * of quotas is as the recorder does it.
 */
DOSIMETER_API int dosimeter_sampler_refresh_rules(dosimeter_sampler* sampler,
                                                  const dosimeter_rule_set* rule_set,
                                                  int64_t unix_nanoseconds);

/*
 * What X-Ray assigns to one recorder for one rule, a SamplingTargetDocument. Made by
 * dosimeter_sampling_target_init; the text is the caller's. What is not there means what the
 * recorder makes of it.
 */
typedef struct dosimeter_sampling_target {
  /* Of this struct, set by dosimeter_sampling_target_init. */
  size_t size;
  dosimeter_text rule_name;
  /* FixedRate, 0 to 1. */
  int has_fixed_rate;
  double fixed_rate;
  /* ReservoirQuota, requests a second; what is out of range counts as the nearest in it. */
  int has_reservoir_quota;
  int64_t reservoir_quota;
  /* ReservoirQuotaTTL, nanoseconds since 1970. */
  int has_quota_expiry;
  int64_t quota_expiry;
  /* SamplingBoost: BoostRate, 0 to 1, and BoostRateTTL, nanoseconds since 1970. */
  int has_boost;
  double boost_rate;
  int64_t boost_expiry;
} dosimeter_sampling_target;

/* A target without a rule and with nothing in it. Does nothing if it is NULL. */
DOSIMETER_API void dosimeter_sampling_target_init(dosimeter_sampling_target* target);

/*
 * Spends by these targets from now on; `unix_nanoseconds` is when they came. Of several for one
 * rule the last counts; other names do no harm. `targets` may be NULL if there are none. Does
 * nothing to a sampler that was not made by targets. Errors: DOSIMETER_RATE_OUT_OF_RANGE,
 * DOSIMETER_OUT_OF_MEMORY, DOSIMETER_BAD_ARGUMENT, DOSIMETER_UNKNOWN_STRUCT_SIZE.
 */
DOSIMETER_API int dosimeter_sampler_apply_targets(dosimeter_sampler* sampler,
                                                  const dosimeter_sampling_target* targets,
                                                  size_t target_count, int64_t unix_nanoseconds);

/* --- Deciding --------------------------------------------------------------------------------- */

/* The decider may outlive the sampler. Errors: DOSIMETER_OUT_OF_MEMORY, DOSIMETER_BAD_ARGUMENT. */
DOSIMETER_API int dosimeter_decider_create(dosimeter_sampler* sampler, dosimeter_decider** decider);

/* What it counted is reported by its sampler. Does nothing with NULL. */
DOSIMETER_API void dosimeter_decider_destroy(dosimeter_decider* decider);

/*
 * Whether to sample the request, and why. `unix_nanoseconds` is the request's time since
 * 1970-01-01T00:00:00Z; `draw` is a uniform random number, at least 0 and below 1. The decision
 * depends on these, the rules and their reservoirs alone. Allocates nothing, frees nothing and
 * waits for nobody.
 *
 * Errors: DOSIMETER_BAD_ARGUMENT for a NULL pointer, a draw out of range, an unknown upstream or
 * type of attribute, and more than DOSIMETER_MAXIMUM_ATTRIBUTES; DOSIMETER_UNKNOWN_STRUCT_SIZE. The
 * decision is then not to sample, by DOSIMETER_NO_RULE, with DOSIMETER_CAUSE_NONE, and nothing is
 * counted.
 */
DOSIMETER_API int dosimeter_decider_decide(dosimeter_decider* decider,
                                           const dosimeter_request* request,
                                           int64_t unix_nanoseconds, double draw,
                                           dosimeter_decision* decision);

/*
 * The same for callers who keep no decider; any thread may call it. It borrows one of a few inside,
 * a little slower, and with more threads at once than those a thread may wait for one.
 */
DOSIMETER_API int dosimeter_sampler_decide(dosimeter_sampler* sampler,
                                           const dosimeter_request* request,
                                           int64_t unix_nanoseconds, double draw,
                                           dosimeter_decision* decision);

/*
 * The number of that rule name, DOSIMETER_NO_RULE for one never given; the name behind a number,
 * absent for one never given, and valid until the sampler is destroyed. Either takes a lock: who
 * needs a name for every decision keeps it by its number. Errors: DOSIMETER_OUT_OF_MEMORY,
 * DOSIMETER_BAD_ARGUMENT.
 */
DOSIMETER_API int dosimeter_sampler_rule_id(dosimeter_sampler* sampler, dosimeter_text name,
                                            uint32_t* rule);
DOSIMETER_API int dosimeter_sampler_rule_name(dosimeter_sampler* sampler, uint32_t rule,
                                              dosimeter_text* name);

/* --- Statistics ------------------------------------------------------------------------------- */

/* What one rule did, as GetSamplingTargets asks for it. This struct does not grow. */
typedef struct dosimeter_rule_statistics {
  uint32_t rule;
  /* Valid until the statistics are destroyed. */
  dosimeter_text name;
  /* Requests the rule was selected for. */
  uint64_t requests;
  /* Those sampled by the reservoir or the rate; borrowed ones too, if the recorder counts so. */
  uint64_t sampled;
  uint64_t borrowed;
} dosimeter_rule_statistics;

/* A report, immutable. */
typedef struct dosimeter_statistics dosimeter_statistics;

/*
 * What each rule did since the last call, and starts counting anew. Every request and every sample
 * is in exactly one report. Destroy it with dosimeter_statistics_destroy; it may outlive the
 * sampler. Errors: DOSIMETER_OUT_OF_MEMORY, after which nothing is lost, DOSIMETER_BAD_ARGUMENT.
 */
DOSIMETER_API int dosimeter_sampler_take_statistics(dosimeter_sampler* sampler,
                                                    dosimeter_statistics** statistics);

/*
 * How many rules are in the report, and one of them, counted from 0: the rules in force in their
 * order of evaluation, then those no longer in force that have something to report. Errors:
 * DOSIMETER_BAD_ARGUMENT, for an index past the last as well; `rule` is then all zero.
 */
DOSIMETER_API size_t dosimeter_statistics_rule_count(const dosimeter_statistics* statistics);
DOSIMETER_API int dosimeter_statistics_rule(const dosimeter_statistics* statistics, size_t index,
                                            dosimeter_rule_statistics* rule);

/* Does nothing with NULL. */
DOSIMETER_API void dosimeter_statistics_destroy(dosimeter_statistics* statistics);

#ifdef __cplusplus
}
#endif
