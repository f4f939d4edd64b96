/// The files that come with the program and that every new workspace gets a copy of.
enum ShippedFiles {
  /// File names in a workspace with their text, in the order in which they are made.
  static let all: [(name: String, text: String)] = [
    ("clinic.lua", text(PackageResources.clinic_lua)),
    ("policy.lua", text(PackageResources.policy_lua)),
    ("valuesets.lua", text(PackageResources.valuesets_lua)),
    ("appointment-reminder.lua", text(PackageResources.appointment_reminder_lua)),
    ("outreach.d.lua", text(PackageResources.outreach_d_lua)),
    (".luarc.json", text(PackageResources.luarc_json)),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
