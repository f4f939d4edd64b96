extension StoreFile {
  /// The second step of the registry's schema: what is entered by hand and only ever grows.
  ///
  /// Consents get entries of no import, numbers get a history of their own, and patients' wishes get
  /// versions. The triggers keep what was entered: nothing is deleted, nothing is changed, and of a consent
  /// only an imported one is ever superseded.
  static let entriesByHand = """
    -- The number of the last entry made by hand, of whatever kind.
    ALTER TABLE workspace ADD COLUMN last_entry INTEGER NOT NULL DEFAULT 0;

    -- Made anew, since SQLite cannot make a column nullable: import_run is NULL for an entry by hand.
    CREATE TABLE consent_event_2 (
      patient INTEGER NOT NULL REFERENCES patient,
      sequence INTEGER NOT NULL,
      evidence BLOB NOT NULL,
      import_run INTEGER REFERENCES import_run,
      recorded_at INTEGER NOT NULL,
      superseded_by INTEGER,
      statement BLOB NOT NULL,
      PRIMARY KEY (patient, sequence)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO consent_event_2
    SELECT patient, sequence, evidence, import_run,
      (SELECT recorded_at FROM import_run WHERE import_run.id = consent_event.import_run), superseded_by,
      statement
    FROM consent_event;
    DROP TABLE consent_event;
    ALTER TABLE consent_event_2 RENAME TO consent_event;

    CREATE TRIGGER consent_event_stays BEFORE DELETE ON consent_event
    BEGIN SELECT RAISE(ABORT, 'consent_event is append-only'); END;
    CREATE TRIGGER consent_event_holds BEFORE UPDATE ON consent_event
    WHEN OLD.import_run IS NULL OR OLD.superseded_by IS NOT NULL OR NEW.superseded_by IS NULL
      OR NEW.superseded_by <= OLD.sequence OR NEW.patient <> OLD.patient OR NEW.sequence <> OLD.sequence
      OR NEW.evidence <> OLD.evidence OR NEW.import_run IS NOT OLD.import_run
      OR NEW.recorded_at <> OLD.recorded_at OR NEW.statement <> OLD.statement
    BEGIN SELECT RAISE(ABORT, 'consent_event is append-only'); END;

    -- What became known or was said at a number, as a keyed hash; sealed under the registry's key, because a
    -- number outlasts those who have it.
    CREATE TABLE number_event (
      id INTEGER PRIMARY KEY,
      number BLOB NOT NULL,
      at INTEGER NOT NULL,
      detail BLOB NOT NULL
    ) STRICT;
    CREATE INDEX number_event_number ON number_event (number, id);
    CREATE TRIGGER number_event_stays BEFORE DELETE ON number_event
    BEGIN SELECT RAISE(ABORT, 'number_event is append-only'); END;
    CREATE TRIGGER number_event_holds BEFORE UPDATE ON number_event
    BEGIN SELECT RAISE(ABORT, 'number_event is append-only'); END;

    -- What a patient wishes; the highest version holds.
    CREATE TABLE preference (
      patient INTEGER NOT NULL REFERENCES patient,
      version INTEGER NOT NULL,
      detail BLOB NOT NULL,
      PRIMARY KEY (patient, version)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER preference_stays BEFORE DELETE ON preference
    BEGIN SELECT RAISE(ABORT, 'preference is append-only'); END;
    CREATE TRIGGER preference_holds BEFORE UPDATE ON preference
    BEGIN SELECT RAISE(ABORT, 'preference is append-only'); END;

    -- The last policy without a fault. It says nothing of anybody.
    CREATE TABLE kept_policy (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      text BLOB NOT NULL,
      kept_at INTEGER NOT NULL
    ) STRICT;
    """
}
