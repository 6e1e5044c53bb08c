// Which database is a listener's, and which is not opened.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { openOutbox } from "../../../relay/node/database.ts";
import { outboxFile } from "../../../relay/node/files.ts";
import { lockFolder } from "../../../relay/node/lock.ts";
import { openRegister } from "../../../relay/node/register.ts";
import { openDatabase } from "../../../relay/node/storage.ts";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";

const options = {
  setAlarm() {},
  /** @param {Error} error */
  onFailure(error) {
    throw error;
  },
};

/** @param {string} folder @param {string} listener */
const open = (folder, listener) => openOutbox(folder, openRegister(folder), listener, options);

/** A folder with the outbox of `welcome`, which has 200 rows. */
const filled = () => {
  const folder = temporaryFolder();
  const storage = open(folder, "welcome");
  storage.sql.exec("CREATE TABLE a (b)");
  for (let row = 0; row < 200; row += 1) storage.sql.exec("INSERT INTO a VALUES (?)", "x".repeat(1000));
  storage.close();
  return { folder, path: join(folder, outboxFile("welcome")) };
};

test("an outbox is found again", () => {
  const { folder } = filled();
  const storage = open(folder, "welcome");
  assert.equal(storage.sql.exec("SELECT count(*) AS count FROM a").toArray()[0]?.["count"], 200);
  storage.close();
});

/** @type {Record<string, (path: string) => void>} */
const damages = {
  "cut in half": (path) => truncateSync(path, 100_000),
  emptied: (path) => truncateSync(path, 0),
  deleted: (path) => rmSync(path),
  "overwritten in the middle": (path) => {
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 40_000, 90_000);
    writeFileSync(path, bytes);
  },
  "overwritten with something else": (path) => writeFileSync(path, "a shopping list".repeat(1000)),
  "replaced by another database": (path) => {
    rmSync(path);
    const other = openDatabase(path);
    other.exec("CREATE TABLE leads (id)");
    other.close();
  },
};
for (const [name, damage] of Object.entries(damages)) {
  test(`a database that was ${name} is not opened, and not changed`, () => {
    const { folder, path } = filled();
    damage(path);
    const before = name === "deleted" ? undefined : readFileSync(path);
    for (let time = 0; time < 2; time += 1) {
      assert.throws(() => open(folder, "welcome"), { name: "HostTrouble", code: "damaged" });
    }
    if (before) assert.ok(before.equals(readFileSync(path)));
    // It is one listener's trouble.
    open(folder, "other").close();
  });
}

test("one listener's database in the place of another's is not opened", () => {
  const { folder, path } = filled();
  open(folder, "other").close();
  copyFileSync(path, join(folder, outboxFile("other")));
  assert.throws(() => open(folder, "other"), { code: "damaged" });
});

test("where the process ended while an outbox was made, it is made now", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, outboxFile("empty")), "");
  open(folder, "empty").close();
  const made = openDatabase(join(folder, outboxFile("header")));
  made.exec("PRAGMA journal_mode = WAL");
  made.close();
  open(folder, "header").close();
  // In the register last.
  writeFileSync(join(folder, "outboxes.json"), JSON.stringify({ outboxes: {} }));
  open(folder, "empty").close();
  assert.deepEqual(openRegister(folder).listeners(), ["empty"]);
});

test("a register that is damaged is told, and no outbox is made", () => {
  const { folder } = filled();
  for (const text of ["", "{", "[]", '{"outboxes":{"welcome":1}}', "null"]) {
    writeFileSync(join(folder, "outboxes.json"), text);
    assert.throws(() => openRegister(folder), { code: "damaged" });
  }
});

test("no two listeners share a file, where the file system ignores case too", () => {
  const names = [
    "sales",
    "Sales",
    "SALES",
    "sale_s",
    "ü",
    "a/b",
    "..",
    "con",
    "_53ales",
    `${"x".repeat(300)}`,
    `${"x".repeat(301)}`,
  ];
  const files = names.map(outboxFile);
  assert.equal(new Set(files.map((file) => file.toLowerCase())).size, names.length);
  for (const file of files) assert.match(file, /^outbox-[a-z0-9_-]{1,110}\.sqlite$/);
});

test("a folder is one process's, and free again when that gives it back", () => {
  const folder = temporaryFolder();
  const unlock = lockFolder(folder);
  assert.throws(() => lockFolder(folder), { code: "in_use" });
  unlock();
  lockFolder(folder)();
});
