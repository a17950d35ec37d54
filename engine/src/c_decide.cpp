#include "engine/src/c_door.h"
#include "engine/src/c_sampler.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>

using namespace dosimeter;
using dosimeter::detail::field_of;
using dosimeter::detail::view_of;

static_assert(DOSIMETER_CAUSE_RESERVOIR == static_cast<int>(Cause::reservoir));
static_assert(DOSIMETER_CAUSE_BORROW == static_cast<int>(Cause::borrow));
static_assert(DOSIMETER_CAUSE_RATE == static_cast<int>(Cause::rate));
static_assert(DOSIMETER_CAUSE_REFUSED_BY_RATE == static_cast<int>(Cause::refused_by_rate));
static_assert(DOSIMETER_CAUSE_UPSTREAM == static_cast<int>(Cause::upstream));
static_assert(DOSIMETER_ATTRIBUTE_TEXT == static_cast<int>(AttributeType::text));
static_assert(DOSIMETER_ATTRIBUTE_OTHER == static_cast<int>(AttributeType::other));

/// The handle of the C interface.
struct dosimeter_decider {
  Decider decider;
};

namespace {

constexpr dosimeter_decision kNoDecision{DOSIMETER_NO_RULE, 0, DOSIMETER_CAUSE_NONE, 0.0};

/// DOSIMETER_OK, or what is wrong with all but the attributes themselves.
int check(const dosimeter_request& request, double draw) noexcept {
  if (request.size != sizeof(dosimeter_request)) return DOSIMETER_UNKNOWN_STRUCT_SIZE;
  // Written so that not-a-number fails.
  const bool right = draw >= 0.0 && draw < 1.0 &&
                     request.upstream <= DOSIMETER_UPSTREAM_NOT_SAMPLED &&
                     request.attribute_count <= DOSIMETER_MAXIMUM_ATTRIBUTES &&
                     (request.attributes != nullptr || request.attribute_count == 0);
  return right ? DOSIMETER_OK : DOSIMETER_BAD_ARGUMENT;
}

/// Attributes as the engine has them, on the stack. Nothing is initialized that is not there.
class AttributeSpace {
 public:
  /// False where one has an unknown type. REQUIRES: no more than there is room for.
  bool fill(std::span<const dosimeter_attribute> attributes) noexcept {
    for (const dosimeter_attribute& attribute : attributes) {
      if (attribute.type > DOSIMETER_ATTRIBUTE_OTHER) return false;
      std::construct_at(space_.all + count_++,
                        Attribute{view_of(attribute.key), view_of(attribute.value),
                                  static_cast<AttributeType>(attribute.type)});
    }
    return true;
  }
  [[nodiscard]] std::span<const Attribute> view() const noexcept { return {space_.all, count_}; }

 private:
  union Space {
    Space() {}
    Attribute all[DOSIMETER_MAXIMUM_ATTRIBUTES];
  };
  Space space_;
  std::size_t count_ = 0;
};

/// Not inlined: where g++ knows that there are no attributes it clears the whole request first,
/// which costs more than all the rest.
[[gnu::noinline]] Request request_of(const dosimeter_request& asked,
                                     std::span<const Attribute> attributes) noexcept {
  return {.service_name = field_of(asked.service_name),
          .service_type = field_of(asked.service_type),
          .host = field_of(asked.host),
          .http_method = field_of(asked.http_method),
          .url_path = field_of(asked.url_path),
          .resource_arn = field_of(asked.resource_arn),
          .attributes = attributes,
          .upstream = static_cast<UpstreamDecision>(asked.upstream)};
}

/// `from` is a Decider or a Sampler.
template <typename From>
void decide(From& from, const dosimeter_request& asked, std::span<const Attribute> attributes,
            int64_t unix_nanoseconds, double draw, dosimeter_decision& decision) noexcept {
  const Decision made = from.decide(request_of(asked, attributes),
                                    TimePoint(std::chrono::nanoseconds(unix_nanoseconds)), draw);
  decision = {made.rule.value, made.sampled, static_cast<uint8_t>(made.cause), made.probability};
}

/// Apart, so that requests without attributes need no room for them.
template <typename From>
[[gnu::noinline]] int decide_with_attributes(From& from, const dosimeter_request& asked,
                                             int64_t unix_nanoseconds, double draw,
                                             dosimeter_decision& decision) noexcept {
  AttributeSpace space;
  if (!space.fill({asked.attributes, asked.attribute_count})) return DOSIMETER_BAD_ARGUMENT;
  decide(from, asked, space.view(), unix_nanoseconds, draw, decision);
  return DOSIMETER_OK;
}

template <typename From>
int decide(From& from, const dosimeter_request& asked, int64_t unix_nanoseconds, double draw,
           dosimeter_decision& decision) noexcept {
  if (const int code = check(asked, draw); code != DOSIMETER_OK) return code;
  if (asked.attribute_count != 0) {
    return decide_with_attributes(from, asked, unix_nanoseconds, draw, decision);
  }
  decide(from, asked, {}, unix_nanoseconds, draw, decision);
  return DOSIMETER_OK;
}

}  // namespace

void dosimeter_request_init(dosimeter_request* request) {
  if (request == nullptr) return;
  *request = {};
  request->size = sizeof(dosimeter_request);
}

int dosimeter_decider_create(dosimeter_sampler* sampler, dosimeter_decider** decider) {
  if (decider == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *decider = nullptr;
  if (sampler == nullptr) return DOSIMETER_BAD_ARGUMENT;
  return detail::behind_the_door([&] {
    *decider = new dosimeter_decider{sampler->sampler.decider()};
    return DOSIMETER_OK;
  });
}

void dosimeter_decider_destroy(dosimeter_decider* decider) {
  delete decider;
}

int dosimeter_decider_decide(dosimeter_decider* decider, const dosimeter_request* request,
                             int64_t unix_nanoseconds, double draw, dosimeter_decision* decision) {
  if (decision == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *decision = kNoDecision;
  if (decider == nullptr || request == nullptr) return DOSIMETER_BAD_ARGUMENT;
  return decide(decider->decider, *request, unix_nanoseconds, draw, *decision);
}

int dosimeter_sampler_decide(dosimeter_sampler* sampler, const dosimeter_request* request,
                             int64_t unix_nanoseconds, double draw, dosimeter_decision* decision) {
  if (decision == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *decision = kNoDecision;
  if (sampler == nullptr || request == nullptr) return DOSIMETER_BAD_ARGUMENT;
  return decide(sampler->sampler, *request, unix_nanoseconds, draw, *decision);
}
