#pragma once

/// Which text of a request the rules see, and how its trace header is read: used on a request as
/// the client sent it (RawRequest).
namespace dosimeter {

/// Whether the recorder is ever told the field; else rules find it absent.
enum class FieldSupply : unsigned char { filled_in, never_filled_in };
enum class QueryString : unsigned char { removed, kept };
enum class HostPort : unsigned char { kept, removed };
enum class PathEncoding : unsigned char { as_sent, percent_decoded };
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
  PathEncoding path_encoding = PathEncoding::as_sent;
  BasePath base_path = BasePath::kept;
  PathOfUrl path_of_url = PathOfUrl::like_a_target;
  HeaderBlanks header_blanks = HeaderBlanks::trimmed;
  HeaderKeys header_keys = HeaderKeys::any_case;
  UnclearSampled unclear_sampled = UnclearSampled::undecided;
  MissingSampled missing_sampled = MissingSampled::undecided;
  HeaderValidity header_validity = HeaderValidity::any_header;
  HeaderParts header_parts = HeaderParts::any_part;
};

}  // namespace dosimeter
