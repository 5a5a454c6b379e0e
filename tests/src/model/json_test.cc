#include "model/json.h"

#include <gtest/gtest.h>

#include <string>

namespace edgel3 {
namespace {

using nlohmann::json;

TEST(ParseJson, GivesWhatTheTextStates) {
  for (const char* text :
       {R"({})", R"([])", R"(7)", R"(-7)", R"(0.5)", R"("é\n")", R"(true)",
        R"({"a": [1, -2, 3.5, "b", null, false, [], {}, [[4], {"c": {"d": [5, 6]}}], 7], "e": {"a": 8}})",
        R"([{"a": 1}, {"a": 2}, [], [3]])"}) {
    EXPECT_EQ(parse_json(text), json::parse(text)) << text;
  }
}

TEST(ParseJson, TellsNumbersApart) {
  EXPECT_TRUE(parse_json("[18446744073709551615]")[0].is_number_unsigned());
  EXPECT_TRUE(parse_json("[-1]")[0].is_number_integer());
  EXPECT_TRUE(parse_json("[1.0]")[0].is_number_float());
}

TEST(ParseJson, RefusesANameThatStandsTwiceInOneObject) {
  for (const char* text : {R"({"a": 1, "a": 1})", R"([{"b": {"a": 1, "c": [2], "a": 3}}])"}) {
    EXPECT_TRUE(parse_json(text).is_null()) << text;
  }
}

TEST(ParseJson, RefusesWhatIsNotJson) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {""sv, "{"sv, "[1"sv, "[1,]"sv, "{\"a\"}"sv, "1 2"sv, "nul"sv, "\"\xff\""sv, "[]\0"sv, "\0"sv}) {
    EXPECT_TRUE(parse_json(text).is_null()) << text;
  }
}

TEST(ParseJson, NestsAsDeepAsMemoryGoes) {
  constexpr std::size_t kDepth = 400'000;
  const json value = parse_json(std::string(kDepth, '[') + std::string(kDepth, ']'));
  EXPECT_TRUE(value.is_array());
}

}  // namespace
}  // namespace edgel3
