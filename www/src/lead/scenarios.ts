// Bad days that a relay sees to by itself: what happens on each, in the order in which it happens.
import type { Botsplash, NewVisitor } from "botsplash";
import type { Fault } from "botsplash/sandbox";
import type { RelayLead } from "../target/desk.ts";

export interface Stage {
  client: Botsplash;
  /** From now on the API does this. */
  fault: (fault: Fault) => Promise<unknown>;
  /** Waits until the relay has a lead so, or for a while. */
  until: (id: string, is: (lead: RelayLead) => boolean) => Promise<unknown>;
  /** By the relay's clock. */
  now: number;
  /** Shows what has become of this lead. */
  show: (id: string) => void;
}

export interface Scenario {
  label: string;
  story: string;
  play: (stage: Stage) => Promise<void>;
}

/** Somebody new each time: the relay knows the others. */
const person = (firstName: string) => ({
  firstName,
  phoneNumber: `333444${1000 + Math.floor(Math.random() * 9000)}`,
});

const submitted = async ({ client, show }: Stage, listener: string, visitor: NewVisitor): Promise<string> => {
  const args = { message: `Welcome, ${visitor.firstName}!` };
  const { requestId } = await client.submitListener(listener, { visitor, args });
  const id = requestId ?? "";
  show(id);
  return id;
};

/** Somewhere it is always night. */
const PLACES: Record<string, string> = {
  "Pacific/Honolulu": "Honolulu",
  "America/Los_Angeles": "Los Angeles",
  "America/New_York": "New York",
  "Europe/London": "London",
  "Asia/Dubai": "Dubai",
  "Asia/Tokyo": "Tokyo",
  "Pacific/Auckland": "Auckland",
};

const hourIn = (timeZone: string, at: number) =>
  Number(new Intl.DateTimeFormat("en-US", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(at));

const placeAtNight = (now: number): string =>
  Object.keys(PLACES).find((zone) => hourIn(zone, now) >= 21 || hourIn(zone, now) < 7) ?? "Asia/Tokyo";

/** The local time there, such as `9:00 AM on Friday`; without a zone, the time here. */
export const timeIn = (timeZone: string | undefined, at: number): string => {
  const zone = timeZone !== undefined && { timeZone };
  const time = new Intl.DateTimeFormat("en-US", { ...zone, hour: "numeric", minute: "2-digit" }).format(at);
  return `${time} on ${new Intl.DateTimeFormat("en-US", { ...zone, weekday: "long" }).format(at)}`;
};

export const placeOf = (timeZone: string): string => PLACES[timeZone] ?? timeZone;

export const scenarios = {
  twice: {
    label: "Submitted twice",
    story: "Somebody submits the same form two times. The relay knows the lead, and counts the second submit.",
    play: async (stage) => {
      const visitor = person("Jane");
      await submitted(stage, "welcome", visitor);
      await submitted(stage, "welcome", visitor);
    },
  },
  poison: {
    label: "Poison beside a good lead",
    story:
      "The API refuses one lead with a 403, however often it comes. The lead behind it is good. The relay lets the good one go first, and from that learns that the other one is to blame.",
    play: async (stage) => {
      const poison = person("Poison");
      await stage.fault({ status: 403, holding: poison.phoneNumber, times: Infinity });
      const id = await submitted(stage, "welcome", poison);
      await stage.until(id, ({ attempts, state }) => attempts > 0 && state !== "sending");
      await submitted(stage, "welcome", person("Good"));
    },
  },
  lookup: {
    label: "Looked up",
    story:
      "Ann’s lead goes well. Of Jane’s the response is lost, and of Joe’s the request: to the relay the two look the same. It asks the API who is known there, after one minute and after ten.",
    play: async (stage) => {
      const [ann, jane, joe] = [person("Ann"), person("Jane"), person("Joe")];
      await stage.fault({ reset: true, when: "after", holding: jane.phoneNumber });
      await stage.fault({ reset: true, when: "before", holding: joe.phoneNumber });
      const known = await submitted(stage, "lookup", ann);
      await stage.until(known, ({ state }) => state === "delivered");
      await submitted(stage, "lookup", jane);
      await submitted(stage, "lookup", joe);
    },
  },
  night: {
    label: "At night",
    story:
      "A lead comes in while it is night where its person is. The relay keeps it, and sends it at nine in the morning there.",
    play: async (stage) => {
      await submitted(stage, "daytime", { ...person("Nell"), tzName: placeAtNight(stage.now) });
    },
  },
  names: {
    label: "One number, many names",
    story:
      "A stranger types somebody else’s number again and again, each time under another name. The relay lets three leads a day go to one number. It quarantines the others, and tells its owner.",
    play: async (stage) => {
      const { phoneNumber } = person("");
      for (const firstName of ["Amy", "Ben", "Cleo", "Dan", "Eve"]) {
        const id = await submitted(stage, "welcome", { firstName, phoneNumber });
        await stage.until(id, ({ state }) => state === "delivered" || state === "quarantined");
      }
    },
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
