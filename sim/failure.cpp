#include "sim/failure.h"

#include <system_error>

namespace dosimeter::sim {

std::string system_message(int error) {
  std::string message = std::generic_category().message(error);
  if (!message.empty() && message[0] >= 'A' && message[0] <= 'Z') {
    message[0] = static_cast<char>(message[0] - 'A' + 'a');
  }
  return message;
}

}  // namespace dosimeter::sim
