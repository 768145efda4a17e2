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

/// The import list is the architecture: `docs/ARCHITECTURE.md`, "Doors".
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
    // Libraries.
    .target(
      name: "BitimClient",
      dependencies: ["BitimProtocol", "BitimSystem"],
      path: "Sources/Client/Library",
      swiftSettings: strict
    ),
    .target(name: "BitimCrypto", path: "Sources/Protocol/Crypto", swiftSettings: strict),
    .target(name: "BitimDomain", path: "Sources/Server/Domain", swiftSettings: strict),
    .target(
      name: "BitimListener",
      dependencies: ["BitimProtocol", "BitimSystem"],
      path: "Sources/Server/Listener",
      swiftSettings: strict
    ),
    .target(name: "BitimProtocol", path: "Sources/Protocol/Wire", swiftSettings: strict),
    .target(
      name: "BitimServices",
      dependencies: [
        "BitimCrypto", "BitimDomain", "BitimListener", "BitimProtocol", "BitimSystem",
        "BitimStore", "BitimTrust",
      ],
      path: "Sources/Server/Services",
      swiftSettings: strict
    ),
    .target(
      name: "BitimSystem",
      dependencies: ["CLinux"],
      path: "Sources/Protocol/System",
      swiftSettings: strict
    ),
    .target(
      name: "BitimStore",
      dependencies: [
        "BitimCrypto", "BitimDomain", "BitimProtocol", "BitimSystem", "BitimTrust", "CSQLite",
      ],
      path: "Sources/Server/Store",
      swiftSettings: strict
    ),
    .target(
      name: "BitimTrust",
      dependencies: ["BitimCrypto"],
      path: "Sources/Protocol/Trust",
      swiftSettings: strict
    ),
    .target(name: "CLinux", path: "Sources/Protocol/CLinux"),
    .systemLibrary(
      name: "CSQLite", path: "Sources/Server/CSQLite", providers: [.apt(["libsqlite3-dev"])]),

    // Executables.
    .executableTarget(
      name: "bitim",
      dependencies: ["BitimClient", "BitimProtocol", "BitimSystem", "BitimTrust"],
      path: "Sources/Client/CommandLine",
      exclude: ["Texts"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "bitim-rpc",
      dependencies: ["BitimClient", "BitimProtocol"],
      path: "Sources/Client/Calls",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "bitim-generate",
      dependencies: ["BitimProtocol"],
      path: "Sources/Protocol/Generate",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "bitimd",
      dependencies: [
        "BitimCrypto", "BitimDomain", "BitimListener", "BitimProtocol", "BitimServices",
        "BitimSystem", "BitimStore", "BitimTrust",
      ],
      path: "Sources/Server/Daemon",
      swiftSettings: strict
    ),

    // Tests.
    // Limits and load generator, in C so that what they show is the machine: Tests/Benchmarks.
    .executableTarget(
      name: "bench",
      dependencies: ["CSQLite"],
      path: "Tests/Benchmarks/bench",
      linkerSettings: [.linkedLibrary("sqlite3")]
    ),
    .executableTarget(
      name: "bench-streams",
      dependencies: ["BitimClient", "BitimLab", "BitimProtocol", "BitimSystem"],
      path: "Tests/Benchmarks/streams",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "bench-echo",
      dependencies: ["BitimListener", "BitimProtocol", "BitimSystem"],
      path: "Tests/Benchmarks/echo",
      swiftSettings: strict
    ),
    // A service to try peers with: a library for the tests, and rpc-lab, server and client.
    .target(
      name: "BitimLab",
      dependencies: ["BitimClient", "BitimListener", "BitimProtocol"],
      path: "Tests/Lab/Library",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "rpc-lab",
      dependencies: ["BitimClient", "BitimLab", "BitimListener", "BitimProtocol", "BitimSystem"],
      path: "Tests/Lab/Program",
      swiftSettings: strict
    ),
    .target(
      name: "BitimTestSupport",
      dependencies: [
        "BitimClient", "BitimDomain", "BitimListener", "BitimProtocol", "BitimServices",
        "BitimSystem", "BitimStore",
      ],
      path: "Tests/Support",
      exclude: ["Registries"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ClientTests",
      dependencies: [
        "BitimClient", "BitimLab", "BitimListener", "BitimProtocol", "BitimSystem",
        "BitimTestSupport",
      ],
      path: "Tests/ClientTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "BitimClient", "BitimDomain", "BitimProtocol", "BitimSystem", "BitimStore",
        "BitimTestSupport", "CSQLite", "bitim", "bitimd",
      ],
      path: "Tests/CommandLineTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "CryptoTests",
      dependencies: ["BitimCrypto", "BitimTestSupport", "BitimTrust"],
      path: "Tests/CryptoTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "DaemonTests",
      dependencies: [
        "BitimClient", "BitimDomain", "BitimProtocol", "BitimSystem", "BitimStore",
        "BitimTestSupport", "CSQLite", "bitim", "bitimd",
      ],
      path: "Tests/DaemonTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "DomainTests",
      dependencies: ["BitimDomain"],
      path: "Tests/DomainTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "HouseTests",
      dependencies: [
        "BitimCrypto", "BitimDomain", "BitimProtocol", "BitimStore", "BitimTestSupport",
        "bitim-generate",
      ],
      path: "Tests/HouseTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "ListenerTests",
      dependencies: [
        "BitimClient", "BitimLab", "BitimListener", "BitimProtocol", "BitimSystem",
        "BitimTestSupport",
      ],
      path: "Tests/ListenerTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "ProtocolTests",
      dependencies: ["BitimProtocol", "BitimTestSupport"],
      path: "Tests/ProtocolTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "ServicesTests",
      dependencies: [
        "BitimClient", "BitimDomain", "BitimListener", "BitimProtocol", "BitimServices",
        "BitimStore", "BitimTestSupport", "CSQLite",
      ],
      path: "Tests/ServicesTests",
      swiftSettings: strict
    ),
    // What the fuzzers of Tests/Fuzzing run, with its seeds.
    .target(
      name: "FuzzBodies",
      dependencies: ["BitimClient", "BitimListener", "BitimProtocol"],
      path: "Tests/Fuzzing/Bodies",
      swiftSettings: strict
    ),
    // Both ends' connection machines against each other.
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "BitimClient", "BitimListener", "BitimProtocol", "BitimTestSupport", "FuzzBodies",
      ],
      path: "Tests/Simulation",
      swiftSettings: strict
    ),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "BitimDomain", "BitimProtocol", "BitimSystem", "BitimStore", "BitimTestSupport", "CSQLite",
      ],
      path: "Tests/StoreTests",
      swiftSettings: strict
    ),
  ]
)
