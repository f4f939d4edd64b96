import FoundationEssentials
import Glibc
public import OutreachCore

/// Makes the providers that `clinic.lua` names.
public enum ProviderCatalogue {
  /// Makes a provider with its secret.
  ///
  /// - Parameters:
  ///   - folder: where the provider of kind `file` writes unless the settings say otherwise.
  ///   - environment: where secrets are looked for first.
  public static func provider(
    _ settings: ProviderSettings, folder: String, environment: [String: String]
  ) throws(DeliveryError) -> any Provider {
    switch settings.kind {
    case .file: return FileProvider(settings, folder: settings.options["folder"] ?? folder)
    case .twilio: return try TwilioProvider(settings, secret: try secret(of: settings, environment))
    case .kannel: return try KannelProvider(settings, secret: try secret(of: settings, environment))
    case .webhook: return try WebhookProvider(settings, secret: try secret(of: settings, environment))
    case .smtp:
      return try SMTPProvider(
        settings, secret: settings.options["user"] == nil ? nil : try secret(of: settings, environment))
    }
  }

  /// A provider's secret: from the environment, or from a file that nobody else may read.
  private static func secret(
    of settings: ProviderSettings, _ environment: [String: String]
  ) throws(DeliveryError) -> String {
    let variable = ProviderSettings.secretVariable(of: settings.name)
    if let secret = environment[variable], !secret.isEmpty { return secret }
    guard let path = settings.options["secret_file"] else {
      throw .noSecret(provider: settings.name, variable: variable)
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .secretFile(provider: settings.name, path: path, why: String(cString: strerror(errno)))
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .secretFile(
        provider: settings.name, path: path, why: "others may read it; make it yours alone with 'chmod 600'")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .secretFile(provider: settings.name, path: path, why: "it cannot be read")
    }
    let text = String(decoding: data, as: UTF8.self).trimmingSpace
    guard !text.isEmpty else { throw .secretFile(provider: settings.name, path: path, why: "it is empty") }
    return text
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmingSpace: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
