// The power fails: what is on the file system's disk by then is all that is left.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { temporaryFolder } from "../../packages/install.js";
import { makeFileSystem, mount, unmount, whyNoMount } from "./support/disk.js";
import { phoneNumber, postSteadily, startRelay } from "./support/relay.js";

/**
 * A relay on a file system in a file, which is copied under load as it is at that moment: the process stands still, and
 * what the system has not written yet is missing. The copy is the disk that a relay finds after the power cut.
 * @param {import("node:test").TestContext} t
 * @param {"FULL" | "OFF"} synchronous
 * @param {number} leads after how many the power fails
 */
const cutPower = async (t, synchronous, leads) => {
  const folder = await temporaryFolder(t);
  const [image, copy] = [join(folder, "disk.img"), join(folder, "copy.img")];
  makeFileSystem(image, 64);
  const before = mounted(image, join(folder, "before"));
  let after;
  try {
    const first = await startRelay(t, { disk: join(before.folder, "leads"), synchronous });
    const posts = postSteadily(t, first);
    await posts.more(leads);
    process.kill(first.host.pid, "SIGSTOP");
    const accepted = [...posts.accepted];
    copyFileSync(image, copy);
    process.kill(first.host.pid, "SIGCONT");
    await posts.stop();
    await first.host.stop();

    after = mounted(copy, join(folder, "after"));
    const second = await startRelay(t, { disk: join(after.folder, "leads"), synchronous, api: first.api });
    // One that is damaged is not opened, and has none.
    const kept = await second.leads().catch(() => []);
    const numbers = new Set(kept.map(({ submission }) => submission?.visitor.phoneNumber));
    await second.host.stop();
    return { missing: accepted.filter((number) => !numbers.has(phoneNumber(number))).length };
  } finally {
    after?.unmount();
    before.unmount();
  }
};

/** @param {string} image @param {string} folder */
const mounted = (image, folder) => {
  mkdirSync(folder);
  mount(image, folder);
  return { folder, unmount: () => unmount(folder) };
};

test("a power cut takes none of the leads that were answered with 202", { skip: whyNoMount }, async (t) => {
  for (const leads of [40, 120, 200]) {
    const { missing } = await cutPower(t, "FULL", leads);
    assert.equal(missing, 0);
  }
});

test("without syncs it takes leads: this test would see it", { skip: whyNoMount }, async (t) => {
  const { missing } = await cutPower(t, "OFF", 100);
  assert.ok(missing > 0);
});
