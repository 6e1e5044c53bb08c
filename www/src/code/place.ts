import type { TargetName } from "../target/target.ts";

/** Where the code is to call, and as whom. Never with credentials in it. */
export interface Place {
  target: TargetName;
  appId: string;
  /** A relay's, absolute. */
  relayUrl: string;
  /** The route in place of the contract's, if it is another. */
  route?: string;
}

/** Where the commands below serve a sandbox. */
export const SANDBOX_URL = "http://127.0.0.1:8787/open/v1";
export const START_SANDBOX = "npx botsplash sandbox --no-auth --port 8787";
