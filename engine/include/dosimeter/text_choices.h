#pragma once

/// Which text of a request the rules see, and how its trace header is read: used on a request as
/// the client sent it (RawRequest).
namespace dosimeter {

/// Whether the recorder is ever told the field; else rules find it absent.
enum class FieldSupply : unsigned char { filled_in, never_filled_in };
enum class QueryString : unsigned char { removed, kept };
enum class HostPort : unsigned char {
  kept,
  removed,
  kept_but_80,  // that of plain HTTP, which is also what is spoken behind a proxy that ends TLS
};
/// What becomes of a host that holds more than domain names and addresses do: `shop_1`,
/// `caf\xC3\xA9`.
enum class HostText : unsigned char {
  as_sent,
  as_latin_1,       // each byte beyond ASCII is one character
  valid_or_absent,  // letters, digits, `.` and `-`, or an IPv6 address; a port of 1 to 65535
};
/// How a request target is read.
enum class TargetForm : unsigned char {
  as_url,   // without a fragment; of `http://shop.example/login`, which proxies are sent, host and
            // path
  as_text,  // all of it but for a query is the path
};
/// What the path begins with.
enum class PathStart : unsigned char {
  as_sent,
  one_slash,  // `//login` is `/login`, and `*` is `/*`
};
enum class PathEncoding : unsigned char {
  as_sent,
  percent_decoded,
  percent_decoded_to_utf8,  // and what then is no UTF-8 is U+FFFD
};
/// The part of the path where the application is mounted: its context path, PathBase or script
/// name.
enum class BasePath : unsigned char { kept, removed };

/// What stands for the path of a request of which only the full URL is known, as of spans that have
/// `url.full` and no `url.path`.
enum class PathOfUrl : unsigned char {
  like_a_target,  // its path and query, as if they had been sent as such
  without_query,
  with_query,
  whole_url,  // `http://shop.example/login?next=%2F`
};

/// Whether blanks around the parts of a trace header are dropped before they are read. Those around
/// the whole of it always are.
enum class HeaderBlanks : unsigned char { trimmed, significant };
/// How much of a part is its value: of `Sampled=1=0` the `1=0` or the `1`.
enum class PartValue : unsigned char { to_its_end, to_next_equals };
/// Which of several Roots, Parents or Sampleds counts.
enum class RepeatedPart : unsigned char {
  first,
  last,
  last_with_text,  // `Sampled=` is as if it were not there
};
/// Whether `root=` is as good as `Root=`.
enum class HeaderKeys : unsigned char { any_case, exact_case };
/// What a `Sampled` that is neither 0 nor 1 means.
enum class UnclearSampled : unsigned char {
  undecided,
  not_sampled,
  as_a_number,  // sampled if it begins with digits that are not all 0, undecided if it is empty
};
/// What a header without `Sampled` means.
enum class MissingSampled : unsigned char { undecided, not_sampled };
/// Which headers may decide; any other is as if it were not there.
enum class HeaderValidity : unsigned char {
  any_header,
  valid_root_needed,
  valid_root_and_parent_needed,
  no_header,  // the recorder decides whatever was decided before
};
/// Whether one part that is empty or has no `=` makes the whole header invalid.
enum class HeaderParts : unsigned char { any_part, every_part_needs_a_value };

struct TextChoices {
  FieldSupply service_type_supply = FieldSupply::filled_in;
  FieldSupply host_supply = FieldSupply::filled_in;
  QueryString query_string = QueryString::removed;
  HostPort host_port = HostPort::kept;
  HostText host_text = HostText::as_sent;
  TargetForm target_form = TargetForm::as_url;
  PathStart path_start = PathStart::as_sent;
  PathEncoding path_encoding = PathEncoding::as_sent;
  BasePath base_path = BasePath::kept;
  PathOfUrl path_of_url = PathOfUrl::like_a_target;
  HeaderBlanks header_blanks = HeaderBlanks::trimmed;
  PartValue part_value = PartValue::to_its_end;
  RepeatedPart repeated_part = RepeatedPart::first;
  HeaderKeys header_keys = HeaderKeys::any_case;
  UnclearSampled unclear_sampled = UnclearSampled::undecided;
  MissingSampled missing_sampled = MissingSampled::undecided;
  HeaderValidity header_validity = HeaderValidity::any_header;
  HeaderParts header_parts = HeaderParts::any_part;
};

}  // namespace dosimeter
