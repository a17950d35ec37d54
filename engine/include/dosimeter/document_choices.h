#pragma once

/// What a recorder takes for a local document: `{"version": 2, "default": {...}, "rules": [...]}`.
/// Every difference between recorders is a value of one of these, named for what it does. The first
/// value of each is the documented one. Used by whoever reads documents; the engine never does.
///
/// Version 1 names the host pattern `service_name`, version 2 `host`: the pattern keys are these
/// two, `http_method` and `url_path`.
namespace dosimeter {

// --- The text ---

/// `//` to the end of the line and `/* */`.
enum class Comments : unsigned char { refused, skipped };

/// What stands after the bracket that closes the document.
enum class TextAfter : unsigned char { refused, not_read };

enum class ByteOrderMark : unsigned char { skipped, refused };

/// Which key is `rate`.
enum class KeyCase : unsigned char { exact, any };

// --- The document ---

enum class KnownVersions : unsigned char { one_and_two, two };

/// How the version's number may be written. None takes one that is neither 1 nor 2.
enum class VersionNumber : unsigned char {
  digits_alone,  // 2
  equal_value,   // and 2.0
  truncated,     // and 2.5
};

enum class AbsentRules : unsigned char { accepted, refused };

/// `rules` that are no array.
enum class OtherRules : unsigned char {
  refused,
  null_passes,
  null_and_objects_pass,
  empty_object_passes,
  empty_object_and_text_pass,
  ignored,
};

// --- The default ---

/// Which keys the default may not have beside its numbers.
enum class DefaultKeys : unsigned char {
  pattern_keys,
  pattern_keys_of_version,  // not the other version's host key
  host_method_and_path,     // whatever the version
  service_method_and_path,  // `service_name`, whatever the version
  anything,                 // not even a description
  nothing,                  // none is refused
};

/// With which value such a key counts as not there. `anything` of DefaultKeys takes no excuse.
enum class DefaultExcuse : unsigned char {
  none,
  null,
  null_and_empty_text,
  null_and_false,
  null_and_whatever_is_empty,  // and false, 0, "", [] and {}
};

// --- A rule ---

/// Keys that no recorder asks for.
enum class UnknownKeys : unsigned char { accepted, refused };

/// The host key of the other version. Where unknown keys are refused it is one.
enum class OtherHostKey : unsigned char {
  ignored,
  refused_unless_null,
  refused_unless_empty,  // null or ""
};

enum class MissingPattern : unsigned char {
  refused,
  accepted,  // an empty pattern: it matches no request that has the field
};

enum class EmptyPattern : unsigned char { refused, accepted };

/// What may stand for a pattern, the empty text aside. null is as good as missing, and where
/// missing ones are accepted it is refused.
enum class PatternValue : unsigned char {
  text,
  any_scalar,  // 5 is "5"
  anything_but_false,
  anything_not_empty,  // neither false, 0, [] nor {}
};

/// Pattern keys that a recorder reads although nothing depends on them: the other version's, and
/// what the default may have.
enum class SparePattern : unsigned char {
  not_looked_at,
  pattern_or_null,  // a PatternValue
  text,             // those of the version alone
};

enum class DescriptionValue : unsigned char { text, anything, text_or_null };

// --- The numbers of a rule and of the default ---

/// How the number of `fixed_target` may be written.
enum class TargetNumber : unsigned char {
  whole_value,   // 1 and 1.0
  digits_alone,  // 1
  truncated,     // 1.5 is 1
  any_number,    // 1.5 is 1.5
};

/// The largest `fixed_target`.
enum class TargetBound : unsigned char {
  of_reservoirs,  // kMaximumReservoirSize; AWS documents none
  none,
  of_31_bits,  // 2147483647
  of_32_bits,
  of_63_bits,
};

/// Of `fixed_target` and of `rate`.
enum class NegativeNumber : unsigned char { refused, only_minus_one_refused };

enum class RateAboveOne : unsigned char { refused, accepted };

enum class MissingNumber : unsigned char {
  refused,
  is_zero,  // but an object without a single known key is refused
};

/// `null` where a number is needed.
enum class NullNumber : unsigned char { refused, is_zero };

/// `true` or `false` where a number is needed.
enum class BooleanNumber : unsigned char { refused, is_one_or_zero };

/// `"0.05"` where a number is needed.
enum class NumberInText : unsigned char {
  refused,
  taken,  // and nothing but blanks is 0
};

// --- Faults ---

/// When values of the wrong type come to light.
enum class TypeCheck : unsigned char {
  with_the_values,
  before_the_values,  // of the whole document: the text becomes objects first
};

/// What a recorder does about a fault.
enum class FaultConsequence : unsigned char {
  refused,       // it ends with an error
  replaced,      // it goes on with the document it has built in
  rest_dropped,  // it goes on with what stands before; before the default has been read, with the
                 // document it has built in
};

struct DocumentChoices {
  Comments comments = Comments::refused;
  TextAfter text_after = TextAfter::refused;
  ByteOrderMark byte_order_mark = ByteOrderMark::skipped;
  KeyCase key_case = KeyCase::exact;

  KnownVersions known_versions = KnownVersions::one_and_two;
  VersionNumber version_number = VersionNumber::digits_alone;
  AbsentRules absent_rules = AbsentRules::accepted;
  OtherRules other_rules = OtherRules::refused;

  DefaultKeys default_keys = DefaultKeys::pattern_keys;
  DefaultExcuse default_excuse = DefaultExcuse::none;

  UnknownKeys unknown_keys = UnknownKeys::accepted;
  OtherHostKey other_host_key = OtherHostKey::ignored;
  MissingPattern missing_pattern = MissingPattern::refused;
  EmptyPattern empty_pattern = EmptyPattern::refused;
  PatternValue pattern_value = PatternValue::text;
  SparePattern spare_pattern = SparePattern::not_looked_at;
  DescriptionValue description_value = DescriptionValue::text;

  TargetNumber target_number = TargetNumber::whole_value;
  TargetBound target_bound = TargetBound::of_reservoirs;
  NegativeNumber negative_number = NegativeNumber::refused;
  RateAboveOne rate_above_one = RateAboveOne::refused;
  MissingNumber missing_number = MissingNumber::refused;
  NullNumber null_number = NullNumber::refused;
  BooleanNumber boolean_number = BooleanNumber::refused;
  NumberInText number_in_text = NumberInText::refused;

  TypeCheck type_check = TypeCheck::with_the_values;
  /// Of text that is no JSON.
  FaultConsequence unreadable = FaultConsequence::refused;
  /// Of a value of the wrong type.
  FaultConsequence wrong_type = FaultConsequence::refused;
  /// Of anything else.
  FaultConsequence wrong_value = FaultConsequence::refused;
};

}  // namespace dosimeter
