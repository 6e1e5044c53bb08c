// Serves a module's functions to the process that started this one.
import { pathToFileURL } from "node:url";

const module = await import(pathToFileURL(process.argv[2]).href);
/** @param {unknown} message */
const tell = (message) => process.send?.(message);

process.on("message", async (/** @type {{ name: string, args: unknown[] }} */ { name, args }) => {
  try {
    tell({ value: await module[name](...args) });
  } catch (error) {
    tell({ error: error instanceof Error ? error.stack : String(error) });
  }
});
// Whoever asked is gone.
process.on("disconnect", () => process.exit());
tell("ready");
