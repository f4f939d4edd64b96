extension StoreFile {
  /// The registry: numbers of rows, keyed hashes and sealed blobs; nothing that describes anybody.
  static let registry = StoreFile(
    applicationID: 0x4F55_5452,  // OUTR
    migrations: [
      Migration(
        name: "v1",
        sql: """
          CREATE TABLE workspace (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id TEXT NOT NULL,
            key_check BLOB NOT NULL,
            import_version INTEGER NOT NULL
          ) STRICT;

          CREATE TABLE import_run (
            id INTEGER PRIMARY KEY,
            as_of INTEGER NOT NULL,
            recorded_at INTEGER NOT NULL,
            import_version INTEGER NOT NULL,
            detail BLOB NOT NULL
          ) STRICT;

          -- The order of id is the order of handle. lookup is the keyed hash of the source's identifier.
          -- standing: bits 1 deleted by the source, 2 replaced, 4 cyclic, 8 others were merged into it.
          CREATE TABLE patient (
            id INTEGER PRIMARY KEY,
            handle TEXT NOT NULL UNIQUE,
            lookup BLOB NOT NULL UNIQUE,
            standing INTEGER NOT NULL,
            identity_version INTEGER NOT NULL,
            facts_version INTEGER NOT NULL,
            identity BLOB NOT NULL,
            facts BLOB NOT NULL
          ) STRICT;

          -- Numbers in use by active, living patients, as keyed hashes.
          CREATE TABLE contact_point (
            hash BLOB NOT NULL,
            patient INTEGER NOT NULL REFERENCES patient,
            PRIMARY KEY (hash, patient)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX contact_point_patient ON contact_point (patient);

          -- Append-only but for superseded_by, which names the later sequence of the same evidence.
          CREATE TABLE consent_event (
            patient INTEGER NOT NULL REFERENCES patient,
            sequence INTEGER NOT NULL,
            evidence BLOB NOT NULL,
            import_run INTEGER NOT NULL REFERENCES import_run,
            superseded_by INTEGER,
            statement BLOB NOT NULL,
            PRIMARY KEY (patient, sequence)
          ) STRICT, WITHOUT ROWID;

          -- What the source says: target is the lookup of a patient, who may be unknown.
          CREATE TABLE replacement (
            patient INTEGER NOT NULL REFERENCES patient,
            target BLOB NOT NULL,
            PRIMARY KEY (patient, target)
          ) STRICT, WITHOUT ROWID;

          -- What follows: the records that stand at the end of the chains.
          CREATE TABLE merged_record (
            survivor INTEGER NOT NULL REFERENCES patient,
            patient INTEGER NOT NULL REFERENCES patient,
            PRIMARY KEY (survivor, patient)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX merged_record_patient ON merged_record (patient);

          CREATE TABLE shared_resource (
            id INTEGER PRIMARY KEY,
            lookup BLOB NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            content BLOB NOT NULL
          ) STRICT;

          CREATE TABLE reveal (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            detail BLOB NOT NULL
          ) STRICT;
          """),
      Migration(name: "v2", sql: entriesByHand),
      Migration(name: "v3", sql: approvals),
      Migration(name: "v4", sql: ledger),
    ])
}
