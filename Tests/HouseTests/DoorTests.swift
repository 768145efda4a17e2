import BitimTestSupport
import Foundation
import Testing

@Suite("The doors")
struct DoorTests {
  /// A room as `Package.swift` declares it.
  private struct Room {
    let name: String
    let path: String
    let doors: Set<String>
    let isProgram: Bool
  }

  private static func rooms() throws -> [Room] {
    let declaration =
      /\b(room|program|tests)\(\s*"([^"]+)", at: "([^"]+)"(?:,\s*doors: \[([^\]]*)\])?/
    let manifest = try Repository.text("Package.swift")
    let rooms = manifest.matches(of: declaration).map { match in
      Room(
        name: String(match.2), path: String(match.3),
        doors: Set((match.4 ?? "").matches(of: /"([^"]+)"/).map { String($0.1) }),
        isProgram: match.1 == "program")
    }
    #expect(rooms.count == manifest.matches(of: /\bat: "/).count)
    return rooms
  }

  /// All Swift of a room.
  private static func text(of room: Room) throws -> String {
    let folder = Repository.root.appendingPathComponent(room.path)
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path))
    var text = ""
    for case let path as String in paths where path.hasSuffix(".swift") {
      text += try Repository.text("\(room.path)/\(path)")
    }
    return text
  }

  @Test("each door of a room is imported, or is a program that its tests run")
  func used() throws {
    let rooms = try Self.rooms()
    let programs = Set(rooms.filter(\.isProgram).map(\.name))
    for room in rooms {
      let text = try Self.text(of: room)
      let imported = Set(
        text.matches(of: #/(?m)^ *(?:@?\w+ )*import (\w+)/#).map { String($0.1) })
      let unused = room.doors.filter { door in
        !imported.contains(door.replacing("-", with: "_"))
          && !(programs.contains(door) && text.contains("\"\(door)\""))
      }
      #expect(unused.isEmpty, "\(room.name) declares what it does not import: \(unused.sorted())")
    }
  }

  @Test("ARCHITECTURE.md lists the doors of Package.swift, room for room")
  func listed() throws {
    var listed: [String: Set<String>] = [:]
    let page = try Repository.text("docs/ARCHITECTURE.md")
    for match in page.matches(of: #/(?m)^([\w-]+) +-> (.+)$/#) {
      let doors = match.2 == "nothing" ? [] : match.2.split(separator: ", ").map(String.init)
      listed[String(match.1)] = Set(doors)
    }
    var declared: [String: Set<String>] = [:]
    for room in try Self.rooms() where room.path.hasPrefix("Sources/") {
      declared[Self.short(room.name)] = Set(room.doors.map(Self.short))
    }
    #expect(listed == declared)
  }

  /// A module's name as the page has it.
  private static func short(_ name: String) -> String {
    name.hasPrefix("Bitim") ? String(name.dropFirst("Bitim".count)) : name
  }
}
