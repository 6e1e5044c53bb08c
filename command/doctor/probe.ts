// The doctor's only requests: `listMeetings` and nothing else, by a fetch that refuses whatever is not a read.
import { Botsplash, type ClientOptions, isBotsplashError } from "botsplash";
import type { Account } from "../account.ts";
import type { World } from "./world.ts";

/** How the API answered. */
export interface Answer {
  readonly status: number;
  /** In lower case, without parameters. */
  readonly contentType: string;
  /** Its beginning. It may hold anything: it is compared, and never shown. */
  readonly body: string;
  /** Where a redirect leads. */
  readonly location: string | undefined;
  /** How far the server's clock is ahead of ours, in milliseconds. */
  readonly aheadMs: number | undefined;
}

export type Probe =
  | { readonly answer: Answer }
  /** There was no response. `code` is the system's, such as `ECONNREFUSED`. */
  | { readonly failure: string }
  /** Nothing was asked: the client refuses its settings. */
  | { readonly refused: string };

/** A visitor, by the kind of its id and the id. */
export interface VisitorId {
  readonly idType: "clientVisitorId" | "clientAppId";
  readonly id: string;
}

const MOST_OF_BODY = 4096;

/** Asks for a visitor's meetings: a read, which changes nothing and texts nobody. */
export async function probe(account: Account, { idType, id }: VisitorId, world: World): Promise<Probe> {
  let answer: Answer | undefined;
  let failure: string | undefined;
  const guarded: NonNullable<ClientOptions["fetch"]> = async (url, init) => {
    if (init.method !== "GET" && init.method !== "HEAD") throw new TypeError("the doctor only reads");
    const asked = world.now();
    try {
      const response = await world.fetch(url, init);
      answer = await read(response.clone(), (asked + world.now()) / 2);
      return response;
    } catch (error) {
      failure = codeOf(error);
      throw error;
    }
  };
  const client = new Botsplash({ timeoutMs: 10_000, ...account, retries: 0, fetch: guarded });
  try {
    await client.listMeetings(idType === "clientVisitorId" ? { clientVisitorId: id } : { clientAppId: id });
  } catch (error) {
    if (!isBotsplashError(error)) throw error;
    if (error.delivery === "not_sent") return { refused: error.message };
    if (answer === undefined) return { failure: error.code === "timeout" ? "ETIMEDOUT" : (failure ?? "no code") };
  } finally {
    client.free();
  }
  return answer === undefined ? { failure: failure ?? "no code" } : { answer };
}

async function read(response: Response, at: number): Promise<Answer> {
  const { status, headers } = response;
  const date = Date.parse(headers.get("date") ?? "");
  const [contentType = ""] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  return {
    status,
    contentType: contentType.trim(),
    body: (await response.text()).slice(0, MOST_OF_BODY),
    location: headers.get("location") ?? undefined,
    aheadMs: Number.isNaN(date) ? undefined : date - at,
  };
}

function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === "string" && /^[A-Z][A-Z\d_]+$/.test(code)) return code;
  }
  return undefined;
}
