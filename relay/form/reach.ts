import { ask } from "./ask.ts";
import { create } from "./create.ts";

/**
 * Whether anything answers at an address's host, when a post had no answer: then it is not the connection that is at fault
 * but the page, the browser or the relay's list of origins. It asks in a way that needs nobody's leave, and first with a
 * `fetch` that no script of the page has replaced.
 */
export const reaches = async (url: string) => {
  const frame = create("iframe", { hidden: true });
  document.documentElement.append(frame);
  let status: number | undefined;
  // In a sandboxed page, nobody may look into a frame.
  for (const realm of [frame.contentWindow, window] as Window[] as (Window & typeof globalThis)[])
    status ??= (await ask(realm, new URL(url).origin, { method: "HEAD", mode: "no-cors" }, new AbortController(), 3000))
      .status;
  frame.remove();
  return status !== undefined;
};
