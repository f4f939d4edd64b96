extension StoreFile {
  /// The key store: the patients' wrapped keys, apart from what they seal.
  static let keyStore = StoreFile(
    applicationID: 0x4F55_544B,  // OUTK
    migrations: [
      Migration(
        name: "v1",
        sql: """
          CREATE TABLE workspace (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id TEXT NOT NULL,
            key_check BLOB NOT NULL,
            registry_key BLOB NOT NULL
          ) STRICT;
          -- wrapped is NULL once the key was destroyed.
          CREATE TABLE patient_key (
            patient INTEGER PRIMARY KEY,
            wrapped BLOB
          ) STRICT;
          """)
    ])
}
