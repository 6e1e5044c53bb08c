// How much of an upload is sent, on a terminal.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

const EVERY_MS = 100;
/** Node tells there of each request whose headers it sends, and over which connection. */
const CHANNEL = "undici:client:sendHeaders";

/**
 * Shows the progress of the next upload until the returned function is called. Shows nothing where nobody looks on.
 *
 * @param size The file's, in bytes.
 */
export function showProgress(size: number, stream: Pick<NodeJS.WriteStream, "isTTY" | "write">): () => void {
  if (stream.isTTY !== true || size === 0) return () => {};
  let socket: Socket | undefined;
  let before = 0;
  const listen = (message: unknown): void => {
    socket = (message as { socket: Socket }).socket;
    before = socket.bytesWritten;
  };
  const draw = (): void => {
    const sent = socket === undefined ? 0 : socket.bytesWritten - before;
    stream.write(`\rUploading: ${Math.min(100, Math.floor((100 * sent) / size))}%`);
  };
  subscribe(CHANNEL, listen);
  draw();
  const timer = setInterval(draw, EVERY_MS);
  return () => {
    clearInterval(timer);
    unsubscribe(CHANNEL, listen);
    // The line is empty again: what comes next is the outcome.
    stream.write("\r\u001b[K");
  };
}
