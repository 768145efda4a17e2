// swift-tools-version: 6.3
import PackageDescription

/// Built by scripts/conformance alone: the generated code is not committed.
let package = Package(
  name: "conformance",
  dependencies: [.package(name: "bitim", path: "../..")],
  targets: [
    .executableTarget(
      name: "testee",
      dependencies: [.product(name: "BitimProtocol", package: "bitim")],
      path: "testee",
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
