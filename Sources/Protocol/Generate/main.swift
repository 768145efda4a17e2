// Writes the generated Swift files. Run at the root of the repository, after a change in schema/.
import Foundation

let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
do {
  let generator = Generator(sources: try SchemaFiles.read(below: root))
  var changed = 0
  for output in try generator.outputs() {
    let url = root.appendingPathComponent(output.path)
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
