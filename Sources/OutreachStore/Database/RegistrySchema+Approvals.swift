extension StoreFile {
  /// The third step of the registry's schema: who stands behind what is said, and what links stand for.
  static let approvals = """
    -- That somebody approved a campaign exactly as it stood.
    CREATE TABLE approval (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      detail BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER approval_stays BEFORE DELETE ON approval
    BEGIN SELECT RAISE(ABORT, 'approval is append-only'); END;
    CREATE TRIGGER approval_holds BEFORE UPDATE ON approval
    BEGIN SELECT RAISE(ABORT, 'approval is append-only'); END;

    -- A word of a text that somebody asks to allow for a while.
    CREATE TABLE wording_override (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      detail BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER wording_override_stays BEFORE DELETE ON wording_override
    BEGIN SELECT RAISE(ABORT, 'wording_override is append-only'); END;
    CREATE TRIGGER wording_override_holds BEFORE UPDATE ON wording_override
    BEGIN SELECT RAISE(ABORT, 'wording_override is append-only'); END;

    -- What a second person said to it: kind 1 confirms it, 2 takes it back. Each is said once.
    CREATE TABLE wording_signature (
      id INTEGER PRIMARY KEY,
      wording_override INTEGER NOT NULL REFERENCES wording_override,
      kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
      detail BLOB NOT NULL,
      UNIQUE (wording_override, kind)
    ) STRICT;
    CREATE TRIGGER wording_signature_stays BEFORE DELETE ON wording_signature
    BEGIN SELECT RAISE(ABORT, 'wording_signature is append-only'); END;
    CREATE TRIGGER wording_signature_holds BEFORE UPDATE ON wording_signature
    BEGIN SELECT RAISE(ABORT, 'wording_signature is append-only'); END;

    -- What the tokens of links stand for; lookup is the keyed hash of a token, which itself is nowhere. Each leads to
    -- one thing, until it expires.
    CREATE TABLE link (
      id INTEGER PRIMARY KEY,
      lookup BLOB NOT NULL UNIQUE,
      patient INTEGER NOT NULL REFERENCES patient,
      expires_at INTEGER NOT NULL,
      detail BLOB NOT NULL
    ) STRICT;
    CREATE INDEX link_expires ON link (expires_at);
    """
}
