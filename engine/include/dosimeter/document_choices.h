#pragma once

/// What a recorder takes for a local document: `{"version": 2, "default": {...}, "rules": [...]}`.
/// Used by whoever reads documents; the engine never does.
namespace dosimeter {

/// Whether a recorder loads a document that has the oddity, and what it makes of it.
enum class DocumentOddity : unsigned char { refused, accepted };

struct DocumentChoices {};

}  // namespace dosimeter
