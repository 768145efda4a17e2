import Testing

@testable import BitimDomain

@Suite("What somebody may mean who types a name otherwise than it is written")
struct NameGuessTests {
  @Test(
    "each way to type it stands for the word, the nearer the fewer rank",
    arguments: [
      // Typed, the word as it is found, how it stands for it.
      ("отегенова", "отегенова", NameGuess.Likeness.typed),
      ("отег", "отегенова", .typedBeginning),
      ("otegenova", "отегенова", .spelling),
      ("utegenova", "отегенова", .spelling),
      ("oteg", "отегенова", .spellingBeginning),
      ("отегенова", "otegenova", .spelling),
      ("жумабаи", "zhumabai", .spelling),
      ("жумабаи", "jumabai", .spelling),
      ("jumabai", "жумабаи", .spelling),
      ("qairat", "каират", .spelling),
      ("хадиша", "khadisha", .spelling),
      ("khadisha", "хадиша", .spelling),
      ("hadisha", "хадиша", .spelling),
      ("zhanar", "жанар", .spelling),
      ("quanyshqyzy", "kuanyshkyzy", .spelling),
      ("мария", "mariya", .spelling),
      ("mariya", "мария", .spelling),
      // One letter left out, put in, changed, changed with its neighbour; also in the other script.
      ("отгенова", "отегенова", .slip),
      ("оттегенова", "отегенова", .slip),
      ("отыгенова", "отегенова", .slip),
      ("отгеенова", "отегенова", .slip),
      ("otegenva", "отегенова", .slip),
      ("отгенов", "отегенова", .slipBeginning),
      ("али", "алия", .typedBeginning),
      ("ади", "али", .slip),
    ])
  func stands(typed: String, word: String, likeness: NameGuess.Likeness) {
    #expect(NameGuess(typed).likeness(of: word) == likeness)
  }

  @Test(
    "two mistakes in a word, one in a word of two letters, and more letters behind a short mistake mean nobody",
    arguments: [
      ("отгнова", "отегенова"), ("ал", "ил"), ("алп", "алия"), ("нурлан", "нурбол"),
      ("2001", "отегенова"),
    ])
  func standsNot(typed: String, word: String) {
    #expect(NameGuess(typed).likeness(of: word) == nil)
  }
}
