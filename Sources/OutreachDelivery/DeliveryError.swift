/// What keeps messages from being handed over at all; of one message a provider's answer tells.
public enum DeliveryError: Error, Hashable, Sendable {
  /// A provider's secret is not where it should be.
  case noSecret(provider: String, variable: String)
  /// The file of a secret can be read by others, or not at all.
  case secretFile(provider: String, path: String, why: String)
  /// The settings of a provider do not do.
  case settings(provider: String, why: String)
  /// A file or the disk failed.
  case file(path: String, why: String)
  /// A library failed.
  case library(String)
}

extension DeliveryError: CustomStringConvertible {
  /// A sentence that says what happened and what can be done.
  public var description: String {
    switch self {
    case .noSecret(let provider, let variable):
      "the secret of '\(provider)' is missing; put it into the environment as \(variable), or name its file with "
        + "'secret_file' in clinic.lua"
    case .secretFile(let provider, let path, let why):
      "the secret of '\(provider)' cannot be taken from \(path): \(why)"
    case .settings(let provider, let why): "the provider '\(provider)' in clinic.lua: \(why)"
    case .file(let path, let why): "\(path) cannot be written: \(why); nothing more is sent"
    case .library(let what): "\(what) failed; nothing more is sent"
    }
  }
}
