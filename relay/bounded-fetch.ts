// The API's responses, read up to a bound: one without end must not fill an object that has 128 MB.
import type { ClientOptions } from "botsplash";

type Fetch = NonNullable<ClientOptions["fetch"]>;

/** The API's documented answers are under a kilobyte; a list of meetings is the longest. */
const MOST_BYTES = 1024 * 1024;

const NULL_BODY = [101, 103, 204, 205, 304];

/** A fetch whose responses end after the bound, as if the connection had. */
export const boundedFetch =
  (fetch: Fetch, mostBytes = MOST_BYTES) =>
  async (url: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(url, init);
    const { body, status, statusText } = response;
    if (!body || NULL_BODY.includes(status) || isShort(response, mostBytes)) return response;
    const headers = new Headers(response.headers);
    // It is unpacked, and no longer of that length.
    headers.delete("content-encoding");
    headers.delete("content-length");
    return new Response(body.pipeThrough(upTo(mostBytes)), { status, statusText, headers });
  };

/** HTTP ends it where it is stated to end, unless it is packed. */
const isShort = ({ headers }: Response, mostBytes: number): boolean => {
  const length = headers.get("content-length");
  return (
    length !== null && /^\d+$/.test(length) && Number(length) <= mostBytes && headers.get("content-encoding") === null
  );
};

const upTo = (mostBytes: number) => {
  let left = mostBytes;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.byteLength;
      if (left >= 0) controller.enqueue(chunk);
      // The status of a 2xx or a refusal tells its meaning: only its words are lost.
      else controller.error(new TypeError(`The response is longer than ${mostBytes} bytes.`));
    },
  });
};
