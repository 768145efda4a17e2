import BitimTestSupport
import Foundation
import Testing

@testable import bitim_generate

@Suite("The texts")
struct TextCatalogueTests {
  private static let english = """
    # A comment.
    done = {count} are done[ by {who}]

    page =
      bitim verify [--quick]
        and more
    reason.GROUP_FULL = full
    """

  private func fault(_ files: [String: String]) -> String? {
    do {
      _ = try TextCatalogue(files.mapValues { Array($0.utf8) })
      return nil
    } catch {
      return error.description
    }
  }

  @Test("a language is a file, and nothing else")
  func language() throws {
    let uzbek = "reason.GROUP_FULL = toʻla\npage =\n  bitim\ndone = [{who}: ]{count} tayyor\n"
    let catalogue = try TextCatalogue([
      "en": Array(Self.english.utf8), "uz": Array(uzbek.utf8),
    ])
    #expect(catalogue.keys == ["done", "page", "reason.GROUP_FULL"])
    #expect(catalogue.languages.map(\.code) == ["en", "uz"])
    #expect(
      catalogue.languages.map(\.texts) == [
        ["{count} are done[ by {who}]", "bitim verify [--quick]\n  and more", "full"],
        ["[{who}: ]{count} tayyor", "bitim", "toʻla"],
      ])
    let swift = catalogue.output().text
    #expect(swift.contains("case en, uz\n"))
    #expect(swift.contains("case reasonGroupFull = \"reason.GROUP_FULL\"\n"))
    #expect(swift.contains("case .page: return \"bitim verify [--quick]\\n  and more\"\n"))
  }

  @Test(
    "are refused by file, line and key",
    arguments: [
      ("done = {count}[ {who}]\npage = x", "kk.txt:0:1: 'reason.GROUP_FULL' is missing"),
      ("done = {count}[ {who}]\nother = x", "kk.txt:2:1: 'other' is no key of en.txt"),
      ("page = x\npage = y", "kk.txt:2:1: 'page' is there twice"),
      ("page =", "kk.txt:1:1: 'page' has no text"),
      ("page : x", "kk.txt:1:1: ' = ' is expected behind 'page'"),
      ("Page = x", "kk.txt:1:1: 'Page' can't be a key"),
      ("page = x ", "kk.txt:1:1: a space at the end, a tab or a carriage return"),
      (
        "page = x\ndone = {count}",
        "kk.txt:2:1: 'done' fills in count, in English count, who?"
      ),
      (
        "done = {count} {who}",
        "kk.txt:1:1: 'done' fills in count, who, in English count, who?"
      ),
      ("page = {x}", "kk.txt:1:1: 'page' fills in x, in English nothing"),
      ("page = {", "kk.txt:1:1: 'page': a brace holds no name"),
      ("page = }", "kk.txt:1:1: 'page': a brace holds no name"),
      ("page = [ {x}", "kk.txt:1:1: 'page': a bracket is not closed"),
    ])
  func refused(kazakh: String, problem: String) {
    #expect(
      self.fault(["en": Self.english, "kk": kazakh])
        == "Sources/Client/CommandLine/Texts/\(problem)")
  }

  @Test("each field that a refusal of the server may name is called something in every language")
  func fields() throws {
    let sources = Repository.root.appendingPathComponent("Sources/Server")
    let paths = try #require(FileManager.default.enumerator(atPath: sources.path))
    var named: Set<String> = []
    for case let path as String in paths where path.hasSuffix(".swift") {
      let text = try Repository.text("Sources/Server/\(path)")
      named.formUnion(text.matches(of: /\bcolumn: "([a-z_-]+)"/).map { String($0.1) })
    }
    #expect(named.count > 80)
    let english = try Repository.text("Sources/Client/CommandLine/Texts/en.txt")
    let called = Set(english.matches(of: #/(?m)^field\.([a-z_]+) = /#).map { String($0.1) })
    let missing = named.map { $0.replacing("-", with: "_") }.filter { !called.contains($0) }
    #expect(missing.sorted() == [])
  }

  @Test("two keys that would be one word in Swift are refused")
  func members() {
    #expect(
      self.fault(["en": "a.b = x\naB = y"])
        == "Sources/Client/CommandLine/Texts/en.txt:2:1: 'aB' is 'a.b' in Swift")
    #expect(self.fault([:]) == "Sources/Client/CommandLine/Texts/en.txt:0:1: there is no such file")
  }
}
