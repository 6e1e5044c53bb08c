import { readFileSync } from "node:fs";
import { demoCredentials } from "../../sandbox/index.ts";
import { at } from "../lib/paths.js";
import { startWorkerd } from "../lib/workerd.js";

const source = `
  import { createRelay } from "botsplash/relay";

  // Nobody waits for the morning here: this relay's clock can be put forward, and its alarms follow.
  const realNow = Date.now;
  let ahead = 0;
  Date.now = () => realNow() + ahead;

  const relay = createRelay(({ OPTIONS, USERNAME, PASSWORD }) => ({
    ...OPTIONS,
    auth: { username: USERNAME, password: PASSWORD },
    // It is for the user of this machine.
    rateLimit: false,
    authorize: () => true,
  }));
  export class Outbox extends relay.Outbox {
    constructor(context, env) {
      let alarm;
      const set = () => context.storage.setAlarm(alarm.at - (alarm.ahead = ahead));
      super(
        {
          storage: {
            sql: context.storage.sql,
            transactionSync: (action) => context.storage.transactionSync(action),
            sync: () => context.storage.sync(),
            setAlarm: (at) => set((alarm = { at })),
          },
          waitUntil: (told) => context.waitUntil(told),
          abort: (reason) => context.abort(reason),
        },
        env,
      );
      this.followClock = () => alarm && alarm.ahead !== ahead && set();
    }
    fetch(request) {
      this.followClock();
      return super.fetch(request);
    }
  }
  export default {
    async fetch(request, env, execution) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname !== "/clock") return relay.fetch(request, env, execution);
      const step = Number(searchParams.get("until") ?? 0) - Date.now();
      if (step > 0) {
        ahead += step;
        // It wakes every outbox, as the cron does.
        await relay.scheduled(undefined, env, execution);
      }
      return Response.json({ now: Date.now() });
    },
  };`;

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
  // Two more ways to take a lead, which the page plays beside the usual one.
  const lookup = { onAmbiguous: "lookup", fields: FIELDS };
  const daytime = { sendHours: { from: "09:00", to: "20:00" }, fields: FIELDS };
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
    listeners: { welcome, form, lookup, daytime },
    timeZone: "America/New_York",
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
  /** @returns {Promise<any[]>} the newest of each listener, as the review page shows them */
  const leads = async () => {
    const pages = await Promise.all(Object.keys(options.listeners).map((name) => review(`leads?listener=${name}`)));
    return pages.flatMap(({ leads }) => leads);
  };
  /** @returns {Promise<Set<string>>} the numbers of those whom it knows */
  const people = async () =>
    new Set((await leads()).map(({ submission }) => submission?.visitor.phoneNumber).filter(Boolean));
  /** Puts the relay's clock forward, if it is not there yet. @param {number} until in milliseconds since 1970 */
  const passTime = async (until) => {
    const answer = await fetch(new URL(`/clock?until=${until}`, relay.url));
    return /** @type {{ now: number }} */ (await answer.json());
  };
  return {
    ...relay,
    leads,
    passTime,
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
