#pragma once
#include <stdexcept>

namespace aidledger {

/// The bytes are not what the declaration says: cut short, too long, or out of range.
struct DecodeError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace aidledger
