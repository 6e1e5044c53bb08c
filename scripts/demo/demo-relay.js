import { demoCredentials } from "../../sandbox/index.ts";
import { startWorkerd } from "../lib/workerd.js";

const source = `
  import { createRelay } from "botsplash/relay";

  const relay = createRelay(({ OPTIONS, USERNAME, PASSWORD }) => ({
    ...OPTIONS,
    auth: { username: USERNAME, password: PASSWORD },
    // It is for whoever sits at this machine.
    rateLimit: false,
    authorize: () => true,
  }));
  export const Outbox = relay.Outbox;
  export default relay;`;

/** What opens the demo's review page, and nothing else. */
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

/**
 * The relay of the demo: a real one, in workerd, under `/relay`.
 * @param {{ api: string, origins: string[] }} options `api`: the sandbox's base URL
 */
export const startRelay = async ({ api, origins }) => {
  const [{ username, password }] = demoCredentials;
  const welcome = {
    successUrl: "/form/thanks",
    honeypot: "website",
    fields: FIELDS,
    extendedAttributes: ["color", "leadSourceId", "priority"],
    // Who sends the same lead again here wants to see what comes of it; the form has its key.
    dedupeWindowMs: 0,
  };
  const options = {
    appId: "demo",
    baseUrl: api,
    basePath: "/relay",
    origins,
    operations: OPERATIONS,
    listeners: { welcome },
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
  return {
    ...relay,
    /** Gives up the leads that wait, and ends the pause that refused credentials have put it in. */
    async startOver() {
      const { leads } = await review("leads?listener=welcome&state=queued");
      const ids = leads.map((/** @type {{ id: string }} */ { id }) => id);
      if (ids.length > 0) await review("drop", { ids });
      await review("resume", {});
    },
  };
};
