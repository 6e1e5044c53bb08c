import { cpus, loadavg, release, totalmem, type } from "node:os";
import { findChrome } from "../../scripts/lib/browser.js";
import { capture } from "../../scripts/lib/run.js";
import { versionOf } from "./peers.js";

/** @returns {Promise<string>} where and with what the figures are taken */
export const machine = async () => {
  const [{ model }] = cpus();
  const chrome = findChrome();
  const found = chrome ? (await capture(chrome, ["--version"])).output : "";
  const chromium = /\d+(\.\d+)+/.exec(found)?.[0] ?? "not found";
  return [
    `${cpus().length} x ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}`,
    `Node ${process.versions.node}, Chromium ${chromium}, workerd ${versionOf("workerd")}`,
  ].join("; ");
};

/** How busy the machine is: processes that want to run, per core. */
export const load = () => loadavg()[0] / cpus().length;
