// Builds what gets published. `npm run release -- --dry-run` makes the npm tarball and the crate, each twice from a
// clean clone, and shows that both are the same bytes. Without --dry-run it leaves them where a workflow publishes them.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { version } from "./build/version.js";
import { at } from "./lib/paths.js";
import { capture, runAsScript, Trouble } from "./lib/run.js";
import { compare, make } from "./release/artifacts.js";
import { problems } from "./release/facts.js";

const out = at("release");

const main = async () => {
  const { "dry-run": dryRun } = parseArgs({ options: { "dry-run": { type: "boolean" } } }).values;
  const { sbom } = await import("./release/sbom.js");
  const wrong = await problems();
  const refused = `botsplash ${version()} cannot be released:\n${wrong.map((one) => `  - ${one}`).join("\n")}`;
  if (wrong.length > 0 && !dryRun) throw new Trouble(refused);

  const { code, output } = await capture("git", ["rev-parse", "HEAD"]);
  if (code !== 0) throw new Trouble(output);
  const commit = output.trim();
  console.log(
    `release: botsplash ${version()} at ${commit.slice(0, 7)}; each artifact is made twice, in clones of their own`,
  );
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const first = await make(commit, join(out, "first"));
  const second = await make(commit, join(out, "second"));
  for (const { name, bytes, sha256, same } of compare(first, second)) {
    console.log(
      `  ${name.padEnd(24)}${String(bytes).padStart(9)} bytes  sha256 ${sha256}  ${same ? "twice the same" : "DIFFERENT"}`,
    );
    if (!same) throw new Trouble(`${name} differs between two builds of the same commit: see ${out}`);
  }
  writeFileSync(join(out, "sbom.cdx.json"), await sbom());
  console.log(`  sbom.cdx.json lists what the package contains (CycloneDX); all of it is in ${out}`);
  if (wrong.length > 0) console.log(`\nThis was a dry run. ${refused}`);
};

await runAsScript(import.meta, main);
