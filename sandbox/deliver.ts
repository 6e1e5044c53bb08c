import type { Answer, Reply } from "./faults.ts";
import { untilAborted } from "./wait.ts";

const NULL_BODY = [204, 205, 304];

/** A reply as fetch would have it seen. */
export async function deliver(reply: Reply, signal: AbortSignal | undefined): Promise<Response> {
  // fetch's message for a torn connection differs from runtime to runtime, but it is a TypeError.
  if (reply === "reset") throw new TypeError("fetch failed: the connection was reset");
  if (reply === "hang") return untilAborted(signal);
  const { status, headers } = reply;
  return new Response(NULL_BODY.includes(status) ? null : bodyOf(reply, signal), { status, headers });
}

function bodyOf({ body, ends }: Answer, signal: AbortSignal | undefined): BodyInit {
  if (ends === "whole") return body;
  let sent = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!sent) {
        sent = true;
        return controller.enqueue(new TextEncoder().encode(body));
      }
      if (ends === "torn") throw new TypeError("terminated: the connection was reset");
      await untilAborted(signal);
    },
  });
}
