import { demoCredentials } from "../../sandbox/index.js";
import { startWorkerd } from "./workerd.js";

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
  ...["clientVisitorId", "agentClientUserId", "participantAgentIds", "teamCode", "firstName", "lastName", "email"],
  ...["phoneNumber", "state", "tzName", "deliveryStatus", "message", "mediaUrl", "mediaKey"],
];
const OPERATIONS = [
  ...["uploadFile", "triggerSequence", "updateVisitor", "callVisitorAction", "listMeetings", "scheduleMeeting"],
  ...["sendMessage", "updatePhoneStatuses"],
];

/**
 * The relay of the demo: a real one, in workerd, under `/relay`.
 * @param {{ api: string, origins: string[] }} options `api`: the sandbox's base URL
 */
export const startRelay = async ({ api, origins }) => {
  const [{ username, password }] = demoCredentials;
  const welcome = {
    ...{ thanks: "/form/thanks", honeypot: "website", fields: FIELDS },
    extendedAttributes: ["color", "leadSourceId", "priority"],
    // Long enough for a double click, and short enough to try the same lead twice.
    dedupeWindowMs: 10_000,
  };
  const options = {
    ...{ appId: "demo", baseUrl: api, basePath: "/relay", origins, operations: OPERATIONS },
    ...{ listeners: { welcome }, reviewSecret: REVIEW_SECRET },
  };
  const relay = await startWorkerd({ source, env: { OPTIONS: options, USERNAME: username, PASSWORD: password } });
  return {
    ...relay,
    /** Ends the pause that refused credentials have put it in. */
    resume: () =>
      fetch(new URL("/relay/review/api/resume", relay.url), {
        method: "POST",
        headers: { authorization: `Bearer ${REVIEW_SECRET}`, "content-type": "application/json" },
        body: JSON.stringify({ listener: "welcome" }),
      }),
  };
};
