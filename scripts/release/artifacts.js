import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, tools } from "../lib/paths.js";
import { capture, Trouble } from "../lib/run.js";

/**
 * Makes the npm tarball and the crate of a commit, in a clone that nothing has touched. Only the programs that build
 * them (.tools) are shared.
 * @param {string} commit
 * @param {string} to a folder that does not exist yet
 */
export const make = async (commit, to) => {
  const clone = mkdtempSync(join(tmpdir(), "botsplash-release-"));
  /** @param {string} command @param {string[]} args @param {string} [cwd] */
  const run = async (command, args, cwd = clone) => {
    const { code, output } = await capture(command, args, { cwd, env: { NODE_ENV: "" } });
    if (code !== 0) throw new Trouble(`${output}\nThis failed: ${command} ${args.join(" ")}`);
  };
  try {
    await run("git", ["clone", "--quiet", "--no-hardlinks", root, clone], root);
    await run("git", ["checkout", "--quiet", commit]);
    symlinkSync(tools, join(clone, ".tools"));
    await run("npm", ["run", "build"]);
    mkdirSync(to);
    await run("npm", ["pack", "--pack-destination", to], join(clone, "pkg"));
    await run("cargo", ["package", "--quiet", "--no-verify"]);
    const crates = join(clone, "target", "package");
    for (const name of readdirSync(crates).filter((one) => one.endsWith(".crate"))) {
      renameSync(join(crates, name), join(to, name));
    }
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
  return to;
};

/** @param {string} first @param {string} second two folders that `make` made */
export const compare = (first, second) =>
  readdirSync(first)
    .sort()
    .map((name) => {
      const [one, other] = [first, second].map((folder) => readFileSync(join(folder, name)));
      return {
        name,
        bytes: one.length,
        sha256: createHash("sha256").update(one).digest("hex"),
        same: one.equals(other),
      };
    });
