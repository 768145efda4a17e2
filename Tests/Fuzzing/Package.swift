// swift-tools-version: 6.3
import PackageDescription

/// Built by scripts/fuzz alone, with libFuzzer and AddressSanitizer.
let package = Package(
  name: "fuzzing",
  dependencies: [.package(name: "bitim", path: "../..")],
  targets: [
    .target(
      name: "FuzzBodies",
      dependencies: [
        .product(name: "BitimClient", package: "bitim"),
        .product(name: "BitimListener", package: "bitim"),
        .product(name: "BitimProtocol", package: "bitim"),
      ],
      path: "Bodies"),
    .executableTarget(name: "fuzz-frames", dependencies: ["FuzzBodies"], path: "Targets/frames"),
    .executableTarget(
      name: "fuzz-envelopes", dependencies: ["FuzzBodies"], path: "Targets/envelopes"),
    .executableTarget(
      name: "fuzz-messages", dependencies: ["FuzzBodies"], path: "Targets/messages"),
    .executableTarget(
      name: "fuzz-machines", dependencies: ["FuzzBodies"], path: "Targets/machines"),
  ]
)
