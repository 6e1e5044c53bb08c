// The guide's account of a relay's first week is true of the example's relay.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { playWeek } from "../../scripts/first-week/process.js";
import { at } from "../../scripts/lib/paths.js";

test("the week in the guide is the one that the example's Worker has", async () => {
  const told = readFileSync(at("docs", "relay-first-week.md"), "utf8");
  assert.equal(told, await playWeek(), "it is another one: `node scripts/first-week.js` writes it anew");
});
