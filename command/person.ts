// `botsplash person`: what a relay has of one person, shown or erased.
import { defineCommand } from "./define.ts";
import { Failure } from "./failure.ts";
import { print, tell } from "./terminal.ts";

const help = `Usage: botsplash person <export|erase> <number or email> --relay <url>

Asks a running relay, in a Worker or on one machine, about one person, for all its listeners.

  export         prints all that it has of them: a line of JSON for each lead and each consent
  erase          erases them; the digests of their consents stay. This cannot be undone
  --relay <url>  where the relay is, such as https://relay.example.com
  --help         shows this

The relay's reviewSecret is taken from the variable REVIEW_SECRET, and never from the arguments:
every user of a machine sees those.

Exit statuses: 0 done; 1 one of the relay's outboxes failed: do it again; 2 the arguments do not
fit; 69 nothing answers there; 77 the relay does not take the secret.

Example:
  REVIEW_SECRET=... npx botsplash person export 555-234-5678 --relay http://127.0.0.1:8787
`;

const NOT_THERE = 69;
const NOT_ALLOWED = 77;

export const command = defineCommand({
  help,
  options: { relay: { type: "string" } },
  operands: ["export or erase", "number or email"],
  async run({ values, operands: [what, who = ""] }) {
    if (what !== "export" && what !== "erase") throw new Failure("The first argument must be export or erase.");
    const relay = values.relay ?? "";
    if (!/^https?:\/\//.test(relay) || !URL.canParse(relay)) {
      throw new Failure("--relay must be the relay's address, such as https://relay.example.com.");
    }
    const secret = process.env["REVIEW_SECRET"];
    if (!secret) throw new Failure("REVIEW_SECRET is not set: it is the relay's reviewSecret.");
    const person: Record<string, string> = who.includes("@") ? { email: who } : { phoneNumber: who };
    const ask = asker(relay, secret);
    if (what === "export") return exportTo(ask, new URLSearchParams(person));
    const { changed, failed } = (await (await ask("/erase", person)).json()) as { changed: number; failed: string[] };
    tell(`Erased. ${changed} leads that waited or were in review were given up.`);
    if (failed.length > 0) tell(`It failed for ${failed.join(", ")}: do it again.`);
    return failed.length > 0 ? 1 : 0;
  },
});

type Ask = (path: string, order?: object) => Promise<Response>;

const asker =
  (relay: string, secret: string): Ask =>
  async (path, order) => {
    const url = `${relay.replace(/\/+$/, "")}/review/api${path}`;
    let response: Response;
    try {
      response = await fetch(url, {
        headers: { Authorization: `Bearer ${secret}`, ...(order && { "Content-Type": "application/json" }) },
        // To whoever is sent elsewhere, the secret would go, too.
        redirect: "manual",
        ...(order && { method: "POST", body: JSON.stringify(order) }),
      });
    } catch {
      throw new Failure("Nothing answers there.", { status: NOT_THERE });
    }
    if (response.ok) return response;
    if (response.status === 404) {
      throw new Failure("There is no relay, or REVIEW_SECRET is not its reviewSecret.", { status: NOT_ALLOWED });
    }
    const { detail = `The relay answered ${response.status}.` } = (await response.json().catch(() => ({}))) as {
      detail?: string;
    };
    throw new Failure(detail, { status: response.status === 400 ? 2 : NOT_THERE });
  };

const exportTo = async (ask: Ask, query: URLSearchParams): Promise<number> => {
  const lines = (await (await ask(`/person.jsonl?${query}`)).text()).trim();
  if (lines === "") {
    tell("The relay has nothing of this person.");
    return 0;
  }
  print(lines);
  const failed = lines.split("\n").flatMap((line) => {
    const { kind, listener } = JSON.parse(line) as { kind: string; listener: string };
    return kind === "failed" ? listener : [];
  });
  if (failed.length > 0) tell(`It failed for ${failed.join(", ")}: do it again.`);
  return failed.length > 0 ? 1 : 0;
};
