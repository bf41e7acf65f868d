#include "src/world/digest.hpp"

#include <catch2/catch.hpp>

#include "src/world/crc32c.hpp"

using namespace aidledger;
using namespace aidledger::world;

TEST_CASE("SHA-256 gives the values of FIPS 180-4") {
  CHECK(to_hex(view_of(sha256(""))) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(view_of(sha256("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("ab", "c") == sha256("abc"));
  CHECK(sha256("", "abc") == sha256("abc"));
}

TEST_CASE("HMAC-SHA-256 gives the values of RFC 4231") {
  CHECK(to_hex(view_of(hmac_sha256("Jefe", "what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(view_of(hmac_sha256(Bytes(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"))) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("CRC-32C gives the values of RFC 3720, by table and by instruction") {
  const Bytes zeros(32, '\0');
  const Bytes ones(32, '\xff');
  CHECK(crc32c("123456789") == 0xE3069283);
  CHECK(crc32c(zeros) == 0x8A9136AA);
  CHECK(crc32c(ones) == 0x62A8AB43);
  CHECK(crc32c_by_table("123456789", 0) == 0xE3069283);
  CHECK(crc32c("56789", crc32c("1234")) == crc32c("123456789"));
  if (!crc32c_has_instruction()) return;
  Bytes growing;
  for (int i = 0; i < 100; ++i) {
    CHECK(crc32c_by_table(growing, 7) == crc32c_by_instruction(growing, 7));
    growing += static_cast<char>(i * 37);
  }
}

TEST_CASE("secrets are compared whole") {
  CHECK(equal_secret("same", "same"));
  CHECK_FALSE(equal_secret("same", "samf"));
  CHECK_FALSE(equal_secret("same", "sam"));
  CHECK(equal_secret("", ""));
}
