import { readFileSync } from "node:fs";
import { demoCredentials } from "../../sandbox/index.ts";
import { at } from "../lib/paths.js";
import { startWorkerd } from "../lib/workerd.js";

const source = `
  import { createRelay } from "botsplash/relay";

  const relay = createRelay(({ OPTIONS, USERNAME, PASSWORD }) => ({
    ...OPTIONS,
    auth: { username: USERNAME, password: PASSWORD },
    // It is for the user of this machine.
    rateLimit: false,
    authorize: () => true,
  }));
  export const Outbox = relay.Outbox;
  export default relay;`;

/** The secret that opens the demo's review page, and nothing else. */
export const REVIEW_SECRET = "review-the-leads-of-this-demo-only";

/** The page shows every field there is; a real form has no need of most of them. */
const FIELDS = [
  "clientVisitorId",
  "agentClientUserId",
  "participantAgentIds",
  "teamCode",
  "firstName",
  "lastName",
  "email",
  "phoneNumber",
  "state",
  "tzName",
  "deliveryStatus",
  "message",
  "mediaUrl",
  "mediaKey",
];
const OPERATIONS = [
  "uploadFile",
  "triggerSequence",
  "updateVisitor",
  "callVisitorAction",
  "listMeetings",
  "scheduleMeeting",
  "sendMessage",
  "updatePhoneStatuses",
];

/** The words beside the example form's box, from the form itself. */
const consentTexts = () => {
  const html = readFileSync(at("examples", "cloudflare-worker", "public", "index.html"), "utf8");
  return { demo: /name="consent" value="(.+?)"/.exec(html)?.[1] };
};

/**
 * The relay of the demo: a real one, under `/relay`. Its engine is workerd, which is installed already: the other one needs
 * a younger Node than this repository does.
 * @param {{ api: string, origins: string[] }} options `api`: the sandbox's base URL
 */
export const startRelay = async ({ api, origins }) => {
  const [{ username, password }] = demoCredentials;
  const welcome = {
    fields: FIELDS,
    extendedAttributes: ["color", "leadSourceId", "priority"],
  };
  // The fields of the example Worker's form, and no more.
  const form = {
    successUrl: "/form/thanks",
    args: { message: "Thanks, we will text you." },
    required: ["phoneNumber"],
    consent: { field: "consent", texts: consentTexts() },
    honeypot: "website",
  };
  const options = {
    appId: "demo",
    baseUrl: api,
    basePath: "/relay",
    origins,
    operations: OPERATIONS,
    listeners: { welcome, form },
    reviewSecret: REVIEW_SECRET,
  };
  const relay = await startWorkerd({ source, env: { OPTIONS: options, USERNAME: username, PASSWORD: password } });
  const headers = { authorization: `Bearer ${REVIEW_SECRET}`, "content-type": "application/json" };
  /** @param {string} path @param {object} [order] */
  const review = async (path, order) => {
    const body = order && JSON.stringify({ listener: "welcome", ...order });
    const answer = await fetch(new URL(`/relay/review/api/${path}`, relay.url), {
      method: body ? "POST" : "GET",
      headers,
      body,
    });
    return answer.json();
  };
  /** @returns {Promise<Set<string>>} the numbers of those whom it knows */
  const people = async () => {
    const pages = await Promise.all(Object.keys(options.listeners).map((name) => review(`leads?listener=${name}`)));
    const numbers = pages
      .flatMap(({ leads }) => leads)
      .map(({ submission }) => submission?.visitor.phoneNumber)
      .filter(Boolean);
    return new Set(numbers);
  };
  return {
    ...relay,
    /**
     * Erases everybody, so that the same lead is a new one, and what waited is given up. It ends the pause that refused
     * credentials have put it in.
     */
    async startOver() {
      for (const phoneNumber of await people()) await review("erase", { phoneNumber });
      await review("resume", {});
    },
  };
};
