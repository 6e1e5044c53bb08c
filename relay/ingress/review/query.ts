// Checks the queries of the review API.
import type { Listener, Settings } from "../../options.ts";
import { isLeadState, LEAD_STATES } from "../../outbox/states.ts";
import type { LeadSearch } from "../../outbox/types.ts";
import { digitsOf } from "../../phone.ts";
import { readBody } from "../body.ts";
import { readJson } from "../content.ts";
import { emailAddress } from "../email.ts";
import { Refusal } from "../refusal.ts";

const MAX_BYTES = 65_536;
/** Of an order. */
const MAX_VALUES = 500;

/** The listeners that the owner may look at: those of the configuration, and those that ever had an outbox. */
export const listenerIds = async ({ listeners, coordinator }: Settings): Promise<string[]> => {
  const known = await coordinator()
    .directory()
    .catch((): string[] => []);
  return [...new Set([...listeners.keys(), ...known])];
};

/** @throws {Refusal} 400 */
export const listenerNamed = async (settings: Settings, id: unknown): Promise<{ id: string; listener?: Listener }> => {
  if (typeof id === "string") {
    const listener = settings.listeners.get(id);
    if (listener) return { id, listener };
    if ((await listenerIds(settings)).includes(id)) return { id };
  }
  throw new Refusal(400, "listener_unknown", { field: "listener", detail: "There is no such listener." });
};

const number = (query: URLSearchParams, name: string): number | undefined => {
  const given = query.get(name);
  if (given === null || given === "") return undefined;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw new Refusal(400, "time_wrong", { field: name, detail: `${name}: expected milliseconds since 1970.` });
};

/** @throws {Refusal} 400 */
export const searched = (query: URLSearchParams): LeadSearch => {
  const state = query.get("state") ?? "";
  if (state !== "" && !isLeadState(state)) {
    const detail = `The states are ${LEAD_STATES.join(", ")}.`;
    throw new Refusal(400, "state_unknown", { field: "state", detail });
  }
  const [from, to] = [number(query, "from"), number(query, "to")];
  const via = query.get("via");
  const given = (name: "text" | "guard" | "before") => {
    const value = query.get(name)?.slice(0, 200);
    return value ? { [name]: value } : {};
  };
  return {
    ...(state !== "" && isLeadState(state) && { state }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...((via === "form" || via === "script") && { via }),
    ...given("text"),
    ...given("guard"),
    ...given("before"),
  };
};

export type Order = Partial<Record<"listener" | "ids" | "anyHour" | "phoneNumber" | "email" | "isOut", unknown>>;

/** @throws {Refusal} 400, 413 */
export const orderIn = async (request: Request): Promise<Order> => {
  const value = readJson(await readBody(request, MAX_BYTES), MAX_VALUES);
  return typeof value === "object" && value !== null ? value : {};
};

/** @throws {Refusal} 400 */
export const idsIn = ({ ids }: Order): string[] => {
  if (Array.isArray(ids) && ids.every((id) => typeof id === "string")) return ids;
  throw new Refusal(400, "ids_wrong", { field: "ids", detail: "ids: expected a list of leads' ids." });
};

/** One number: two in a row, taken for one, would be nobody's. */
const isNumber = (typed: string) => /^\d{5,15}$/.test(digitsOf(typed));

/** @throws {Refusal} 400 */
export const personIn = ({ phoneNumber, email }: Order): { phoneNumber?: string; email?: string } => {
  const isGiven = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
  if (isGiven(phoneNumber) && !isNumber(phoneNumber)) {
    throw new Refusal(400, "person_wrong", { field: "phoneNumber", detail: "phoneNumber: expected a whole number." });
  }
  if (isGiven(phoneNumber) || isGiven(email)) {
    // Leads have it as browsers send it.
    return {
      ...(isGiven(phoneNumber) && { phoneNumber }),
      ...(isGiven(email) && { email: emailAddress(email) ?? email }),
    };
  }
  throw new Refusal(400, "person_wrong", { field: "phoneNumber", detail: "phoneNumber, email: expected one of them." });
};

/** @throws {Refusal} 400 */
export const numberIn = ({ phoneNumber }: Order): string => {
  if (typeof phoneNumber === "string" && isNumber(phoneNumber)) return digitsOf(phoneNumber);
  throw new Refusal(400, "number_wrong", { field: "phoneNumber", detail: "phoneNumber: expected a phone number." });
};
