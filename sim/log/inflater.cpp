#include "sim/log/inflater.h"

#include <cassert>

namespace dosimeter::sim {

std::unique_ptr<Inflater> make_inflater(Compression compression) {
  switch (compression) {
    case Compression::gzip:
      return make_gzip_inflater();
    case Compression::zstd:
      return make_zstd_inflater();
    case Compression::bzip2:
      return make_bzip2_inflater();
    case Compression::xz:
      return make_xz_inflater();
    case Compression::none:
      break;
  }
  assert(false);
  return nullptr;
}

}  // namespace dosimeter::sim
