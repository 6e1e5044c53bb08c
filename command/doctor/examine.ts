// Asks one question after the other, each only where the answer to the one before leaves it open.
import { randomUUID } from "node:crypto";
import type { Account } from "../account.ts";
import { OUR_BASE_URL } from "../contract/report.ts";
import { checkName, checkTls, connectionFailure } from "./connection.ts";
import { type Check, type Finding, finding } from "./finding.ts";
import { type Answer, type Probe, probe, type VisitorId } from "./probe.ts";
import type { World } from "./world.ts";

const IN_ORDER: readonly Check[] = ["name", "tls", "api", "credentials", "address", "route", "lookup", "clock"];
const MOST_AHEAD_MS = 60_000;

/** @param visitor One that exists, where somebody has given one. */
export async function examine(account: Account, visitor: VisitorId | undefined, world: World): Promise<Finding[]> {
  const found: Finding[] = [];
  const done = (): Finding[] =>
    IN_ORDER.map(
      (check) =>
        found.find((one) => one.check === check) ??
        finding(check, "skipped", "Not checked: the answer would tell nothing."),
    );
  const url = URL.canParse(account.baseUrl ?? OUR_BASE_URL) ? new URL(account.baseUrl ?? OUR_BASE_URL) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    found.push(finding("name", "wrong", "The base URL is not a URL that begins with https: check --base-url."));
    return done();
  }
  found.push(await checkName(url, world));
  if (isWrong(found)) return done();
  found.push(await checkTls(url, account.timeoutMs ?? 10_000, world));
  if (isWrong(found) && url.protocol === "https:") return done();

  const nobody: VisitorId = { idType: visitor?.idType ?? "clientVisitorId", id: `no-such-visitor-${randomUUID()}` };
  const unknown = await probe(account, nobody, world);
  found.push(checkApi(unknown));
  if ("answer" in unknown) found.push(checkClock(unknown.answer));
  if (!("answer" in unknown) || found.some(({ check, verdict }) => check === "api" && verdict === "wrong"))
    return done();

  const { auth, ...anonymous } = account;
  const without = auth === undefined ? unknown : await probe(anonymous, nobody, world);
  const letIn = checkAccess(unknown.answer, without, auth !== undefined);
  found.push(...letIn);
  if (letIn.some(({ verdict }) => verdict === "wrong") || isShut(unknown.answer)) return done();

  // A path that no API has, asked in the same way.
  const nowhere = `GET /{appId}/no-such-path-${randomUUID()}/{idType}/{idValue}`;
  const absent = await probe({ ...account, routes: { listMeetings: nowhere } }, nobody, world);
  const known = visitor && (await probe(account, visitor, world));
  found.push(...checkRoute({ unknown: unknown.answer, absent, known, nobody }));
  return done();
}

function isWrong(found: readonly Finding[]): boolean {
  return found.at(-1)?.verdict === "wrong";
}

function isShut({ status }: Answer): boolean {
  return status === 401 || status === 403;
}

function checkApi(probed: Probe): Finding {
  if ("refused" in probed) return finding("api", "wrong", `Nothing was asked. ${probed.refused}`);
  if ("failure" in probed) {
    return finding("api", "wrong", `No answer came (${probed.failure})${connectionFailure(probed.failure)}.`);
  }
  const { status, contentType, body, location } = probed.answer;
  if (location !== undefined && status >= 300 && status < 400) {
    return finding("api", "wrong", `The server redirects elsewhere (${status}): check --base-url.`);
  }
  if (/html/.test(contentType) || /^\s*<(!doctype|html)/i.test(body)) {
    return finding(
      "api",
      "wrong",
      `A page answers (${status}), not the API: check --base-url, and for a proxy on the way.`,
    );
  }
  if (status === 429) return finding("api", "wrong", "The API asks for fewer requests (429): try again later.");
  if (status >= 500) return finding("api", "wrong", `The API has trouble of its own (${status}): try again later.`);
  if (/json/.test(contentType)) return finding("api", "right", `The API answers, in JSON (${status}).`);
  return finding("api", "unknown", `Something answers with ${status}, and not in JSON: it may not be the API.`);
}

/** Credentials, and whether this address is on the account's list, as far as a 401 or 403 tells. */
function checkAccess({ status }: Answer, without: Probe, hasCredentials: boolean): Finding[] {
  const asksForNone = "answer" in without && !isShut(without.answer);
  if (!hasCredentials) {
    return asksForNone
      ? [
          finding(
            "credentials",
            "unknown",
            "None are given, and the API asks for none: is it a relay, or a sandbox with --no-auth?",
          ),
          finding("address", "unknown", "Requests from this machine are let in."),
        ]
      : [
          finding("credentials", "wrong", `None are given, and the API wants them (${status}): see --help.`),
          finding("address", "skipped", "Not checked: the answer would tell nothing."),
        ];
  }
  if (status === 401) {
    return [
      finding(
        "credentials",
        "wrong",
        "The API does not take them (401): check user name and password, or the API key. An API may also say 401 to an address that is not allow-listed.",
      ),
      finding("address", "unknown", "Nobody can tell before the credentials are taken."),
    ];
  }
  if (status === 403) {
    return [
      finding("credentials", "unknown", "The API forbids the request (403) without saying why."),
      finding(
        "address",
        "wrong",
        "The API forbids the request (403): most likely this machine's address is not allow-listed. Ask Botsplash to add the address that this machine calls from.",
      ),
    ];
  }
  const taken = asksForNone
    ? finding(
        "credentials",
        "unknown",
        "The API answers the same without them: is it a relay, or a sandbox with --no-auth?",
      )
    : finding("credentials", "right", "The API takes them: without them it answers otherwise.");
  return [taken, finding("address", "right", "Requests from this machine are let in.")];
}

interface Probes {
  /** Of a visitor that cannot exist. */
  readonly unknown: Answer;
  /** Of a path that cannot exist. */
  readonly absent: Probe;
  /** Of a visitor that exists. */
  readonly known: Probe | undefined;
  readonly nobody: VisitorId;
}

const CONTRACT = "botsplash contract tells the real route from the API's description";

/** Does the route of `listMeetings` hold, and could a relay look leads up by it? */
function checkRoute({ unknown, absent, known, nobody }: Probes): Finding[] {
  const noLookup = finding("lookup", "unknown", 'Nobody can tell whether onAmbiguous: "lookup" would work here.');
  const likeNothing = "answer" in absent && isAlike(absent.answer, unknown, nobody);
  if (unknown.status === 405) {
    const sentence = `The route of listMeetings does not take GET (405): ${CONTRACT}.`;
    return [finding("route", "wrong", sentence), noLookup];
  }
  if (known === undefined) {
    const more = likeNothing
      ? "The API answers as it does for a path that cannot exist."
      : "The API answers otherwise than for a path that cannot exist, which speaks for the route.";
    const sentence = `Nobody can tell a wrong route from an unknown visitor: give --visitor <id>. ${more}`;
    return [finding("route", "unknown", sentence), noLookup];
  }
  if (!("answer" in known)) {
    return [finding("route", "unknown", "The second request got no response: try again."), noLookup];
  }
  const { status, contentType } = known.answer;
  if (status !== 200 || !/json/.test(contentType)) {
    const answers = `listMeetings answers ${status} for that visitor`;
    if (status === 404 && !likeNothing) {
      const sentence = `${answers}, and otherwise than for a path that cannot exist: the route seems to hold, and the visitor is unknown. Give the id of one that exists.`;
      return [finding("route", "unknown", sentence), noLookup];
    }
    const why = likeNothing
      ? `as for a path that cannot exist: the route is wrong, or the visitor is unknown; ${CONTRACT}`
      : "which is not an answer about meetings: try again, or ask Botsplash";
    return [finding("route", "wrong", `${answers}, ${why}.`), noLookup];
  }
  const holds = finding("route", "right", "listMeetings answers for that visitor: its route holds.");
  if (unknown.status === 404) {
    const sentence = 'A visitor that cannot exist is a 404: onAmbiguous: "lookup" would work here.';
    return [holds, finding("lookup", "right", sentence)];
  }
  const sentence = `A visitor that cannot exist is a ${unknown.status} and not a 404: onAmbiguous: "lookup" would not work here.`;
  return [holds, finding("lookup", "wrong", sentence)];
}

/** The same answer, whatever ids, times and paths it repeats. */
function isAlike(one: Answer, other: Answer, nobody: VisitorId): boolean {
  const plain = ({ body }: Answer): string =>
    body
      .replaceAll(nobody.id, "")
      .replace(/no-such-path-[\da-f-]+/g, "")
      .replace(/[\da-f]{8}-[\da-f-]{27}|\d+|"(\/[^"]*)"/gi, "");
  return one.status === other.status && one.contentType === other.contentType && plain(one) === plain(other);
}

function checkClock({ aheadMs }: Answer): Finding {
  if (aheadMs === undefined) return finding("clock", "unknown", "The server does not tell its time.");
  if (Math.abs(aheadMs) <= MOST_AHEAD_MS)
    return finding("clock", "right", "This machine's clock agrees with the server's.");
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const direction = aheadMs > 0 ? "behind" : "ahead of";
  return finding("clock", "wrong", `This machine's clock is ${seconds} seconds ${direction} the server's: set it.`);
}
