// Lets a page's request outlive the page: Firefox and WebKit end others when a link is clicked, a download's included.
import { type Foreign, safely } from "./safely.ts";

/** Of the 64 KiB that all requests of a page have together; the rest is for others, who may fill it. */
const LONGEST = 8192;

/** Marks the request, where it is a page's and small. */
export const keep = (init: RequestInit): void => {
  const { document } = globalThis as Foreign;
  const { body = "" } = init;
  if (!document || typeof body !== "string" || body.length > LONGEST) return;
  if (safely(() => "keepalive" in Request.prototype)) init.keepalive = true;
};
