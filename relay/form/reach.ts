/** How long somebody waits for that who waits for more. */
const PATIENCE_MS = 3000;

/**
 * Whether anything answers at an address, when a post to it had no answer: then it is not the connection that is at fault
 * but the page, the browser or the relay's list of origins. It asks with a request that needs nobody's leave, and with a
 * `fetch` that no script of the page has replaced.
 */
export const reaches = async (url: string) => {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  try {
    document.documentElement.append(frame);
    const pristine = frame.contentWindow as typeof globalThis | null;
    return await Promise.race([
      asks(() => pristine?.fetch, url).catch(() => asks(() => fetch, url)),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS)),
    ]);
  } catch {
    return false;
  } finally {
    frame.remove();
  }
};

/** @param find throws where a frame of a sandboxed page is closed to it */
const asks = async (find: () => typeof fetch | undefined, url: string) => {
  await find()!(url, { method: "HEAD", mode: "no-cors", cache: "no-store" });
  return true;
};
