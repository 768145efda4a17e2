/// A setting of the School has another value from a day on.
package struct SettingChanged: Equatable, Sendable {
  package var change: SettingChange

  package init(change: SettingChange) { self.change = change }
}
