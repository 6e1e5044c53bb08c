// A disk that has no room, fails, or cannot be written.
import assert from "node:assert/strict";
import { copyFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { isDeepStrictEqual } from "node:util";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";
import { compileDisk, whyNoDisk } from "./support/disk.js";
import { postSteadily, startRelay } from "./support/relay.js";

/** Of the leads that are in flight when the disk fails, nobody can write down what became of them. */
const LANES = 4;

/** @param {{ listener: string }} problem */
const isOwn = ({ listener }) => listener !== "relay:coordinator";

for (const [name, word] of /** @type {const} */ ([
  ["has no room", "full"],
  ["fails at a sync", "broken"],
])) {
  test(`while the disk ${name}, posts are refused; then it goes on by itself`, { skip: whyNoDisk }, async (t) => {
    const trouble = join(temporaryFolder(), "trouble");
    const relay = await startRelay(t, { environment: { LD_PRELOAD: compileDisk(), DISK_TROUBLE: trouble } });
    const posts = postSteadily(t, relay);
    await posts.more(30);
    writeFileSync(trouble, word);
    // The coordinator of all listeners fails too, as soon as it writes; it may be the first.
    await relay.until(async () => {
      const { code, problems = [] } = await relay.health();
      return code === 503 && isDeepStrictEqual(problems.filter(isOwn), [{ listener: "welcome", code: "not_writable" }]);
    });
    assert.equal(await relay.post(1_000_000), 503);
    await relay.host.logs(/"event":"outbox_failing".*"code":"not_writable"/);
    // The owner is told through their own alert.
    await relay.host.prints(/^alert /m);
    rmSync(trouble);
    await relay.until(async () => (await relay.health()).code === 200);
    await posts.more(30);
    await posts.stop();
    await relay.settled();
    const { lost, duplicated, parked } = await relay.judge(posts.accepted);
    assert.deepEqual({ lost, duplicated }, { lost: 0, duplicated: 0 });
    assert.ok(parked <= LANES, `${parked} are parked`);
  });
}

test("SIGKILL at the n-th sync loses nothing and doubles nothing", { skip: whyNoDisk }, async (t) => {
  const library = compileDisk();
  for (const killAt of [4, 5, 6, 7, 8, 9, 12, 15, 20, 25, 30]) {
    const environment = { LD_PRELOAD: library, DISK_KILL_AT: String(killAt) };
    const disk = temporaryFolder();
    // The first syncs make the files, and it dies before it listens.
    const first = await startRelay(t, { disk, environment }).catch(() => undefined);
    if (!first) continue;
    const posts = postSteadily(t, first);
    assert.equal(await first.host.ended(), null);
    await posts.stop();
    const again = await startRelay(t, { disk, api: first.api });
    await again.settled();
    const { lost, duplicated, parked } = await again.judge(posts.accepted);
    assert.deepEqual({ killAt, lost, duplicated }, { killAt, lost: 0, duplicated: 0 });
    assert.ok(parked <= LANES, `${parked} are parked`);
    await again.host.stop();
  }
});

test("an emptied database is not answered by a fresh one: 503, until it is restored", async (t) => {
  const relay = await startRelay(t);
  const file = join(relay.host.folder, "outbox-welcome.sqlite");
  const copy = join(temporaryFolder(), "copy");
  assert.equal(await relay.post(1), 202);
  await relay.settled();
  await relay.host.end("SIGTERM");
  copyFileSync(file, copy);
  truncateSync(file, 0);

  await relay.host.restart();
  assert.equal(await relay.post(2), 503);
  const { code, problems } = await relay.health();
  assert.deepEqual([code, problems], [503, [{ listener: "welcome", code: "damaged" }]]);
  await relay.host.prints(/^alert /m);
  await relay.host.end("SIGTERM");

  copyFileSync(copy, file);
  await relay.host.restart();
  assert.equal(await relay.post(2), 202);
  await relay.settled();
  assert.deepEqual(await relay.judge([1, 2]), { lost: 0, duplicated: 0, parked: 0 });
});
