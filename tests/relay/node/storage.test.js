import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { createStorage, openDatabase } from "../../../relay/node/storage.ts";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";

/** @param {import("node:test").TestContext} t */
const open = async (t) => {
  const path = join(temporaryFolder(), "a.sqlite");
  const database = openDatabase(path);
  /** @type {Error[]} */
  const failures = [];
  const storage = createStorage(database, { setAlarm() {}, onFailure: (error) => failures.push(error) });
  t.after(() => storage.close());
  const other = openDatabase(path);
  t.after(() => other.close());
  /** @returns {unknown[]} what is committed */
  const committed = () =>
    other
      .prepare("SELECT b FROM a")
      .all()
      .map(({ b }) => b);
  storage.sql.exec("CREATE TABLE a (b)");
  await storage.sync();
  return { storage, database, failures, committed };
};

test("what was written since the last commit becomes durable together, with sync()", async (t) => {
  const { storage, committed } = await open(t);
  storage.sql.exec("INSERT INTO a VALUES (?)", 1);
  storage.sql.exec("INSERT INTO a VALUES (?)", 2);
  assert.deepEqual(committed(), []);
  await storage.sync();
  assert.deepEqual(committed(), [1, 2]);
});

test("what nobody syncs is committed at the end of the turn", async (t) => {
  const { storage, committed } = await open(t);
  storage.sql.exec("INSERT INTO a VALUES ('x')");
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(committed(), ["x"]);
});

test("several statements in one text run all, and the rows are the last one's", async (t) => {
  const { storage } = await open(t);
  const text = "INSERT INTO a VALUES (1); INSERT INTO a VALUES (2);\n SELECT count(*) AS count FROM a WHERE b <= ?; ";
  assert.equal(storage.sql.exec(text, 9).toArray()[0]?.["count"], 2);
  assert.equal(storage.sql.exec(text, 9).toArray()[0]?.["count"], 4);
});

test("a transaction that throws leaves nothing, also inside of another", async (t) => {
  const { storage, committed } = await open(t);
  storage.transactionSync(() => {
    storage.sql.exec("INSERT INTO a VALUES (1)");
    assert.throws(
      () =>
        storage.transactionSync(() => {
          storage.sql.exec("INSERT INTO a VALUES (2)");
          throw new Error("no");
        }),
      /no/,
    );
    storage.sql.exec("INSERT INTO a VALUES (3)");
  });
  await storage.sync();
  assert.deepEqual(committed(), [1, 3]);
});

test("a statement that is wrong costs nothing of what was written before", async (t) => {
  const { storage, failures, committed } = await open(t);
  storage.sql.exec("INSERT INTO a VALUES (1)");
  assert.throws(() => storage.sql.exec("INSERT INTO missing VALUES (1)"), /missing/);
  await storage.sync();
  assert.deepEqual([committed(), failures], [[1], []]);
});

test("a transaction that SQLite takes back ends the storage: nothing goes on with what is not on the disk", async (t) => {
  const { storage, database, failures, committed } = await open(t);
  storage.sql.exec("INSERT INTO a VALUES (1)");
  // As when the disk is full: the next page is one too many.
  database.exec("PRAGMA max_page_count = 1");
  assert.throws(() => storage.sql.exec("INSERT INTO a VALUES (?)", "x".repeat(1_000_000)), /full/);
  assert.equal(failures.length, 1);
  assert.throws(() => storage.sql.exec("SELECT 1"), /full/);
  assert.throws(() => storage.transactionSync(() => {}), /full/);
  await assert.rejects(
    storage.sync().then(() => storage.sync()),
    /full/,
  );
  assert.deepEqual(committed(), []);
});

test("a commit that fails rejects, and ends the storage", async (t) => {
  const { storage, database, failures, committed } = await open(t);
  database.exec("PRAGMA foreign_keys = ON");
  storage.sql.exec("CREATE TABLE p (id PRIMARY KEY); CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
  await storage.sync();
  storage.sql.exec("INSERT INTO a VALUES (1)");
  storage.sql.exec("INSERT INTO c VALUES ('nowhere')");
  await assert.rejects(storage.sync(), /FOREIGN KEY/);
  assert.equal(failures.length, 1);
  assert.deepEqual(committed(), []);
  assert.throws(() => storage.sql.exec("INSERT INTO a VALUES (2)"));
});
