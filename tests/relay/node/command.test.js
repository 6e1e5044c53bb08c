// `botsplash relay`, as somebody types it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import test from "node:test";
import { at } from "../../../scripts/lib/paths.js";
import { temporaryFolder } from "../../../scripts/lib/temporary-folder.js";

/** Longer than any of them takes on a busy machine. */
const limits = { timeout: 170_000 };

const tsx = import.meta.resolve("tsx");

/** @param {import("node:test").TestContext} t @param {string} cwd @param {string[]} args @param {Record<string, string>} [env] */
const start = (t, cwd, args, env = {}) => {
  const child = spawn(process.execPath, ["--import", tsx, at("command", "main.ts"), "relay", ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let text = "";
  /** @type {(() => void)[]} */
  let waiting = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part) => {
      text += part;
      for (const look of waiting) look();
    });
  }
  return {
    child,
    text: () => text,
    /** @param {RegExp} pattern @returns {Promise<string[]>} */
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match) resolve([...match]);
        };
        waiting = [...waiting, look];
        child.once("close", () => reject(new Error(`It ended:\n${text}`)));
        look();
      }),
    /** @returns {Promise<[code: number | null, text: string]>} */
    end: async () => {
      const [code] = await ended;
      return [code, text];
    },
  };
};

/** @param {import("node:test").TestContext} t @param {string} cwd @param {string[]} args @param {Record<string, string>} [env] */
const run = (t, cwd, args, env) => start(t, cwd, args, env).end();

const SECRETS = { BOTSPLASH_USERNAME: "user", BOTSPLASH_PASSWORD: "p", REVIEW_SECRET: "r".repeat(32) };

/** @param {import("node:test").TestContext} t @param {string} [type] of the package.json */
const prepared = async (t, type = "module") => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
  const [code, text] = await run(t, folder, ["--init"]);
  assert.equal(code, 0);
  return { folder, text };
};

/** As its owner makes a configuration theirs. @param {string} file @param {[from: string, to: string][]} changes */
const change = (file, ...changes) => {
  const text = changes.reduce(
    (text, [from, to]) => {
      assert.ok(text.includes(from), from);
      return text.replaceAll(from, to);
    },
    readFileSync(file, "utf8"),
  );
  writeFileSync(file, text);
};

/** @type {[from: string, to: string][]} */
const NECESSARY = [
  ['appId: "demo"', 'appId: "shop"'],
  ["https://www.example.com", "https://shop.example.com"],
];

test("without a configuration it shows how to begin", limits, async (t) => {
  const [code, text] = await run(t, temporaryFolder(), []);
  assert.equal(code, 2);
  assert.match(text, /relay --sandbox[\s\S]*relay --init/);
});

test("what --init writes is a configuration that holds, and is never written over another", limits, async (t) => {
  const { folder } = await prepared(t);
  const before = readFileSync(join(folder, "relay.config.js"), "utf8");
  const args = ["--config", "relay.config.js", "--data", "leads", "--check"];
  assert.equal((await run(t, folder, [...args, "--sandbox"], SECRETS))[0], 0);
  const [code, text] = await run(t, folder, ["--init"]);
  assert.deepEqual([code, text], [2, "botsplash relay: relay.config.js exists already.\n"]);
  assert.equal(readFileSync(join(folder, "relay.config.js"), "utf8"), before);
});

test("--check names each value that is still as --init wrote it", limits, async (t) => {
  const { folder } = await prepared(t);
  const file = join(folder, "relay.config.js");
  const args = ["--config", "relay.config.js", "--data", "leads", "--check"];
  const [untouched, all] = await run(t, folder, args, SECRETS);
  assert.equal(untouched, 78);
  assert.match(
    all,
    /in appId, origins, listeners\.welcome, listeners\.welcome\.args, listeners\.welcome\.consent\.texts\./,
  );

  const [first, ...others] = NECESSARY;
  change(file, ...others);
  const [half, left] = await run(t, folder, args, SECRETS);
  assert.equal(half, 78);
  assert.match(left, /in appId, listeners\.welcome,/);

  change(file, first);
  const [code, text] = await run(t, folder, args, SECRETS);
  assert.equal(code, 0);
  assert.match(
    text,
    /if you mean it so: listeners\.welcome, listeners\.welcome\.args, listeners\.welcome\.consent\.texts\./,
  );

  change(file, ["welcome:", "quotes:"], ["Thanks, we", "Hello, we"], ["You may text me", "Text me"]);
  const [done, nothing] = await run(t, folder, args, SECRETS);
  assert.equal(done, 0);
  assert.doesNotMatch(nothing, /--init/);
});

test("beside a package.json of CommonJS, its name says that it is a module", limits, async (t) => {
  const { folder, text } = await prepared(t, "commonjs");
  assert.match(text, /^relay\.config\.mjs is written/);
  const args = ["--config", "relay.config.mjs", "--data", "leads", "--check"];
  change(join(folder, "relay.config.mjs"), ...NECESSARY);
  assert.equal((await run(t, folder, args, SECRETS))[0], 0);
});

test("what is missing or wrong ends the start with 78, and is named without its value", limits, async (t) => {
  const { folder } = await prepared(t);
  const args = ["--config", "relay.config.js", "--data", "leads"];
  const [code, text] = await run(t, folder, args, { ...SECRETS, REVIEW_SECRET: "hunter2" });
  assert.equal(code, 78);
  assert.match(text, /reviewSecret is missing or under 32 characters/);
  assert.doesNotMatch(text, /hunter2/);
  const files = { ...SECRETS, BOTSPLASH_PASSWORD: undefined, BOTSPLASH_PASSWORD_FILE: "/nowhere" };
  const given = /** @type {Record<string, string>} */ (JSON.parse(JSON.stringify(files)));
  const [again, why] = await run(t, folder, args, given);
  assert.equal(again, 78);
  assert.match(why, /the file for BOTSPLASH_PASSWORD cannot be read \(ENOENT\); auth\.password is missing or empty/);

  writeFileSync(join(folder, "throws.js"), "export default (env) => env.NOTHING.split(env.BOTSPLASH_PASSWORD);");
  const [third, place] = await run(t, folder, ["--config", "throws.js", "--data", "leads"], SECRETS);
  assert.equal(third, 78);
  assert.match(place, /threw a TypeError at .*throws\.js:1\./);
  const [fourth, missing] = await run(t, folder, ["--config", "nowhere.js", "--data", "leads"]);
  assert.equal(fourth, 78);
  assert.match(missing, /There is no .*nowhere\.js: `botsplash relay --init` writes one/);
});

test("a folder of trial leads is never used for real ones, nor the other way round", limits, async (t) => {
  const { folder } = await prepared(t);
  const config = ["--config", "relay.config.js", "--listen", "0"];
  for (const [data, first, second, why] of /** @type {const} */ ([
    ["trial", ["--sandbox"], [], /trial holds leads of a trial/],
    ["leads", [], ["--sandbox"], /leads holds real leads/],
  ])) {
    const relay = start(t, folder, [...config, "--data", data, ...first], SECRETS);
    await relay.says(/"event":"listening"/);
    relay.child.kill("SIGTERM");
    assert.equal((await relay.end())[0], 0);
    for (const more of [[], ["--check"]]) {
      const [code, text] = await run(t, folder, [...config, "--data", data, ...second, ...more], SECRETS);
      assert.equal(code, 78, text);
      assert.match(text, why);
    }
    const again = start(t, folder, [...config, "--data", data, ...first], SECRETS);
    await again.says(/"event":"listening"/);
  }
});

test("a port that is taken is 69, a folder that is in use 75, one that cannot be written 73", limits, async (t) => {
  const { folder } = await prepared(t);
  change(join(folder, "relay.config.js"), ...NECESSARY);
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const config = ["--config", "relay.config.js"];
  const taken = await run(t, folder, [...config, "--data", "leads", "--listen", `127.0.0.1:${port}`], SECRETS);
  assert.equal(taken[0], 69);
  assert.match(taken[1], /another program listens there/);

  const first = start(t, folder, [...config, "--data", "leads", "--listen", "0"], SECRETS);
  await first.says(/"event":"listening"/);
  const second = await run(t, folder, [...config, "--data", "leads", "--listen", "0"], SECRETS);
  assert.equal(second[0], 75);
  assert.match(second[1], /Another relay uses leads/);
  const checked = await run(t, folder, [...config, "--data", "leads", "--check"], SECRETS);
  assert.equal(checked[0], 0);
  assert.match(checked[1], /A relay runs on leads\.\n[\s\S]*\bwelcome: its database is whole\./);

  writeFileSync(join(folder, "file"), "");
  assert.equal((await run(t, folder, [...config, "--data", "file/leads", "--listen", "0"], SECRETS))[0], 73);
  first.child.kill("SIGTERM");
  assert.equal((await first.end())[0], 0);
});

test("arguments that do not fit are 2", limits, async (t) => {
  const folder = temporaryFolder();
  for (const [args, said] of /** @type {[string[], RegExp][]} */ ([
    [["--config", "a.js"], /--data is missing/],
    [["--sandbox", "--listen", "nowhere"], /--listen must be/],
    [["--sandbox", "--listen", "127.0.0.1:99999"], /--listen must be/],
    [["--sandbox", "--trust-proxy", "proxy.example.com"], /is neither an IP address nor a network/],
    [["--backup", "there"], /--backup needs --data/],
  ])) {
    const [code, text] = await run(t, folder, args);
    assert.equal(code, 2);
    assert.match(text, said);
  }
});

test("with --sandbox, a lead goes from a form to a text, and nothing else happens", limits, async (t) => {
  const { folder } = await prepared(t);
  const relay = start(t, folder, ["--config", "relay.config.js", "--data", "leads", "--sandbox", "--listen", "0"]);
  const [, url] = await relay.says(/A form to try: +(http:\/\/127\.0\.0\.1:\d+)\//);
  const page = await (await fetch(`${url}/`)).text();
  const [, action] = /action="([^"]+)"/.exec(page) ?? [];
  const [, consent = ""] = /name="consent" value="([^"]+)"/.exec(page) ?? [];
  const form = new URLSearchParams({ firstName: "Jane", phoneNumber: "(333) 444-5555", message: "Hello" });
  assert.equal((await fetch(`${url}${action}`, { method: "POST", body: form })).status, 422, "nobody has agreed");
  form.set("consent", consent);
  assert.equal((await fetch(`${url}${action}`, { method: "POST", body: form })).status, 202);
  await relay.says(/A text to 3334445555: Thanks, we will text you\./);
  assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { status: "ok", engine: "node" });
  relay.child.kill("SIGINT");
  const [code, text] = await relay.end();
  assert.equal(code, 0);
  const lines = text.split("\n").filter((line) => line.startsWith("{"));
  // Of what was posted, nothing is in the log.
  assert.doesNotMatch(lines.join("\n"), /Jane|3334445555|Hello/);
  // And what is kept is for nobody else's eyes.
  assert.equal(statSync(join(folder, "leads", "outbox-welcome.sqlite")).mode & 0o077, 0);
});
