import FoundationEssentials
import Glibc
import OutreachDelivery
import OutreachImport
import OutreachScripting
import OutreachStore

extension OutreachError {
  /// An error of a module below, with the exit code that fits it.
  init(wrapping error: any Error) {
    switch error {
    case let error as OutreachError: self = error
    case let error as StoreError: self.init(Self.kind(of: error), "\(error)")
    case let error as ImportError: self.init(.badInput, "\(error)")
    case let error as PrivateFile.Failure:
      self.init(.badInput, "\(error.path) cannot be written: \(String(cString: strerror(error.code)))")
    case let error as CocoaError:
      let path = error.userInfo["NSFilePath"] as? String ?? "a file"
      self.init(.badInput, "\(path) cannot be made or written; look at the rights of its folder")
    case let error as DeliveryError: self.init(Self.kind(of: error), "\(error)")
    case let error as ScriptJobFailure: self.init(.tryAgain, "\(error)")
    default: self.init(.defect, "something went wrong that nobody foresaw: \(type(of: error))")
    }
  }

  private static func kind(of error: DeliveryError) -> Kind {
    switch error {
    case .noSecret, .secretFile, .settings: .badInput
    case .file: .tryAgain
    case .library: .defect
    }
  }

  private static func kind(of error: StoreError) -> Kind {
    switch error {
    case .inputOutput, .busy, .changedMeanwhile, .diskFull: .tryAgain
    case .exists: .usage
    case .failed: .defect
    default: .badInput
    }
  }
}
