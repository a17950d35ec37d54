#pragma once

#include <dosimeter/request.h>

#include "sim/quality/field_bits.h"

#include <cstdint>
#include <string_view>

namespace dosimeter::sim {

/// `192.0.2.7`, `[2001:db8::7]:8080`: whether a host is an address and no name.
[[nodiscard]] bool is_address(std::string_view host) noexcept;

/// What a request counts for where a log's quality is told. All of it follows from the request and
/// the rules, so that it can be remembered with the rule that the request has.
class RequestTraits {
 public:
  constexpr RequestTraits() = default;
  /// `undecided`: as UndecidedFields says of the request.
  RequestTraits(const Request& request, FieldBits undecided) noexcept;

  /// The fields that it has.
  [[nodiscard]] constexpr FieldBits fields() const noexcept { return bits_ & kFields; }
  /// Absent ones on which its rule depends.
  [[nodiscard]] constexpr FieldBits undecided() const noexcept {
    return bits_ >> kFieldCount & kFields;
  }
  [[nodiscard]] constexpr bool has_address_host() const noexcept {
    return (bits_ >> 2 * kFieldCount & 1) != 0;
  }
  /// The same, where no rule is asked.
  [[nodiscard]] constexpr RequestTraits decided() const noexcept {
    RequestTraits traits = *this;
    traits.bits_ = static_cast<std::uint16_t>(traits.bits_ & ~(kFields << kFieldCount));
    return traits;
  }
  /// A number below kNumbers, a different one for others.
  [[nodiscard]] constexpr unsigned number() const noexcept { return bits_; }
  static constexpr unsigned kNumbers = 1U << (2 * kFieldCount + 1);

  friend bool operator==(RequestTraits, RequestTraits) = default;

 private:
  static constexpr unsigned kFields = (1U << kFieldCount) - 1;

  std::uint16_t bits_ = 0;
};

}  // namespace dosimeter::sim
