#pragma once

namespace dosimeter::bench {

/// Prints a table of what the sets are like, in Markdown.
void print_shapes();

}  // namespace dosimeter::bench
