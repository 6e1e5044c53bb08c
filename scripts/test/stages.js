import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { findChrome, findChromeDriver, onPath } from "../lib/browser.js";
import { OLDEST_HOST, programOf } from "../lib/nodes.js";
import { at, root } from "../lib/paths.js";
import { MSRV } from "../lib/toolchains.js";

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {Record<string, string>} [env]
 * @property {string} [folder] what it runs; a folder without files is a failure
 * @property {boolean} [counts] its output says how many tests passed and failed
 * @property {boolean} [shows] its output is worth reading when all is well
 * @property {string} [alone] how to run it by itself, where --only does not
 * @property {string} [group] with whom it can be chosen: `--only matrix`
 *
 * @typedef {{ cargo: Stage[], others: Stage[] }} Stages What cargo does one after another, since it would wait for
 *   itself, and what can run beside it.
 */

/** @type {Stage} what comes before the others */
export const build = {
  name: "build",
  command: process.execPath,
  args: ["scripts/build.js"],
  shows: true,
  alone: "npm run build",
};

const wasm = ["--target", "wasm32-unknown-unknown"];
const strictly = ["--", "-D", "warnings"];

/**
 * @param {string} name
 * @param {string} folder
 * @param {string[]} [files]
 * @param {number} [timeoutMs] for each file
 * @returns {Stage}
 */
const nodeTests = (name, folder, files = testFiles(at(folder)), timeoutMs = 180_000) => ({
  name,
  folder,
  command: process.execPath,
  args: ["--import", "tsx", "--test", "--test-reporter=spec", `--test-timeout=${timeoutMs}`, ...files],
  env: { CHROME_PATH: findChrome() ?? "" },
  counts: true,
});

/** @param {string} folder @returns {string[]} named one by one: what Node makes of a folder depends on its version */
const testFiles = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".test.js") && !name.includes("node_modules"))
        .sort()
        .map((name) => join(folder, name).slice(root.length))
    : [];

/** @param {string} name */
const example = (name) => `tests/examples/${name}.test.js`;

/** The packages' tests that are quick and tell most. */
const corePackages = ["client", "consumers", "contents", "node", "vite", "workerd"].map(
  (name) => `tests/packages/${name}.test.js`,
);

/** @param {number} files at a time @param {Stage} stage @returns {Stage} */
const atATime = (files, stage) => ({ ...stage, args: [`--test-concurrency=${files}`, ...stage.args] });

/** Of the relay; those of its own host run in the Node that the host needs. */
const relayTests = testFiles(at("tests", "relay")).filter((file) => !file.startsWith("tests/relay/node/"));

/** Processes, disks and power that end, again and again. */
const disasters = ["disk", "power", "restarts"].map((name) => `tests/relay/node/${name}.test.js`);

/** How the demo page looks, in each state, color and size. */
const looks = "tests/e2e/looks.test.js";

/** A short `npm run chaos`; `npm test` has the simulation. */
const chaos = "tests/relay/chaos.test.js";

const hostTests = testFiles(at("tests", "relay", "node")).filter((file) => !disasters.includes(file));

/** The suites that say nothing of the engine that they run in. */
const relaySuites = [
  ...[chaos, "tests/relay/ingress/sockets.test.js", "tests/relay/ingress/workerd.test.js"],
  ...relayTests.filter((file) => file.startsWith("tests/relay/outbox/")),
];

/** @param {string} file @returns {(other: string) => boolean} */
const isNot = (file) => (other) => other !== file;

/** @param {Stage} stage @returns {Stage} */
const onHost = (stage) => ({ ...stage, command: programOf(OLDEST_HOST) });

/** @param {Stage} stage @returns {Stage} the same, with ten times as many seeds */
const inManyWorlds = (stage) => ({ ...stage, env: { ...stage.env, SIMULATION_SEEDS: "2000" } });

/** @param {Stage} stage @returns {Stage} the same, in the relay's own host instead of workerd */
const inNode = ({ env, ...stage }) => ({ ...stage, env: { ...env, RELAY_ENGINE: "node" } });

/** @param {Stage} stage @returns {Stage} what the other engines run later, in the one that is at hand */
const inChromium = ({ env, ...stage }) => ({ ...stage, env: { ...env, ENGINE: "Chromium" } });

/** @returns {Stages} what `npm test` proves */
export const core = () => ({
  cargo: [
    { name: "rustfmt", command: "cargo", args: ["fmt", "--check"] },
    { name: "clippy", command: "cargo", args: ["clippy", "--all-targets", ...strictly] },
    { name: "clippy-wasm", command: "cargo", args: ["clippy", "--lib", "--tests", ...wasm, ...strictly] },
    { name: "clippy-js", command: "cargo", args: ["clippy", "--lib", "--features", "js", ...wasm, ...strictly] },
    { name: "rust", command: "cargo", args: ["test"], counts: true },
    { name: "rust-docs", command: "cargo", args: ["doc", "--no-deps"], env: { RUSTDOCFLAGS: "-D warnings" } },
    {
      name: "wasm",
      command: "wasm-pack",
      args: ["test", "--headless", "--chrome"],
      env: { CHROMEDRIVER: findChromeDriver() ?? "", WASM_BINDGEN_TEST_TIMEOUT: "200" },
      counts: true,
    },
  ],
  others: [
    // The longest begin first, so that nothing waits for one of them alone. Several files at a time, where they wait for
    // clocks and processes most of the time.
    atATime(2, nodeTests("relay", "tests/relay", relayTests.filter(isNot(chaos)), 600_000)),
    atATime(2, nodeTests("http", "tests/http")),
    onHost(nodeTests("host", "tests/relay/node", hostTests)),
    nodeTests("command", "tests/command"),
    // One of its files compiles Rust, the first time with all that it is made of.
    nodeTests("e2e", "tests/e2e", testFiles(at("tests", "e2e")).filter(isNot(looks)), 600_000),
    // It compiles its programs, the first time with all that they are made of.
    nodeTests("examples", "tests/examples", ["native", "connections"].map(example), 900_000),
    { name: "biome", command: "biome", args: ["ci", "--error-on-warnings"] },
    { name: "markdown", command: "markdownlint-cli2", args: [] },
    {
      name: "spelling",
      command: "cspell",
      args: ["--no-progress", "--cache", "--cache-location", ".cache/cspell.json"],
    },
    { name: "scripts", command: "tsc", args: ["--project", "."] },
    { name: "libraries", command: "tsc", args: ["--project", "tsconfig.library.json"] },
    { name: "page", command: "tsc", args: ["--project", "www"] },
    nodeTests(
      "house",
      "tests/house",
      ["imports", "words", "dependencies"].map((name) => `tests/house/${name}.test.js`),
    ),
    nodeTests("readme", "tests/readme"),
    nodeTests("docs", "tests/docs"),
    nodeTests("types", "tests/types"),
    nodeTests("sandbox", "tests/sandbox"),
    nodeTests("simulation", "tests/simulation"),
    nodeTests("packages", "tests/packages", corePackages),
    inChromium(nodeTests("client", "tests/engines", ["tests/engines/client.test.js"])),
  ],
});

/** Large builds share a folder, beside that of `npm test`. */
const apart = ["--target-dir", "target/examples"];

/** @param {string} name @param {string[]} args @returns {Stage} */
const onOldest = (name, ...args) => ({
  name,
  command: "rustup",
  args: ["run", "--install", MSRV, "cargo", "check", "--lib", ...apart, ...args],
});

/**
 * Where somebody has installed it, since it compiles for minutes; tests/house/dependencies.test.js holds most of deny.toml
 * without it. Its advisories would leave this machine.
 * @returns {Stage[]}
 */
const cargoDeny = () =>
  onPath("cargo-deny")
    ? [{ name: "cargo-deny", command: "cargo", args: ["deny", "check", "licenses", "bans", "sources"] }]
    : [];

/** @returns {Stages} what `npm run test:all` proves beside it: a stage for each environment, and the other engines */
export const rest = () => ({
  // wasm-pack compiles: it would wait for cargo.
  cargo: [
    onOldest("msrv", "--features", "reqwest,serde_json"),
    onOldest("msrv-wasm", ...wasm),
    onOldest("msrv-js", "--features", "js", ...wasm),
    { name: "features", command: "cargo", args: ["clippy", "--lib", "--all-features", ...apart, ...strictly] },
    {
      name: "docs.rs",
      command: "cargo",
      args: ["doc", "--no-deps", "--features", "reqwest,serde_json", ...apart],
      env: { RUSTDOCFLAGS: "-D warnings" },
    },
    nodeTests("public-api", "tests/house", ["tests/house/public-api.test.js"], 900_000),
    ...cargoDeny(),
    { name: "package", command: "cargo", args: ["package", "--allow-dirty", "--quiet"] },
    // They compile as for release, to be weighed.
    nodeTests("wasm-examples", "tests/examples", [example("yew")], 900_000),
    nodeTests("worker-example", "tests/examples", [example("worker")], 900_000),
    { name: "engines", command: process.execPath, args: ["scripts/engines.js"], counts: true },
    // So does the crate with a pretended operation.
    nodeTests("tenth-operation", "tests/house", ["tests/house/tenth-operation.test.js"], 900_000),
  ],
  others: [
    nodeTests("chaos", "tests/relay", [chaos], 600_000),
    nodeTests("looks", "tests/e2e", [looks], 600_000),
    inNode(nodeTests("relay-node", "tests/relay", relaySuites, 600_000)),
    inManyWorlds(nodeTests("simulation-long", "tests/simulation", undefined, 1_200_000)),
    // It makes the site, the first time with the programs that do so; its files make the same folder.
    atATime(1, nodeTests("site", "tests/site", undefined, 900_000)),
    nodeTests("properties", "tests/properties", undefined, 600_000),
    onHost(nodeTests("host-disasters", "tests/relay/node", disasters)),
    ...testFiles(at("tests", "packages"))
      // Folders beside them are projects, some of them with tests of their own.
      .filter((file) => dirname(file) === "tests/packages" && !corePackages.includes(file))
      .map((file) => ({
        // A folder full of packages may have to be downloaded first.
        ...nodeTests(basename(file, ".test.js"), "tests/packages", [file], 600_000),
        group: "matrix",
        alone: `node --import tsx --test ${file}`,
      })),
  ],
});

/** @type {Stage} what comes after all others: do the table's rows say what has passed? */
export const environments = {
  name: "environments",
  command: process.execPath,
  args: ["scripts/environments.js", "--check"],
  alone: "node scripts/environments.js, which updates docs/environments.md",
};
