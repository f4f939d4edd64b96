/// A policy that comes with the program, to begin with.
public enum PolicyPreset: String, Hashable, Sendable, CaseIterable {
  /// Primary care in the United States.
  case usPrimaryCare = "us-primary-care"
  /// The European Union, with its General Data Protection Regulation.
  case euGDPR = "eu-gdpr"

  /// The text of its file.
  var source: [UInt8] {
    switch self {
    case .usPrimaryCare: PackageResources.policy_lua
    case .euGDPR: PackageResources.policy_eu_gdpr_lua
    }
  }
}

/// The files that come with the program and that every new workspace gets a copy of.
enum ShippedFiles {
  /// File names in a workspace with their text, in the order in which they are made.
  static func all(_ preset: PolicyPreset) -> [(name: String, text: String)] {
    [
      ("clinic.lua", text(PackageResources.clinic_lua)),
      ("policy.lua", text(preset.source)),
      ("valuesets.lua", text(PackageResources.valuesets_lua)),
      ("appointment-reminder.lua", text(PackageResources.appointment_reminder_lua)),
      ("outreach.d.lua", text(PackageResources.outreach_d_lua)),
      (".luarc.json", text(PackageResources.luarc_json)),
    ]
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
