// A rule for every project here: none calls the real API because it was not told where the sandbox is.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Botsplash } from "botsplash";
import { at } from "../../scripts/lib/paths.js";

/** @param {string} folder @returns {[string, string][]} names and texts of the files in the folders below it */
const projects = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== folder)
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /\.(c?js|jsx|html)$/.test(path))
    .map((path) => [path, readFileSync(path, "utf8")]);

test('every consumer falls back to the address "", and not to the real API\'s', () => {
  const all = [...projects(at("tests", "packages")), ...projects(at("tests", "engines"))];
  const consumers = all.filter(([, text]) => text.includes("new Botsplash("));
  assert.ok(consumers.length > 10, "these are the consumers");
  // Or it names a host that cannot exist: `.test` is reserved.
  const careful = /baseUrl = ""|\?\? ""|baseUrl: "https:\/\/[\w.]+\.test["/]/;
  const careless = consumers.filter(([, text]) => !careful.test(text)).map(([path]) => path);
  assert.deepEqual(careless, []);
});

test('the address "" is refused, and nothing is sent', async () => {
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    return Response.json({ success: true });
  };
  const client = new Botsplash({ appId: "demo", baseUrl: "", auth: { username: "demo", password: "demo" }, fetch });
  await assert.rejects(client.submitListener("welcome", { visitor: {} }), /baseUrl: expected an http\(s\) URL/);
  assert.equal(sent, 0);
});
