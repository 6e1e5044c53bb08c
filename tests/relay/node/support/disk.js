import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { at } from "../../../../scripts/lib/paths.js";
import { temporaryFolder } from "../../../../scripts/lib/temporary-folder.js";

/** Why a disk that fails on request cannot be had here; undefined where it can. */
export const whyNoDisk = process.platform === "linux" ? undefined : "a library is preloaded on Linux alone";

/** @returns the path of the library to preload; see `disk.c` */
export const compileDisk = () => {
  const library = join(temporaryFolder(), "disk.so");
  const source = at("tests", "relay", "node", "support", "disk.c");
  execFileSync("cc", ["-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"]);
  return library;
};

// Root itself may not in many a container.
const canMount = () =>
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  existsSync("/dev/loop-control") &&
  spawnSync("unshare", ["--mount", "true"]).status === 0;

/** Why no file system in a file can be mounted here; undefined where it can. */
export const whyNoMount = canMount() ? undefined : "only root can mount a file system, on Linux";

/** @param {string} image @param {number} megabytes */
export const makeFileSystem = (image, megabytes) => {
  execFileSync("truncate", ["-s", `${megabytes}M`, image]);
  execFileSync("mkfs.ext4", ["-q", "-F", image]);
};

/**
 * Runs a command that alone sees a file system at a folder. However the command ends, its mount ends with it.
 * @param {string} folder @param {...string} mount arguments for `mount`, before the folder, without blanks in them
 * @returns {string[]} what to put before the command
 */
export const seeing = (folder, ...mount) => {
  const script = 'mount $1 "$2"; shift 2; exec "$@"';
  return ["unshare", "--mount", "sh", "-ec", script, "sh", mount.join(" "), folder];
};
