// Brings what a script needs and the machine lacks. Every step is quick when there is nothing to do.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findChrome, findChromeDriver, onPath } from "./lib/browser.js";
import { nodeOf, OLDEST_HOST } from "./lib/nodes.js";
import { at, cache, tools } from "./lib/paths.js";
import { capture, runAsScript, Trouble } from "./lib/run.js";
import { LISTING_RUST, MSRV } from "./lib/toolchains.js";

const WASM_PACK = "0.15.1";
const GECKODRIVER = "0.37.1";
const MDBOOK = "0.5.4";
const MUTANTS = "27.1.0";
const SCHEMATHESIS = "4.32.5";

/**
 * @param {string} what said to the user, since it may take a while
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
const step = async (what, command, args, env) => {
  console.log(`setup: ${what}`);
  const { code, output } = await capture(command, args, { env });
  if (code !== 0) throw new Trouble(`${output.trim()}\n\nsetup failed: ${what}\n  ${command} ${args.join(" ")}`);
};

export const node = () => {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Trouble(
      `Node 20.19 or later is needed, and this is ${process.versions.node}. Install it from https://nodejs.org`,
    );
  }
};

export const modules = async () => {
  const stamp = at("node_modules", ".lock-hash");
  const lock = createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  // Started by npm, the script uses that very npm.
  const npm = process.env.npm_execpath;
  const [command, ...before] = npm ? [process.execPath, npm] : ["npm"];
  await step("installing the JavaScript tools (npm ci)", command, [...before, "ci"]);
  writeFileSync(stamp, lock);
};

export const rust = async () => {
  const { code, output } = await capture("rustc", ["--print", "sysroot"]);
  if (code !== 0) throw new Trouble("rustc was not found. Install Rust from https://rustup.rs");
  const target = "wasm32-unknown-unknown";
  if (!existsSync(join(output.trim(), "lib", "rustlib", target))) {
    await step(`adding Rust's target ${target}`, "rustup", ["target", "add", target]);
  }
};

/** @param {string} version of Rust, beside the one that is in use */
const toolchain = async (version) => {
  const { code, output } = await capture("rustup", ["run", version, "rustc", "--print", "sysroot"]);
  const target = "wasm32-unknown-unknown";
  if (code === 0 && existsSync(join(output.trim(), "lib", "rustlib", target))) return;
  const install = ["toolchain", "install", version, "--profile", "minimal", "--target", target];
  await step(`installing Rust ${version}, beside yours`, "rustup", install);
};

/** rustfmt and clippy: only the tests want them. */
export const linters = async () => {
  const checks = await Promise.all([capture("cargo", ["fmt", "--version"]), capture("cargo", ["clippy", "--version"])]);
  if (checks.some(({ code }) => code !== 0)) {
    await step("adding rustfmt and clippy", "rustup", ["component", "add", "rustfmt", "clippy"]);
  }
};

/** @param {string} program or a command of cargo's @param {string} crate @param {string} version @param {...string} features */
const cargoTool = async (program, crate, version, ...features) => {
  const [command = "", ...args] = program.split(" ");
  const found = await capture(command, [...args, "--version"]);
  if (found.code === 0 && found.output.split(/[\s]+v?/).includes(version)) return;
  await step(
    `building ${crate} ${version} into .tools (once; a minute or two)`,
    "cargo",
    ["install", crate, "--version", version, "--root", tools, "--force", ...features],
    CARGO_INSTALL,
  );
};

/** Compiles the parts that the tools share once, and no longer than short runs are worth. */
const CARGO_INSTALL = { CARGO_TARGET_DIR: join(cache, "tools"), CARGO_PROFILE_RELEASE_OPT_LEVEL: "1" };

/** The command-line tool must be of the very version that the crate is locked to. */
export const bindgen = () => {
  const version = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(readFileSync(at("Cargo.lock"), "utf8"))?.[1];
  if (!version) throw new Trouble("Cargo.lock: expected a package wasm-bindgen");
  return cargoTool("wasm-bindgen", "wasm-bindgen-cli", version);
};

export const wasmPack = () => cargoTool("wasm-pack", "wasm-pack", WASM_PACK);

/** Writes the site's guides; without its server, which nobody here wants. */
export const mdbook = () => cargoTool("mdbook", "mdbook", MDBOOK, "--no-default-features", "--features", "search");

/** Breaks the crate in small ways: only `npm run mutants` wants it. */
export const mutants = async () => {
  await cargoTool("cargo mutants", "cargo-mutants", MUTANTS, "--locked");
  forgetBuilds();
};

export const geckodriver = () => cargoTool("geckodriver", "geckodriver", GECKODRIVER);

/**
 * Elsewhere than on Debian, and for others than root, that is for the user to do.
 * @param {string} what
 * @param {...string} packages
 */
const debian = async (what, ...packages) => {
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return;
  const apt = { DEBIAN_FRONTEND: "noninteractive" };
  await step("reading Debian's package lists", "apt-get", ["update", "-q"], apt);
  await step(`installing ${what}`, "apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], apt);
};

export const browser = async () => {
  if (findChrome() && findChromeDriver()) return;
  await debian("Chromium and its driver", "chromium", "chromium-driver");
  if (!findChrome()) throw new Trouble("Chromium was not found, and the tests need it. Install it, or set CHROME_PATH");
  if (!findChromeDriver()) {
    throw new Trouble(
      "chromedriver was not found, and the tests need it. Install the version of your Chromium, or set CHROMEDRIVER",
    );
  }
};

/** The page shows Python too, and its tests run it. */
export const python = async () => {
  if (onPath("python3")) return;
  await debian("Python", "python3-minimal", "libpython3-stdlib");
  if (!onPath("python3")) throw new Trouble("python3 is needed for the tests of the page's Python: install it");
};

/** The page shows its calls as commands, and its tests run them. */
export const curl = async () => {
  if (onPath("curl")) return;
  await debian("curl", "curl");
  if (!onPath("curl")) throw new Trouble("curl is needed for the tests of the page's commands: install it");
};

/** A tester of APIs from properties. @returns {Promise<string | undefined>} the program; nothing where there is no Python for it */
export const schemathesis = async () => {
  const program = join(tools, "python", "bin", "schemathesis");
  if ((await capture(program, ["--version"])).output.includes(SCHEMATHESIS)) return program;
  console.log(`setup: installing schemathesis ${SCHEMATHESIS} into .tools (once)`);
  // A folder that was moved holds paths that lead nowhere: it is emptied first.
  const environment = () => capture("python3", ["-m", "venv", "--clear", join(tools, "python")]);
  if ((await environment()).code !== 0) {
    // Debian's Python comes without them.
    await debian("Python's environments", "python3-venv");
    if ((await environment()).code !== 0) return undefined;
  }
  const pip = ["-m", "pip", "install", "--quiet", `schemathesis==${SCHEMATHESIS}`];
  return (await capture(join(tools, "python", "bin", "python"), pip)).code === 0 ? program : undefined;
};

/** The engines besides Chromium's: only their own tests want them. */
export const otherBrowsers = async () => {
  const programs = ["firefox", "WebKitWebDriver", "xvfb-run", "xauth"];
  /** @returns {string[]} */
  const missing = () => programs.filter((name) => !onPath(name));
  if (missing().length === 0) return;
  await debian("Firefox and WebKit", "firefox-esr", "webkit2gtk-driver", "xvfb", "xauth");
  if (missing().length > 0) {
    throw new Trouble(
      `${missing().join(", ")}: not found, and the stage "engines" needs them. Install them, or leave the stage out`,
    );
  }
};

/** The proxies that a relay's way through a fixed address is tested with; without them those tests are skipped. */
const proxies = async () => {
  const missing = ["nginx", "haproxy"].filter((name) => !onPath(name));
  if (missing.length > 0) await debian(missing.join(" and "), ...missing);
};

/** The relay on one's own machine needs a newer Node than this project. */
export const hostNode = () => nodeOf(OLDEST_HOST);

/** Enough to build the package and show the demo. */
export const forBuild = async () => {
  node();
  await rust();
  await Promise.all([modules(), bindgen()]);
};

/** Everything that `npm test` wants. */
export const forTests = async () => {
  await forBuild();
  await Promise.all([linters(), wasmPack(), browser().then(python).then(curl), hostNode()]);
  forgetBuilds();
};

/** For `npm run test:all`, beside what `npm test` has. */
export const forAllTests = async () => {
  await proxies();
  await toolchain(MSRV);
  await toolchain(LISTING_RUST);
};

/** Firefox and WebKit besides. */
export const forEngines = async () => {
  await forTests();
  await Promise.all([geckodriver(), otherBrowsers()]);
  forgetBuilds();
};

/** Hundreds of megabytes, of no more use once the tools are there. */
const forgetBuilds = () => rmSync(CARGO_INSTALL.CARGO_TARGET_DIR, { recursive: true, force: true });

await runAsScript(import.meta, forTests);
