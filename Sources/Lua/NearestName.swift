internal import CLua

/// The nearest of some names, nil when none is near enough to be meant.
///
/// At most a third of the letters differ; among equals the first wins.
public func nearestName(to name: String, among names: some Sequence<String>) -> String? {
  var best: (name: String, distance: Int32)?
  var wanted = name
  for candidate in names {
    var other = candidate
    let distance = wanted.withUTF8 { wanted in
      other.withUTF8 { other in
        unsafe clua_name_distance(wanted.characters, wanted.count, other.characters, other.count)
      }
    }
    if distance >= 0, distance < (best?.distance ?? .max) { best = (candidate, distance) }
  }
  return best?.name
}
