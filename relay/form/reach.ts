import { create } from "./create.ts";

/**
 * Whether anything answers at an origin, when a post had no response. Then the connection is not at fault, but the page,
 * the browser or the relay's list of origins. It asks in a way that needs nobody's leave, and first with a `fetch` that
 * no script of the page has replaced.
 */
export const reaches = async (origin: string, deadline: Promise<unknown>) => {
  const frame = create("iframe", { hidden: true });
  document.body.append(frame);
  const ask = async (realm: Window | null) =>
    (realm as typeof window).fetch(origin, { method: "HEAD", mode: "no-cors" });
  const found = await Promise.race([
    // In a sandboxed page, nobody may look into a frame.
    ask(frame.contentWindow).catch(() => ask(window)),
    deadline,
  ]).catch(() => {});
  frame.remove();
  return found;
};
