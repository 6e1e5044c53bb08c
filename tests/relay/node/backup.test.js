import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { backupFolder } from "../../../relay/node/backup.ts";
import { checkFolder } from "../../../relay/node/check-folder.ts";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";
import { phoneNumber, startRelay } from "./support/relay.js";

test("a backup is made while the relay runs, and restored; what waited in it is not sent again by itself", async (t) => {
  const relay = await startRelay(t);
  assert.equal(await relay.post(1), 202);
  await relay.settled();
  // One that waits: the API wants it later, when the backup is long made.
  relay.api.sandbox.fault({ operation: "submitListener", status: 429, headers: { "retry-after": "600" } });
  assert.equal(await relay.post(2), 202);
  await relay.until(async () =>
    (await relay.leads()).some(({ attempts, state }) => attempts > 0 && state === "queued"),
  );

  const copy = join(temporaryFolder(), "copy");
  assert.equal(checkFolder(relay.host.folder).isRunning, true);
  assert.deepEqual(backupFolder(relay.host.folder, copy), ["relay:coordinator", "welcome"]);
  assert.throws(() => backupFolder(relay.host.folder, copy), { code: "not_writable" });

  // The relay goes on, and sends it when its owner says so.
  await relay.ask("resume");
  await relay.settled();
  assert.equal(await relay.post(3), 202);
  await relay.settled();
  await relay.host.kill();

  const restored = await startRelay(t, { disk: copy, api: relay.api });
  await restored.settled();
  const states = new Map(
    (await restored.leads()).map(({ submission, state }) => [submission?.visitor.phoneNumber, state]),
  );
  assert.deepEqual(
    [1, 2, 3].map((number) => states.get(phoneNumber(number))),
    ["delivered", "review", undefined],
  );
  // The same leads are known, and nobody is texted twice.
  for (const number of [1, 2]) assert.equal(await restored.post(number), 202);
  await restored.settled();
  assert.equal(relay.api.sandbox.texts.length, 3);
});

test("a folder that is not a data folder is reported", async () => {
  const folder = temporaryFolder();
  assert.throws(() => backupFolder(folder, join(folder, "copy")), { code: "damaged" });
});
