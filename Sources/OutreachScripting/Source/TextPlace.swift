/// Where the bytes of a text are written in its file.
struct TextPlace {
  /// The offset in the file of each byte of the text.
  let origins: [Int]
  /// The offset of the text itself, for what is about all of it.
  let fallback: Int

  /// Where a part of the text begins.
  func offset(of range: Range<Int>) -> Int {
    origins.indices.contains(range.lowerBound) ? origins[range.lowerBound] : fallback
  }

  /// How many bytes of the file a part of the text takes, as far as it is written in one piece.
  func length(of range: Range<Int>) -> Int {
    guard origins.indices.contains(range.lowerBound) else { return 1 }
    let start = origins[range.lowerBound]
    let last = origins[min(range.upperBound, origins.count) - 1]
    return max(1, last - start + 1)
  }
}
