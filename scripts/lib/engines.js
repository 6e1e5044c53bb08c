/**
 * The stages that run in browser engines other than Chromium: `--only engines`.
 * @type {import("./stages.js").Stages}
 */
export const engines = {
  // wasm-pack compiles, and so belongs here.
  cargo: [{ name: "engines", command: process.execPath, args: ["scripts/engines.js"], counts: true }],
  others: [],
};
