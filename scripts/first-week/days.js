// The script of the week: who does what, and when.

const WORDS = "You may text me at this number. Message and data rates may apply; I can reply STOP at any time.";
const NEW_WORDS = "Yes, text me about my quote. Message and data rates may apply; I can reply STOP at any time.";
const OWNER = "2125550199";

/** The subject of each day. */
export const remarks = {
  Monday: "The owner sets the relay up, rehearses, and opens. The first lead comes, and so does the first bot.",
  Tuesday: "Leads of the night go in the morning. At eleven the API fails for forty minutes.",
  Wednesday: "Somebody changes the password at the API, and forgets the relay.",
  Thursday: "The page gets other words beside its box, and moves to another host.",
  Friday: "The owner switches Turnstile on. Cloudflare has a bad quarter of an hour.",
  Saturday: "Somebody does not want to be texted. Bots come in numbers.",
  Sunday: "Somebody wants to be forgotten. The owner looks back.",
};

/**
 * @typedef {object} Stage
 * @property {Awaited<ReturnType<typeof import("./worker-world.js").createWorkerWorld>>} relay
 * @property {(day: number, time: string) => Promise<void>} at time passes until then; 0 is Monday
 * @property {(who: import("./worker-world.js").Who, what: string) => void} note
 */

/** @param {Stage} stage */
export const play = async ({ relay, at, note }) => {
  /** @param {string} what @param {Record<string, string>} fields @param {string} [origin] */
  const visitor = async (what, fields, origin) => {
    note("visitor", what);
    const { status, words, location } = await relay.post({ firstName: "Jane", consent: WORDS, ...fields }, origin);
    note("relay", status === 303 ? `303 to ${location}` : `${status}: “${words}”`);
    await relay.settle();
  };
  /** @param {string} what @param {string} path @param {object} [order] */
  const owner = async (what, path, order) => {
    note("owner", what);
    return relay.review(path, order);
  };
  /** @param {string} state @returns {Promise<string[]>} */
  const ids = async (state) => {
    /** @type {string[]} */
    const all = [];
    for (let before = ""; ; ) {
      const page = JSON.parse(await relay.review(`/leads?listener=welcome&state=${state}&before=${before}`));
      all.push(...page.leads.map((/** @type {{ id: string }} */ { id }) => id));
      if (page.next === undefined) return all;
      before = page.next;
    }
  };
  const listener = "welcome";

  await at(0, "08:10");
  note("owner", "Deploys the Worker, without REVIEW_SECRET.");
  await relay.deploy({ REVIEW_SECRET: "" });
  await visitor("Sends the form.", { phoneNumber: "(212) 555-0101" });
  await at(0, "08:20");
  note("owner", "Sets the secret, and REHEARSAL to 212-555-0199.");
  await relay.deploy({ REVIEW_SECRET: "the-owners-secret-of-32-characters", REHEARSAL: OWNER });
  await owner("Opens /review, and presses “Send a test alert”.", "/test-alert", {});
  await at(0, "09:05");
  await visitor("The owner sends the form, with the number of the rehearsal.", { phoneNumber: OWNER });
  await at(0, "09:10");
  await visitor("A colleague sends it, too.", { phoneNumber: "212 555 0102" });
  await at(0, "09:20");
  await owner("Drops the colleague's lead, and takes REHEARSAL out.", "/drop", { listener, ids: await ids("held") });
  await relay.deploy({ REHEARSAL: "" });
  await at(0, "10:12");
  await visitor("The first real lead.", { phoneNumber: "(212) 555-0103", message: "How much is it?" });
  await visitor("Presses the button again.", { phoneNumber: "(212) 555-0103", message: "How much is it?" });
  await at(0, "12:40");
  await visitor("A bot fills in every field, the hidden one too.", { phoneNumber: "2125550104", website: "x" });
  await at(0, "15:30");
  await visitor("Mistypes the number.", { phoneNumber: "212 555 01" });
  await visitor("Fixes it.", { phoneNumber: "212 555 0105" });
  await at(0, "21:30");
  await visitor("Somebody in New York sends the form at night.", { phoneNumber: "212-555-0106" });
  await visitor("Somebody in California, where it is half past six.", { phoneNumber: "310-555-0107" });

  await at(1, "11:00");
  relay.world.apiStatus = 503;
  note("API", "It goes down.");
  await at(1, "11:05");
  await visitor("Sends the form.", { phoneNumber: "212-555-0110" });
  await at(1, "11:12");
  await visitor("Another one does.", { phoneNumber: "212-555-0111" });
  await at(1, "11:20");
  await visitor("And another.", { phoneNumber: "212-555-0112" });
  await at(1, "11:40");
  relay.world.apiStatus = 0;
  note("API", "It is up again.");
  await at(1, "14:00");
  const uncertain = await ids("review");
  await owner(
    "Looks for the leads in review in Botsplash, finds none of them there, and sends them again.",
    "/resend",
    {
      listener,
      ids: uncertain,
    },
  );

  await at(2, "09:30");
  relay.world.apiPassword = "second-password";
  note("API", "Its password is changed.");
  await at(2, "10:00");
  await visitor("Sends the form.", { phoneNumber: "212-555-0120" });
  await at(2, "10:20");
  await visitor("Another one does.", { phoneNumber: "212-555-0121" });
  await at(2, "10:45");
  note("owner", "Reads the alert, and sets BOTSPLASH_PASSWORD.");
  await relay.deploy({ BOTSPLASH_PASSWORD: "second-password" });
  await owner("Presses “Resume sending”.", "/resume", { listener });
  await at(2, "11:00");

  await at(3, "09:30");
  note("owner", "Changes the words beside the box, and does not list them in CONSENT.");
  await at(3, "10:15");
  await visitor("Sends the form with the new words.", { phoneNumber: "212-555-0130", consent: NEW_WORDS });
  await at(3, "10:50");
  note("owner", "Lists the words in CONSENT, and deploys.");
  await relay.deploy({ CONSENT: { "2026-11": WORDS, "2026-11-05": NEW_WORDS } });
  await at(3, "11:05");
  await visitor("Leaves the box empty.", { phoneNumber: "212-555-0131", consent: "" });
  await at(3, "14:00");
  note("owner", "Moves the page to https://quotes.example.com.");
  await at(3, "14:20");
  await visitor("Sends the form of the new host.", { phoneNumber: "212-555-0132" }, "https://quotes.example.com");
  await at(3, "14:45");
  note("owner", "Adds the host to ORIGINS.");
  await relay.deploy({ ORIGINS: "https://www.example.com https://quotes.example.com" });
  await visitor("Tries again.", { phoneNumber: "212-555-0132" }, "https://quotes.example.com");

  await at(4, "09:30");
  note("owner", "Puts the widget into the page, and sets TURNSTILE_HOSTNAME and TURNSTILE_SECRET.");
  await relay.deploy({ TURNSTILE_HOSTNAME: "www.example.com", TURNSTILE_SECRET: "turnstile-secret" });
  const good = { "cf-turnstile-response": "good" };
  await at(4, "10:00");
  await visitor("Sends the form.", { phoneNumber: "212-555-0140", ...good });
  await at(4, "11:00");
  await visitor("A bot makes up a token.", { phoneNumber: "212-555-0141", "cf-turnstile-response": "made up" });
  await at(4, "15:00");
  relay.world.verifies = false;
  await visitor("Sends the form while Turnstile cannot be asked.", { phoneNumber: "212-555-0142", ...good });
  await at(4, "15:15");
  relay.world.verifies = true;
  await at(4, "15:40");
  await owner("Looks at the held lead in /review, and presses “Send”.", "/resend", {
    listener,
    ids: await ids("held"),
  });

  await at(5, "10:00");
  await owner("Somebody has replied STOP: puts 212-555-0103 on the list.", "/do-not-text", {
    phoneNumber: "2125550103",
  });
  await at(5, "11:30");
  await visitor("The same person sends the form again.", { phoneNumber: "212-555-0103", ...good });
  await at(5, "13:00");
  note("visitor", "Bots send 300 forms, with the hidden field filled in.");
  for (let number = 200; number < 500; number += 1) {
    await relay.post({ phoneNumber: `2125550${number}`, consent: WORDS, website: "x" });
  }
  await at(5, "13:05");
  await visitor("Sends the form amid all that.", { phoneNumber: "212-555-0150", ...good });

  await at(6, "10:00");
  const erased = JSON.parse(
    await owner("Somebody asks to be forgotten: erases 212-555-0105.", "/erase", { phoneNumber: "212-555-0105" }),
  );
  note("relay", erased.failed.length === 0 ? "Erased in every outbox. The digest of the consent stays." : "It failed.");
  await at(6, "10:10");
  /** @type {string[]} */
  const consents = (await owner("Exports all consents.", "/consents.jsonl?listener=welcome")).trim().split("\n");
  const kept = consents.filter((/** @type {string} */ line) => JSON.parse(line).record !== undefined).length;
  note("relay", `${consents.length} lines, of which ${consents.length - kept} has lost its record.`);
  await at(6, "10:20");
  await owner("Looks at the quarantine: bots, all of them. Drops them.", "/drop", {
    listener,
    ids: await ids("quarantined"),
  });
  await at(6, "23:59");
  const { counts } = JSON.parse(await relay.review("/status")).listeners[0];
  const states = Object.entries(counts).filter(([, count]) => count > 0);
  note("owner", `Looks at the counts: ${states.map(([state, count]) => `${count} ${state}`).join(", ")}.`);
};
