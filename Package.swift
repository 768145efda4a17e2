// swift-tools-version: 6.3
import PackageDescription

/// One list for every target: a looser target must say so, and why, where it is declared.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A room: a module, its folder, and the rooms it imports. Name, folder, doors: three lines.
func room(
  _ name: String, at path: String, doors: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: doors, path: path, exclude: exclude, swiftSettings: strict)
}

/// A room that is a program.
func program(
  _ name: String, at path: String, doors: [Target.Dependency], exclude: [String] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: doors, path: path, exclude: exclude, swiftSettings: strict)
}

/// A room of tests; programs that they run are among the doors too.
func tests(_ name: String, at path: String, doors: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: doors, path: path, swiftSettings: strict)
}

/// The doors are the architecture: `docs/ARCHITECTURE.md` has the list, and a test compares.
let package = Package(
  name: "bitim",
  products: [
    .library(name: "BitimClient", targets: ["BitimClient"]),
    .library(name: "BitimListener", targets: ["BitimListener"]),
    .library(name: "BitimProtocol", targets: ["BitimProtocol"]),
    .library(name: "BitimTrust", targets: ["BitimTrust"]),
    .executable(name: "bitim", targets: ["bitim"]),
    .executable(name: "bitimd", targets: ["bitimd"]),
    .executable(name: "bitim-rpc", targets: ["bitim-rpc"]),
    .executable(name: "bitim-generate", targets: ["bitim-generate"]),
  ],
  targets: [
    // What both ends share.
    room("BitimProtocol", at: "Sources/Protocol/Wire"),
    room("BitimCrypto", at: "Sources/Protocol/Crypto"),
    room(
      "BitimTrust", at: "Sources/Protocol/Trust",
      doors: ["BitimCrypto"]),
    room(
      "BitimSystem", at: "Sources/Protocol/System",
      doors: ["CLinux"]),
    .target(name: "CLinux", path: "Sources/Protocol/CLinux"),
    program(
      "bitim-generate", at: "Sources/Protocol/Generate",
      doors: ["BitimCrypto", "BitimProtocol"]),

    // Clients.
    room(
      "BitimClient", at: "Sources/Client/Library",
      doors: ["BitimProtocol", "BitimSystem"]),
    room(
      "BitimPaper", at: "Sources/Client/Paper",
      doors: ["BitimCrypto", "BitimProtocol"]),
    program(
      "bitim", at: "Sources/Client/CommandLine",
      doors: ["BitimClient", "BitimPaper", "BitimProtocol", "BitimSystem", "BitimTrust"],
      exclude: ["Texts"]),
    program(
      "bitim-rpc", at: "Sources/Client/Calls",
      doors: ["BitimClient", "BitimProtocol"]),

    // The server.
    room("BitimDomain", at: "Sources/Server/Domain"),
    room(
      "BitimStore", at: "Sources/Server/Store",
      doors: [
        "BitimCrypto", "BitimDomain", "BitimProtocol", "BitimSystem", "BitimTrust", "CSQLite",
      ]),
    .systemLibrary(
      name: "CSQLite", path: "Sources/Server/CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    room(
      "BitimServices", at: "Sources/Server/Services",
      doors: [
        "BitimCrypto", "BitimDomain", "BitimListener", "BitimProtocol", "BitimSigning",
        "BitimStore", "BitimSystem", "BitimTrust",
      ]),
    room(
      "BitimSigning", at: "Sources/Server/Signing",
      doors: ["BitimCrypto", "BitimSystem", "BitimTrust"]),
    room(
      "BitimListener", at: "Sources/Server/Listener",
      doors: ["BitimProtocol", "BitimSystem"]),
    program(
      "bitimd", at: "Sources/Server/Daemon",
      doors: [
        "BitimDomain", "BitimListener", "BitimProtocol", "BitimServices", "BitimSigning",
        "BitimStore", "BitimSystem", "BitimTrust",
      ]),

    // Tests of a room, and what they share.
    room(
      "BitimTestSupport", at: "Tests/Support",
      doors: [
        "BitimClient", "BitimDomain", "BitimListener", "BitimProtocol", "BitimServices",
        "BitimSigning", "BitimStore", "BitimSystem",
      ], exclude: ["Cases", "Registries"]),
    tests(
      "ClientTests", at: "Tests/ClientTests",
      doors: [
        "BitimClient", "BitimLab", "BitimListener", "BitimProtocol", "BitimSystem",
        "BitimTestSupport", "bitim-rpc",
      ]),
    tests(
      "CommandLineTests", at: "Tests/CommandLineTests",
      doors: [
        "BitimClient", "BitimCrypto", "BitimDomain", "BitimProtocol", "BitimStore",
        "BitimSystem", "BitimTestSupport", "BitimTrust", "CSQLite", "bitim", "bitimd",
      ]),
    tests(
      "CryptoTests", at: "Tests/CryptoTests",
      doors: ["BitimCrypto", "BitimTestSupport", "BitimTrust"]),
    tests(
      "DaemonTests", at: "Tests/DaemonTests",
      doors: [
        "BitimClient", "BitimDomain", "BitimListener", "BitimProtocol", "BitimStore", "BitimSystem",
        "BitimTestSupport", "CSQLite", "bitimd",
      ]),
    tests(
      "DomainTests", at: "Tests/DomainTests",
      doors: ["BitimDomain"]),
    tests(
      "HouseTests", at: "Tests/HouseTests",
      doors: [
        "BitimCrypto", "BitimDomain", "BitimProtocol", "BitimStore", "BitimTestSupport",
        "bitim-generate",
      ]),
    tests(
      "ListenerTests", at: "Tests/ListenerTests",
      doors: [
        "BitimClient", "BitimLab", "BitimListener", "BitimProtocol", "BitimSystem",
        "BitimTestSupport",
      ]),
    // The School by the rule book alone, played against the service: of the server it knows its answers.
    tests(
      "ModelTests", at: "Tests/ModelTests",
      doors: ["BitimClient", "BitimProtocol", "BitimTestSupport"]),
    tests(
      "PaperTests", at: "Tests/PaperTests",
      doors: ["BitimPaper", "BitimProtocol", "BitimTestSupport"]),
    tests(
      "ProtocolTests", at: "Tests/ProtocolTests",
      doors: ["BitimProtocol", "BitimTestSupport"]),
    tests(
      "ServicesTests", at: "Tests/ServicesTests",
      doors: [
        "BitimClient", "BitimCrypto", "BitimDomain", "BitimProtocol", "BitimServices", "BitimStore",
        "BitimTestSupport", "BitimTrust",
      ]),
    tests(
      "SigningTests", at: "Tests/SigningTests",
      doors: ["BitimCrypto", "BitimSigning", "BitimSystem", "BitimTrust"]),
    tests(
      "StoreTests", at: "Tests/StoreTests",
      doors: [
        "BitimDomain", "BitimProtocol", "BitimStore", "BitimSystem", "BitimTestSupport",
        "BitimTrust",
        "CSQLite",
      ]),

    // Both ends' connection machines against each other, and what the fuzzers run with its seeds.
    tests(
      "SimulationTests", at: "Tests/Simulation",
      doors: ["BitimClient", "BitimListener", "BitimProtocol", "BitimTestSupport", "FuzzBodies"]),
    room(
      "FuzzBodies", at: "Tests/Fuzzing/Bodies",
      doors: ["BitimClient", "BitimListener", "BitimProtocol"]),

    // A service to try peers with: a library for the tests, and rpc-lab, server and client.
    room(
      "BitimLab", at: "Tests/Lab/Library",
      doors: ["BitimClient", "BitimListener", "BitimProtocol"]),
    program(
      "rpc-lab", at: "Tests/Lab/Program",
      doors: ["BitimClient", "BitimLab", "BitimListener", "BitimProtocol", "BitimSystem"]),

    // Signing, notes and proofs for judges that are not ours.
    program(
      "trust-lab", at: "Tests/Lab/Trust",
      doors: ["BitimCrypto", "BitimSigning", "BitimSystem", "BitimTrust"]),

    // Limits and load generator, in C so that what they show is the machine: Tests/Benchmarks.
    .executableTarget(
      name: "bench", path: "Tests/Benchmarks/bench",
      linkerSettings: [.linkedLibrary("sqlite3")]),
    program(
      "bench-streams", at: "Tests/Benchmarks/streams",
      doors: ["BitimClient", "BitimLab", "BitimProtocol"]),
    program(
      "bench-crypto", at: "Tests/Benchmarks/crypto",
      doors: ["BitimCrypto"]),
    program(
      "bench-echo", at: "Tests/Benchmarks/echo",
      doors: ["BitimListener", "BitimProtocol", "BitimSystem"]),
  ]
)
