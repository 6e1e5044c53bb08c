// The size of the client, and of its peers.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { groups, ofWasm } from "../scripts/build/groups.js";
import { measure, sum } from "../scripts/build/sizes.js";
import { pkg } from "../scripts/lib/paths.js";
import { made } from "./lib/bench-paths.js";
import { bundle } from "./lib/bundle-entry.js";
import { reqwestFile, rustAppFile } from "./lib/peers.js";
import { bytes } from "./lib/stats.js";

/** @typedef {import("../scripts/build/sizes.js").Size} Size */

const submission = `{ visitor: { firstName: "Jane", phoneNumber: "3334445555" }, args: { message: "Welcome!" } }`;

/** Each submits once, as its documentation shows. */
const apps = {
  "openapi-fetch + zod, what one operation needs": `
    import createClient from "openapi-fetch";
    import { ListenerSubmit } from "./peers/schemas.js";
    const client = createClient({ baseUrl: location.origin });
    client.POST("/{appId}/listener/botsplash/{id}", {
      params: { path: { appId: "acme", id: "welcome" } }, body: ListenerSubmit.parse(${submission}),
    }).then(console.log);`,
  "openapi-fetch + zod, nine operations": `
    import { create } from "./peers/openapi-fetch.js";
    const client = create({ baseUrl: location.origin, appId: "acme", authorization: "", fetch });
    client.submitListener("welcome", ${submission}).then(console.log);`,
  "hey-api client + zod, what one operation needs": `
    import { client } from "${made("hey-api", "client.gen.ts")}";
    import { submitListener } from "${made("hey-api", "sdk.gen.ts")}";
    client.setConfig({ baseUrl: location.origin });
    submitListener({ path: { appId: "acme", id: "welcome" }, body: ${submission} }).then(console.log);`,
  "hey-api client + zod, nine operations": `
    import { client } from "${made("hey-api", "client.gen.ts")}";
    import * as sdk from "${made("hey-api", "sdk.gen.ts")}";
    client.setConfig({ baseUrl: location.origin });
    globalThis.sdk = { ...sdk };`,
  axios: `
    import axios from "axios";
    axios.post("/acme/listener/botsplash/welcome", ${submission}).then(console.log);`,
  stripe: `
    import Stripe from "stripe";
    new Stripe("key").customers.create({ name: "Jane", phone: "3334445555" }).then(console.log);`,
  openai: `
    import OpenAI from "openai";
    new OpenAI({ apiKey: "key" }).responses.create({ model: "gpt-5", input: "Welcome!" }).then(console.log);`,
};

const ours = `
  import { Botsplash } from "botsplash";
  new Botsplash({ appId: "acme", baseUrl: "/relay" }).submitListener("welcome", ${submission}).then(console.log);`;

/** @returns {Promise<Size>} all the JavaScript and wasm of a production app, each file compressed by itself */
const viteApp = async () => {
  const root = made("vite-app");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "index.html"), `<!doctype html><script type="module" src="./main.js"></script>`);
  writeFileSync(join(root, "main.js"), ours);
  await build({ root, configFile: false, logLevel: "warn" });
  const dist = join(root, "dist");
  const code = (await readdir(dist, { recursive: true })).filter((name) => /\.(js|wasm)$/.test(name));
  return sum(...code.map((name) => measure(readFileSync(join(dist, name)))));
};

/** @param {string} name of a file in the package */
const file = (name) => measure(readFileSync(join(pkg, "dist", name)));

/** @param {import("./lib/peers.js").RustApp} app @returns {Promise<Size>} its wasm, and its glue and snippets as one file */
const rustApp = async (app) => {
  const script = await bundle(
    { source: `export { default } from ${JSON.stringify(rustAppFile(app, ".js"))};` },
    "page",
  );
  return sum(measure(readFileSync(rustAppFile(app, ".wasm"))), measure(script));
};

/** @returns {[group: string, more: number][]} the bytes that one call with the typed client brings into an app, most first */
const growth = () => {
  const [bare, client] = [ofNamed("bare"), ofNamed("client")];
  return Object.keys({ ...bare, ...client })
    .map((group) => /** @type {[string, number]} */ ([group, (client[group] ?? 0) - (bare[group] ?? 0)]))
    .filter(([, more]) => Math.abs(more) >= LEAST_GROWTH)
    .sort(([, a], [, b]) => b - a);
};

/** A group that grows by less says nothing. */
const LEAST_GROWTH = 200;

/** @param {import("./lib/peers.js").RustApp} app */
const ofNamed = (app) => ofWasm(readFileSync(rustAppFile(app, ".named.wasm")));

/** @returns {Promise<import("./lib/report.js").Section>} */
export const run = async () => {
  const wasm = file("botsplash.wasm");
  const javascript = sum(file("module.js"), file("error.js"));
  const module = sum(wasm, javascript);
  const vite = await viteApp();
  const reqwestScript = await bundle(
    { source: `export * from "#reqwest"; export { default } from "#reqwest";` },
    "page",
  );
  const reqwest = sum(measure(readFileSync(reqwestFile(".wasm"))), measure(reqwestScript));

  /** @type {[name: string, size: Size][]} */
  const sizes = [
    ["**ours**, module: wasm and JavaScript", module],
    ["**ours**, app bundled by esbuild, wasm inside", measure(await bundle({ source: ours }, "page"))],
    ["**ours**, Vite production app, wasm inside", vite],
  ];
  for (const [name, source] of Object.entries(apps)) sizes.push([name, measure(await bundle({ source }, "page"))]);
  sizes.push(["reqwest, nine operations: wasm and JavaScript", reqwest]);

  const rust = { bare: await rustApp("bare"), client: await rustApp("client"), reqwest: await rustApp("reqwest") };
  const grown = rust.client.brotli - rust.bare.brotli;

  const parts = Object.entries(groups());
  const whole = parts.reduce((total, [, count]) => total + count, 0);

  return {
    title: "Size",
    about:
      "Bytes, minified, brotli at 11, of an app that makes one call, bundled by esbuild for a page. Of ours and of reqwest's, " +
      "the wasm and its JavaScript are compressed each by itself, as they are served. axios, stripe and openai do not know " +
      "this API: they are here as known yardsticks.",
    tables: [
      {
        head: ["", "raw", "brotli", "÷ ours, module"],
        rows: sizes.map(([name, { raw, brotli }]) => [
          name,
          bytes(raw),
          bytes(brotli),
          (brotli / module.brotli).toFixed(2),
        ]),
      },
      {
        caption: "Ours, the module, by file",
        head: ["", "raw", "brotli"],
        rows: Object.entries({
          "botsplash.wasm": wasm,
          "module.js: entry, glue, checks, platform": file("module.js"),
          "error.js": file("error.js"),
        }).map(([name, { raw, brotli }]) => [name, bytes(raw), bytes(brotli)]),
      },
      {
        caption: "Ours, the module, by where it comes from, before compression",
        head: ["", "bytes", "share"],
        rows: parts.map(([name, count]) => [name, bytes(count), `${((100 * count) / whole).toFixed(1)}%`]),
      },
      {
        caption: "A page's app in Rust that submits one lead: its wasm, and its glue and snippets, each after brotli",
        head: ["", "raw", "brotli", "more than bare"],
        rows: Object.entries({
          "bare: a function that formats a sentence": rust.bare,
          "**ours**, the typed client on `Fetch`": rust.client,
          "reqwest and serde, with two types of its own": rust.reqwest,
        }).map(([name, { raw, brotli }]) => [name, bytes(raw), bytes(brotli), bytes(brotli - rust.bare.brotli)]),
      },
      {
        caption: "The app in Rust: by how much our client makes each group grow, before compression",
        head: ["", "bytes"],
        rows: growth().map(([group, more]) => [group, bytes(more)]),
      },
    ],
    notes: [
      "By where it comes from: a function belongs to the file of ours that it is of, or was made for by its types, else to its " +
        "crate. js_sys holds the future of a call, with the client's loop drawn into it. The names of imports and exports are " +
        "shortened after this is counted.",
    ],
    targets: [
      { target: "module at most 25 KB", found: `${bytes(module.brotli)} bytes`, reached: module.brotli <= 25_000 },
      { target: "Vite app at most 30 KB", found: `${bytes(vite.brotli)} bytes`, reached: vite.brotli <= 30_000 },
      {
        target: "an app in Rust grows by at most 25 KB for one call",
        found: `${bytes(grown)} bytes; ${bytes(rust.reqwest.brotli - rust.bare.brotli)} with reqwest`,
        reached: grown <= 25_000,
      },
    ],
  };
};
