// Uploads files to a real server. For Node.
import { randomFillSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { setup } from "./contestant-setup.js";
import { contestants } from "./contestants.js";
import { watchMemory } from "./wasm-memory.js";

const wasm = watchMemory();
const platform = globalThis.fetch;
/** @type {Map<string, any>} */
const clients = new Map();

/** @param {string} contestant @param {string} baseUrl */
const clientOf = (contestant, baseUrl) => {
  const client = clients.get(contestant) ?? contestants[contestant]({ ...setup, baseUrl, fetch: platform });
  clients.set(contestant, client);
  return client;
};

/** @type {Map<number, Blob>} */
const files = new Map();

/** @param {number} size */
const fileOf = (size) => {
  const file = files.get(size) ?? new Blob([randomFillSync(new Uint8Array(size))], { type: "image/png" });
  files.set(size, file);
  return file;
};

/**
 * @param {string} contestant
 * @param {string} baseUrl
 * @param {number} size of the file, in bytes
 * @returns {Promise<{ ms: number, wasm: number }>} the time, and by how many bytes the wasm's memory grew
 */
export const upload = async (contestant, baseUrl, size) => {
  const client = clientOf(contestant, baseUrl);
  const file = fileOf(size);
  const before = wasm();
  const started = performance.now();
  const { key } = await client.uploadFile(file, "photo.png");
  if (key !== "stored") throw new Error("the upload was not answered");
  return { ms: performance.now() - started, wasm: wasm() - before };
};

/** @param {"VmRSS" | "VmHWM"} name of what Linux knows of this process @returns bytes */
const status = (name) =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))?.[1]) * 1024;

/**
 * The same, in a process that has done nothing but start.
 * @returns {Promise<number>} by how many bytes the process grew at its peak
 */
export const peak = async (contestant, baseUrl, size) => {
  await upload(contestant, baseUrl, 1000);
  fileOf(size);
  globalThis.gc();
  // The peak is counted from here.
  writeFileSync("/proc/self/clear_refs", "5");
  const before = status("VmRSS");
  await upload(contestant, baseUrl, size);
  return status("VmHWM") - before;
};
