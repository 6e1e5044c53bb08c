// Builds the page as a static site. Against the sandbox inside it, it needs no server of ours, and no network.
import { build } from "./build.js";
import { at } from "./lib/paths.js";
import { runAsScript } from "./lib/run.js";

const main = async () => {
  await build();
  const { build: bundle } = await import("vite");
  await bundle({ root: at("www"), logLevel: "warn" });
  console.log("The page is in www/dist. Any file server can serve it, from any folder.");
};

await runAsScript(import.meta, main);
