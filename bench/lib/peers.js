// Brings what the client is measured against: npm packages, a generated client, a crate.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "../../scripts/lib/fingerprint.js";
import { at } from "../../scripts/lib/paths.js";
import { capture, Trouble } from "../../scripts/lib/run.js";
import { inBench, made } from "./bench-paths.js";

/** @param {string} command @param {string[]} args @param {Parameters<typeof capture>[2]} [options] */
const succeed = async (command, args, options) => {
  const { code, output } = await capture(command, args, options);
  if (code !== 0) throw new Trouble(`${output}\nThis failed: ${command} ${args.join(" ")}`);
};

/**
 * Does a thing again only when what it is made of has changed.
 * @param {string} name
 * @param {string} now what it would be made of
 * @param {string} result where what was made is
 * @param {() => Promise<unknown>} make
 */
const unlessMade = async (name, now, result, make) => {
  const stamp = made(`${name}.stamp`);
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  console.log(`bench: making ${name}`);
  await make();
  mkdirSync(made(), { recursive: true });
  writeFileSync(stamp, now);
};

const modules = () => {
  const lock = createHash("sha256")
    .update(readFileSync(inBench("package-lock.json")))
    .digest("hex");
  return unlessMade("the peers' packages", lock, inBench("node_modules"), () =>
    succeed("npm", ["ci", "--loglevel=error"], { cwd: inBench() }),
  );
};

const heyApi = () =>
  unlessMade(
    "the hey-api client",
    fingerprint("openapi.json", "bench/openapi-ts.config.js", "bench/package-lock.json"),
    made("hey-api"),
    () => {
      const program = inBench("node_modules", ".bin", "openapi-ts");
      return succeed(program, ["--file", "openapi-ts.config.js", "--silent"], { cwd: inBench() });
    },
  );

const TARGET = "wasm32-unknown-unknown";

const reqwest = () =>
  unlessMade("the reqwest build", fingerprint("bench/reqwest", ".cargo"), reqwestFile(".wasm"), async () => {
    const target = made("target");
    await succeed("cargo", ["build", "--release", "--locked", "--target", TARGET, "--target-dir", target], {
      cwd: inBench("reqwest"),
    });
    const built = join(target, TARGET, "release", "botsplash_bench_reqwest.wasm");
    await succeed("wasm-bindgen", ["--target", "web", "--out-dir", made("reqwest"), "--out-name", "reqwest", built]);
    const strip = ["--strip-debug", "--strip-producers"];
    await succeed("wasm-opt", [reqwestFile("_bg.wasm"), "-Oz", ...strip, "--output", reqwestFile(".wasm")]);
  });

/** The features of bench/one-call, and none of them. @type {["bare", "client", "reqwest"]} */
const APPS = ["bare", "client", "reqwest"];

/** @typedef {(typeof APPS)[number]} RustApp */

/** An app in Rust that makes one call: bare, with the typed client, with reqwest. */
const rustApps = () =>
  unlessMade(
    "the apps in Rust",
    fingerprint("bench/one-call", "src", "Cargo.toml", ".cargo"),
    rustAppFile("reqwest", ".wasm"),
    async () => {
      for (const app of APPS) await rustApp(app);
    },
  );

/** @param {RustApp} app */
const rustApp = async (app) => {
  const target = made("target");
  const features = app === "bare" ? [] : ["--features", app];
  await succeed("cargo", ["build", "--release", "--locked", "--target", TARGET, "--target-dir", target, ...features], {
    cwd: inBench("one-call"),
    // As an app's author compiles it, without what .cargo/config.toml tunes for the npm package.
    env: { RUSTFLAGS: "--cap-lints=warn" },
  });
  const built = join(target, TARGET, "release", "botsplash_bench_one_call.wasm");
  const out = ["--out-dir", made("one-call", app), "--out-name", "app"];
  await succeed("wasm-bindgen", ["--target", "web", "--no-typescript", ...out, built]);
  const optimize = ["-Oz", ...WASM_FEATURES.map((feature) => `--enable-${feature}`)];
  await succeed("wasm-opt", [
    rustAppFile(app, "_bg.wasm"),
    ...optimize,
    "-g",
    "--output",
    rustAppFile(app, ".named.wasm"),
  ]);
  const strip = ["--strip-debug", "--strip-producers"];
  await succeed("wasm-opt", [
    rustAppFile(app, "_bg.wasm"),
    ...optimize,
    ...strip,
    "--output",
    rustAppFile(app, ".wasm"),
  ]);
};

/** Of what Rust writes. All that wasm-opt knows is more than browsers do. */
const WASM_FEATURES = [
  "bulk-memory",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
];

/** @param {RustApp} app @param {".js" | ".wasm" | ".named.wasm" | "_bg.wasm"} end `.named.wasm` has its functions' names */
export const rustAppFile = (app, end) => made("one-call", app, `app${end}`);

/** @param {".js" | ".wasm" | "_bg.wasm"} end what wasm-bindgen made of it, or (.wasm) wasm-opt of that */
export const reqwestFile = (end) => made("reqwest", `reqwest${end}`);

export const bringPeers = async () => {
  await modules();
  await Promise.all([heyApi(), reqwest().then(rustApps)]);
};

/** @returns {Record<string, string>} */
export const peerVersions = () => {
  const { dependencies } = JSON.parse(readFileSync(inBench("package.json"), "utf8"));
  const lock = readFileSync(inBench("reqwest", "Cargo.lock"), "utf8");
  const crate = /name = "reqwest"\nversion = "([^"]+)"/.exec(lock)?.[1] ?? "";
  const { typescript: _, ...packages } = dependencies;
  return { ...packages, reqwest: crate };
};

/** @param {string} name of one of the repository's own packages */
export const versionOf = (name) => JSON.parse(readFileSync(at("node_modules", name, "package.json"), "utf8")).version;
