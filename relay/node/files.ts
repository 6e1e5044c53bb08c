// The names of the files in the data folder.
import { createHash } from "node:crypto";

/** The file that keeps a second process out. */
export const LOCK = "relay.lock";

/** The file that marks a folder whose leads go to a sandbox. */
export const TRIAL = "trial.txt";

/** The outboxes that there are. */
export const REGISTER = "outboxes.json";

const LONGEST = 100;

/**
 * The file of a listener's outbox. Two listeners never share one, also where a file system takes `Sales` and `sales` for
 * the same. Whatever is not a small letter, a digit or a hyphen is written as its bytes.
 */
export const outboxFile = (listenerId: string): string => {
  const name = Array.from(Buffer.from(listenerId), (byte) => {
    const char = String.fromCharCode(byte);
    return /[a-z0-9-]/.test(char) ? char : `_${byte.toString(16).padStart(2, "0")}`;
  }).join("");
  const short = name.length <= LONGEST ? name : `_${createHash("sha256").update(listenerId).digest("hex")}`;
  return `outbox-${short}.sqlite`;
};
