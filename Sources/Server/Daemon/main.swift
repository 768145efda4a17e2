// bitimd: the registry's server, and the commands that own its database.
import BitimProtocol
import BitimSystem
import BitimStore
import Foundation

let help = """
  bitimd: the registry of a School of Mediators, server side.

    bitimd init --name-kk … --name-ru … --name-en … --region … --entitled-from DATE
                --entitled-by TEXT --administrator 'SURNAME GIVEN' --born DATE
                [--code SCHOOL] [--country KAZ] [--token-file admin.token]
                            makes the database, the School and its first administrator; at a
                            terminal it asks for what is not given
    bitimd serve [--trust-clock]
                            serves until SIGTERM, then finishes what it accepted; --trust-clock
                            where the clock is right although it is behind the last change
    bitimd migrate [--plan] folds the acts of an older program's database into a new one, which
                            takes its place; the old is kept. --plan only says what it would do
    bitimd check [--checkpoint FILE [--trust KEYFILE]]
                            derives everything again from the journal and compares, with a kept
                            checkpoint too; --trust wants it signed by a key of that file
    bitimd restore --from BACKUP|FOLDER --burn N [--checkpoint FILE [--trust KEYFILE]]
                   [--give-up N|unknown]
                            verifies a copy, burns the serials that may have been given out
                            since, and puts it in the database's place; the server is stopped
    bitimd recover-admin --person P-… [--token-file admin.token]
                            a token for an administrator when nobody has one; the server is stopped
    bitimd key new          makes the next key of the log beside the present one, for the server's
                            own agent, and says its public half; two persons certify it (bitim key)
    bitimd bridge           carries a connection between standard input and output and the socket
                            of --listen: what ssh://USER@HOST/PATH starts on this machine
    bitimd --version        its version, the commit where it is known, and the database's schema
    bitimd config check     prints the settings in force, looks at what they name, and says
                            whether `serve` would start

  Settings, as flags, as BITIMD_… in the environment, or in the file of --config:
    --database FILE         the database (bitim.db)
    --backups DIR           where `bitim admin backup` leaves copies (backups, beside the database)
    --listen ADDRESS,…      unix://PATH or tcp://HOST:PORT (unix://bitim.sock); may be repeated
    --loops N               event loops (one per core)
    --zone ZONE             the School's time zone (Asia/Almaty)
    --behind-terminator yes a TLS terminator stands in front of an address others can reach
    --terminators UID,…     users whose connections to a Unix socket begin with a PROXY v2 header
    --address-calls N       calls a second of one network address (200; five times as many at once)
    --address-connections N connections of one network address (64)
    --token-calls N         calls a second of one token (1000; five times as many at once)
    --token-changes N       changes a minute of one token (1000)
    --token-mebibytes N     MiB of changes a day of one token (256)
    --memory N              MiB of all that waits for peers, in and out (256)
    --commit-group N        the most changes in one commit (1000)
    --signer own|none|unix://PATH
                            who signs checkpoints of the journal: an ssh-agent of the server's own
                            (own), nobody, or the SSH agent at that socket
    --signing-key KEY       which key of that agent: its fingerprint as `ssh-add -l` has it, or its
                            comment; needed where it holds several

  Example:
    bitimd init --name-kk 'Медиаторлар мектебі' --name-ru 'Школа медиаторов' \\
      --name-en 'School of Mediators' --region 'Алматы қаласы' --entitled-from 2020-01-15 \\
      --entitled-by 'Тізілім № 7' --administrator 'Әбенова Гүлнәр' --born 1980-05-02
  """

/// Options that take a value, and those of `init`.
let initOptions: Set<String> = [
  "name-kk", "name-ru", "name-en", "region", "entitled-from", "entitled-by", "administrator",
  "born", "code", "country", "token-file",
]

func run(_ arguments: [String]) throws -> Int32 {
  var words: [String] = []
  var options: [String: String] = [:]
  var rest = arguments[...]
  while let word = rest.popFirst() {
    guard word.hasPrefix("--") else {
      words.append(word)
      continue
    }
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    if ["help", "plan", "trust-clock", "version"].contains(name) {
      guard parts.count == 1 else {
        throw Configuration.Fault(description: "--\(name): takes no value.")
      }
      options[name] = "yes"
      continue
    }
    let value: String
    if parts.count == 2 {
      value = String(parts[1])
    } else {
      guard let next = rest.popFirst(), !next.hasPrefix("--") else {
        throw Configuration.Fault(description: "\(word): a value is missing.")
      }
      value = next
    }
    if let before = options[name] {
      // A server may listen at several places; of all else there is one.
      guard name == "listen" else {
        throw Configuration.Fault(description: "--\(name): is given twice.")
      }
      options[name] = "\(before),\(value)"
    } else {
      options[name] = value
    }
  }
  if options["version"] != nil {
    print("bitimd \(Version.text), \(RegistrySchema.name)")
    return 0
  }
  if options["help"] != nil || words.isEmpty {
    print(help)
    return words.isEmpty && options["help"] == nil ? 2 : 0
  }
  var flags: [Configuration.Setting: String] = [:]
  for setting in Configuration.Setting.allCases { flags[setting] = options[setting.rawValue] }
  let known = Set(Configuration.Setting.allCases.map(\.rawValue)).union(["config"])
  let extra: Set<String> =
    switch words {
    case ["init"]: initOptions
    case ["migrate"]: ["plan"]
    case ["check"]: ["checkpoint", "trust"]
    case ["serve"]: ["trust-clock"]
    case ["restore"]: ["from", "burn", "checkpoint", "trust", "give-up"]
    case ["recover-admin"]: ["person", "token-file"]
    default: []
    }
  if let stranger = options.keys.first(where: { !known.contains($0) && !extra.contains($0) }) {
    throw Configuration.Fault(description: "--\(stranger): no such option; see bitimd --help.")
  }
  let configuration = try Configuration(
    flags: flags, file: options["config"], environment: ProcessInfo.processInfo.environment)
  do {
    return try run(words, options, configuration)
  } catch let fault as Configuration.Fault {
    throw fault
  } catch let status as Status {
    throw status
  } catch {
    throw Failed(words: Told.words(for: error, database: configuration.database))
  }
}

/// Our side failed, in words for people.
struct Failed: Error {
  let words: String
}

/// Does what the words of the command line say.
func run(
  _ words: [String], _ options: [String: String], _ configuration: Configuration
) throws -> Int32 {
  switch words {
  case ["serve"]: try Serve.run(configuration, trustsClock: options["trust-clock"] != nil)
  case ["init"]: try Offline.found(configuration, options)
  case ["migrate"]: try Upgrade(configuration, plansOnly: options["plan"] != nil).run()
  case ["check"]: return try Offline.check(configuration, try KeptCheckpoint(options)) ? 0 : 1
  case ["restore"]: try Restore(configuration, options).run()
  case ["recover-admin"]: try RecoverAdmin.run(configuration, options)
  case ["key", "new"]: try NextKey.run(configuration)
  case ["bridge"]: try Bridge.run(configuration)
  case ["config", "check"]: return ConfigurationCheck(configuration).report() ? 0 : 1
  default:
    throw Configuration.Fault(
      description: "'\(words.joined(separator: " "))': no such command; see bitimd --help.")
  }
  return 0
}

do {
  exit(try run(Array(CommandLine.arguments.dropFirst())))
} catch let fault as Configuration.Fault {
  Log.write("bitimd: \(fault)\n")
  exit(2)
} catch let status as Status {
  let reasons = status.reasons.map(\.reason).joined(separator: ", ")
  Log.write("bitimd: \(status.message) (\(reasons))\n")
  exit(1)
} catch {
  Log.write("bitimd: \((error as? Failed)?.words ?? Told.words(for: error))\n")
  exit(5)
}
