// Who is measured, in whichever runtime this is bundled for.

import { create as openapiFetch } from "./openapi-fetch.js";
import { create as ours } from "./ours.js";
import { create as raw } from "./raw.js";
import { create as reqwest } from "./reqwest.js";
import { throwingClients } from "./throwing-clients.js";
import { create as withoutRust } from "./without-rust.js";

export const contestants = {
  raw,
  "raw, signal": (setup) => raw(setup, { timeoutMs: 30_000 }),
  "raw, URL and init": (setup) => raw(setup, { request: false }),
  ours,
  "ours, without Rust": withoutRust,
  "openapi-fetch + zod": openapiFetch,
  reqwest,
  ...throwingClients,
};
