// Writes what is generated. Run at the root of the repository, after a change in schema/, in a text
// of the command line, or in what cites a rule.
// With --into FOLDER and a .proto file: that file's code, for a module beside the library.
import Foundation

let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
do {
  let generator = try SchemaFiles.generator(below: root)
  var changed = 0
  let words = CommandLine.arguments
  let outputs =
    words.count == 4 && words[1] == "--into"
    ? try Generator.standingAlone(
      words[3], [UInt8](try Data(contentsOf: URL(fileURLWithPath: words[3]))),
      beside: try generator.schema(), in: words[2])
    : try generator.outputs()
  for output in outputs {
    let url = URL(fileURLWithPath: output.path, relativeTo: root)
    if (try? String(contentsOf: url, encoding: .utf8)) == output.text { continue }
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try output.text.write(to: url, atomically: true, encoding: .utf8)
    print("wrote \(output.path)")
    changed += 1
  }
  print("\(changed) files changed")
} catch {
  FileHandle.standardError.write(Data("bitim-generate: \(error)\n".utf8))
  exit(1)
}
