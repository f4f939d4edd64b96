extension StoreFile {
  /// The fourth step of the registry's schema: what was decided, what is on its way out, and who sends.
  ///
  /// States are the numbers of `SendState.Kind`. The triggers keep the promise that nothing goes out twice even against a
  /// defect of the program: what may have left is never planned again but over `in_doubt`, and no row disappears.
  static let ledger = """
    -- One run of campaigns; what it planned is due only once it is committed.
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      committed_at INTEGER,
      detail BLOB
    ) STRICT;

    -- How many messages a run planned for a campaign, which is a keyed hash.
    CREATE TABLE run_campaign (
      campaign BLOB NOT NULL,
      run INTEGER NOT NULL REFERENCES run,
      planned INTEGER NOT NULL,
      PRIMARY KEY (campaign, run)
    ) STRICT, WITHOUT ROWID;

    -- One message to one patient about one thing, once ever: key is the keyed hash of campaign, patient, message and
    -- occurrence; token is that of the name by which a provider knows it. plan and outcome are sealed under the patient's
    -- key.
    CREATE TABLE send (
      id INTEGER PRIMARY KEY,
      key BLOB NOT NULL UNIQUE,
      patient INTEGER NOT NULL REFERENCES patient,
      campaign BLOB NOT NULL,
      channel TEXT NOT NULL,
      run INTEGER NOT NULL REFERENCES run,
      state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 11),
      due_at INTEGER NOT NULL,
      wake_at INTEGER NOT NULL,
      owner INTEGER,
      lease_until INTEGER,
      attempts INTEGER NOT NULL DEFAULT 0,
      planned_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      provider TEXT,
      token BLOB NOT NULL UNIQUE,
      reference BLOB,
      plan BLOB NOT NULL,
      outcome BLOB,
      CHECK ((state IN (2, 3)) = (owner IS NOT NULL))
    ) STRICT;
    -- What went out, at the last attempt; apart from send, whose rows change often and stay small. Both are sealed under
    -- the patient's key; text goes when its time is over.
    CREATE TABLE sent (
      send INTEGER PRIMARY KEY REFERENCES send,
      message BLOB NOT NULL,
      text BLOB
    ) STRICT;
    CREATE INDEX send_due ON send (wake_at, id) WHERE state IN (1, 6);
    CREATE INDEX send_held ON send (owner, state) WHERE owner IS NOT NULL;
    CREATE INDEX send_in_doubt ON send (id) WHERE state = 7;
    CREATE INDEX send_patient ON send (patient);
    CREATE INDEX send_run ON send (run) WHERE state = 1;
    CREATE INDEX send_reference ON send (reference) WHERE reference IS NOT NULL;
    CREATE TRIGGER send_stays BEFORE DELETE ON send
    BEGIN SELECT RAISE(ABORT, 'send keeps every row'); END;
    CREATE TRIGGER send_once BEFORE UPDATE OF state ON send
    WHEN (OLD.state IN (3, 4, 5, 7, 8, 9, 10) AND NEW.state IN (1, 2, 11))
      OR (OLD.state IN (4, 5, 8, 9, 10) AND NEW.state IN (3, 6, 7))
      OR (NEW.state = 3 AND OLD.state <> 2)
    BEGIN SELECT RAISE(ABORT, 'send: what may have left is not planned again'); END;

    -- What the last run that looked at a candidate made of it; by the same key as send. Rows are
    -- long, and stand in the order in which they came, so that a run does not write all over the file.
    CREATE TABLE decision (
      id INTEGER PRIMARY KEY,
      key BLOB NOT NULL UNIQUE,
      patient INTEGER NOT NULL REFERENCES patient,
      verdict INTEGER NOT NULL CHECK (verdict IN (1, 2, 3)),
      reason TEXT,
      state_hash BLOB NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      count INTEGER NOT NULL,
      version INTEGER NOT NULL,
      detail BLOB NOT NULL
    ) STRICT;
    CREATE INDEX decision_patient ON decision (patient);

    -- Processes that send; each holds a lock on its own byte of the lock file while it lives.
    CREATE TABLE sender (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      started_at INTEGER NOT NULL
    ) STRICT;

    -- What is held back: a campaign, as a keyed hash, or everything where that is NULL.
    CREATE TABLE pause (
      id INTEGER PRIMARY KEY,
      campaign BLOB,
      at INTEGER NOT NULL,
      detail BLOB NOT NULL
    ) STRICT;

    -- In a copy: when it was made.
    CREATE TABLE backup (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      at INTEGER NOT NULL
    ) STRICT;

    -- The times between a copy and its return, in which messages may have left that this database does not know of.
    CREATE TABLE gap (
      id INTEGER PRIMARY KEY,
      from_at INTEGER NOT NULL,
      until_at INTEGER NOT NULL
    ) STRICT;

    -- What the clocks showed when something was last sent.
    CREATE TABLE clock_reading (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      wall INTEGER NOT NULL,
      since_start INTEGER NOT NULL,
      start TEXT NOT NULL
    ) STRICT;
    """
}
