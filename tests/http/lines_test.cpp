#include <catch2/catch.hpp>

#include "tests/http/house.hpp"

namespace aidledger::http {
namespace {

struct Streaming : Door {
  explicit Streaming(HandlerSettings settings = {}) : Door(settings) {
    const auto admission = handler.admit({.verb = Verb::post,
                                          .target = "/v1/ledgers/hz/actions",
                                          .authorization = "Bearer director",
                                          .content_type = "application/x-ndjson"});
    REQUIRE(admission.body == BodyMode::lines);
    lines = handler.open_lines(admission.visit, [this] { ++wakes; });
  }

  std::vector<Tree> taken() {
    std::vector<Tree> answers;
    for (std::string text = lines->take(); !text.empty(); text = lines->take())
      for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
        answers.push_back(*json::parse(std::string_view(text).substr(at, text.find('\n', at) - at)));
    return answers;
  }

  std::unique_ptr<ActionLines> lines;
  int wakes = 0;
};

Tree field(const Tree& answer, std::string_view path) {
  const auto* found = answer.at_path(path);
  return found != nullptr ? *found : Tree();
}

TEST_CASE("each line is answered in order, and a bad one harms no neighbour", "[http]") {
  Streaming stream;
  stream.lines->feed(action_text("a-1") + "\n{\"broken\": \n\n" + action_text("a-2", "refused") + "\n" +
                     action_text("a-3"));
  stream.lines->finish();
  const auto answers = stream.taken();
  REQUIRE(answers.size() == 4);
  CHECK(field(answers[0], "action_id") == Tree("a-1"));
  CHECK(field(answers[0], "status") == Tree(201));
  CHECK(field(answers[0], "answer.receipt.seq") == Tree(42));
  CHECK(field(answers[1], "status") == Tree(400));
  CHECK(field(answers[1], "line") == Tree(2));
  CHECK(field(answers[2], "status") == Tree(409));
  CHECK(field(answers[2], "line") == Tree(4));
  CHECK(field(answers[2], "problem.title") == Tree(rules::wrong_state.sentence));
  CHECK(field(answers[3], "action_id") == Tree("a-3"));
  CHECK(stream.lines->done());
}

TEST_CASE("lines may be cut anywhere on their way", "[http]") {
  Streaming stream;
  const auto text = action_text("a-1") + "\r\n" + action_text("a-2") + "\n";
  for (const char c : text) stream.lines->feed(std::string_view(&c, 1));
  stream.lines->finish();
  CHECK(stream.taken().size() == 2);
}

TEST_CASE("hundreds are with the writer at once and come back in order", "[http]") {
  Streaming stream;
  for (int i = 0; i < 700; ++i) stream.lines->feed(action_text("a-" + std::to_string(i), "slow") + "\n");
  stream.lines->finish();
  CHECK(stream.house.held.size() == 700);
  CHECK(stream.taken().empty());
  stream.house.let_go();
  const auto answers = stream.taken();
  REQUIRE(answers.size() == 700);
  for (int i = 0; i < 700; ++i)
    CHECK(field(answers[static_cast<std::size_t>(i)], "action_id") == Tree("a-" + std::to_string(i)));
  CHECK(stream.wakes == 1);
}

TEST_CASE("reading stops while too much is under way", "[http]") {
  HandlerSettings settings;
  settings.lines.in_flight = 3;
  Streaming stream(settings);
  for (int i = 0; i < 3; ++i) {
    CHECK(stream.lines->wants_more());
    stream.lines->feed(action_text("a-" + std::to_string(i), "slow") + "\n");
  }
  CHECK_FALSE(stream.lines->wants_more());
  stream.house.let_go();
  CHECK_FALSE(stream.lines->wants_more());
  CHECK(stream.taken().size() == 3);
  CHECK(stream.lines->wants_more());
}

TEST_CASE("a line that is too long is answered, and the next one is read", "[http]") {
  HandlerSettings settings;
  settings.lines.line_bytes = 300;
  Streaming stream(settings);
  stream.lines->feed(std::string(200, 'x'));
  stream.lines->feed(std::string(200, 'x'));
  stream.lines->feed(std::string(200, 'x') + "\n" + action_text("a-2") + "\n");
  stream.lines->finish();
  const auto answers = stream.taken();
  REQUIRE(answers.size() == 2);
  CHECK(field(answers[0], "status") == Tree(413));
  CHECK(field(answers[1], "status") == Tree(201));
}

TEST_CASE("a body that breaks off leaves a last line that says so", "[http]") {
  Streaming stream;
  stream.lines->feed(action_text("a-1") + "\n" + action_text("a-2").substr(0, 20));
  stream.lines->break_off(problem::body_too_large);
  const auto answers = stream.taken();
  REQUIRE(answers.size() == 2);
  CHECK(field(answers[1], "status") == Tree(413));
  CHECK(stream.house.asked.size() == 1);
  CHECK(stream.lines->done());
}

TEST_CASE("answers that come after the stream is gone harm nobody", "[http]") {
  auto stream = std::make_unique<Streaming>();
  stream->lines->feed(action_text("a-1", "slow") + "\n");
  stream->lines.reset();
  stream->house.let_go();
  CHECK(stream->wakes == 1);
}

}  // namespace
}  // namespace aidledger::http
