// A disk that takes no writes: a file system that is mounted so, since no right in it stops root.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";
import { makeFileSystem, seeing, whyNoMount } from "./support/disk.js";
import { phoneNumber, startRelay } from "./support/relay.js";

test("a relay does not start where it cannot write, says so, and has its leads again", {
  skip: whyNoMount,
}, async (t) => {
  const folder = temporaryFolder();
  const [image, mounted] = [join(folder, "disk.img"), join(folder, "mounted")];
  makeFileSystem(image, 64);
  mkdirSync(mounted);
  /** @param {string} options @param {Parameters<typeof startRelay>[1]} [settings] */
  const start = (options, settings) =>
    startRelay(t, { ...settings, disk: join(mounted, "leads"), within: seeing(mounted, "-o", options, image) });

  const first = await start("loop");
  assert.equal(await first.post(1), 202);
  await first.settled();
  await first.host.end("SIGTERM");

  await assert.rejects(start("loop,ro", { api: first.api }), /cannot be written \(EROFS\)/);

  const second = await start("loop", { api: first.api });
  const numbers = (await second.leads()).map(({ submission }) => submission?.visitor.phoneNumber);
  assert.deepEqual(numbers, [phoneNumber(1)]);
  assert.equal(await second.post(2), 202);
  await second.settled();
  assert.equal(first.api.sandbox.texts.length, 2);
});
