// Keeps trial leads and real ones apart: one folder never goes from the sandbox to the API, or back.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TRIAL } from "./files.ts";
import { openRegister } from "./register.ts";
import { HostTrouble } from "./trouble.ts";

/**
 * Looks whether the folder may be used in this way. Nothing is changed.
 *
 * @throws {HostTrouble} `misconfigured`: a trial lead that waits would text a real person, or a real lead that waits would
 *   go to the sandbox and be lost.
 */
export const requirePurpose = (folder: string, isTrial: boolean): void => {
  const wasTrial = existsSync(join(folder, TRIAL));
  if (wasTrial && !isTrial) {
    throw new HostTrouble(
      "misconfigured",
      `${folder} holds leads of a trial with --sandbox, and they must not be sent: give --data another folder.`,
    );
  }
  if (isTrial && !wasTrial && openRegister(folder).listeners().length > 0) {
    throw new HostTrouble(
      "misconfigured",
      `${folder} holds real leads, and the sandbox would swallow those that wait: give --data another folder.`,
    );
  }
};

/** Marks the folder, before anything is in it. To be called by the process that has the folder. */
export const claimPurpose = (folder: string, isTrial: boolean): void => {
  requirePurpose(folder, isTrial);
  if (isTrial)
    writeFileSync(join(folder, TRIAL), "The leads in this folder went to a sandbox. Delete all of it, or none.\n");
};
