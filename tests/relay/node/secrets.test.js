import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { readSecrets } from "../../../relay/node/secrets.ts";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";

test("a secret is a variable, a file that one names, or a credential of systemd's", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "two"), "two\n");
  mkdirSync(join(folder, "credentials"));
  writeFileSync(join(folder, "credentials", "THREE"), "three with a line\nin it\r\n");
  const { env, problems } = readSecrets(
    { OUTBOX: 1 },
    {
      ONE: "one",
      ONE_FILE: "nowhere",
      TWO_FILE: join(folder, "two"),
      CREDENTIALS_DIRECTORY: join(folder, "credentials"),
    },
  );
  assert.deepEqual(
    [env["ONE"], env["TWO"], env["THREE"], env["OUTBOX"]],
    ["one", "two", "three with a line\nin it", 1],
  );
  assert.deepEqual([env["FOUR"], env["constructor"], env["../two"], problems], [undefined, undefined, undefined, []]);
});

test("a file that is not there is told by its secret's name, and only when that is asked for", () => {
  const folder = temporaryFolder();
  const secrets = readSecrets({}, { TWO_FILE: join(folder, "nowhere"), FOREIGN_FILE: "/proc/nothing" });
  assert.deepEqual(secrets.problems, []);
  assert.equal(secrets.env["TWO"], undefined);
  assert.deepEqual(secrets.problems, ["the file for TWO cannot be read (ENOENT)"]);
});
