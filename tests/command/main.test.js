// cspell:ignore sandbx verson xyzzy
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commandNames, loadCommand } from "../../command/commands.ts";
import { pkg } from "../../scripts/lib/paths.js";
import { limits, run, start } from "./run-command.js";

test("--help lists the commands on standard output", limits, async (t) => {
  for (const args of [["--help"], ["-h"], ["help"]]) {
    const { code, stdout, stderr } = await run(t, args);
    assert.equal(code, 0);
    assert.equal(stderr, "");
    for (const name of commandNames) assert.match(stdout, new RegExp(`^  ${name} +[A-Z]`, "m"));
  }
});

test("without a command the overview is on standard error, and the status is 2", limits, async (t) => {
  const { code, stdout, stderr } = await run(t, []);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^Usage: botsplash <command>/);
});

test("--version is the package's", limits, async (t) => {
  const { version } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
  assert.deepEqual(await run(t, ["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
});

for (const name of commandNames) {
  test(`${name} --help names its options and shows an example`, limits, async (t) => {
    const { help } = await loadCommand(name);
    for (const args of [
      [name, "--help"],
      [name, "-h", "--nonsense"],
      ["help", name],
    ]) {
      assert.deepEqual(await run(t, args), { code: 0, stdout: `${help.trimEnd()}\n`, stderr: "" });
    }
    assert.match(help, new RegExp(`^Usage: botsplash ${name}`));
    assert.match(help, /^Examples?:$/m);
    for (const line of help.split("\n")) assert.ok(line.length <= 100, line);
  });
}

/** @type {[args: string[], said: RegExp][]} */
const misspelt = [
  [["sandbx"], /^botsplash: There is no such command: did you mean "sandbox"\?\n.*--help/],
  [["Sandbox"], /did you mean "sandbox"\?/],
  [["help", "sandbx"], /did you mean "sandbox"\?/],
  [["xyzzy"], /^botsplash: There is no such command\.\n/],
  [["constructor"], /no such command/],
  [["--verson"], /no such option: did you mean "--version"\?/],
  [
    ["sandbox", "--prot", "1"],
    /^botsplash sandbox: The option --prot is not known here: did you mean --port\?\nUsage: /,
  ],
  [["sandbox", "--port"], /The option --port needs a value\./],
  [["sandbox", "--port", "--no-auth"], /The option --port needs a value\./],
  [["sandbox", "--no-auth=yes"], /The option --no-auth takes no value\./],
  [["sandbox", "8787"], /No argument is expected\./],
  [["sandbox", "--port", "http"], /--port must be a number from 0 to 65535\./],
];
for (const [args, said] of misspelt) {
  test(`botsplash ${args.join(" ")} says what was meant, and ends with 2`, limits, async (t) => {
    const { code, stdout, stderr } = await run(t, args);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, said);
  });
}

test("a reader that goes away leaves no trace", limits, async (t) => {
  const child = start(t, ["--help"]);
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code] = await once(child, "close");
  assert.deepEqual([code, stderr], [0, ""]);
});
