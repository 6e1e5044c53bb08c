// From what was posted to what the API takes.
import { type Botsplash, isBotsplashError, type ListenerSubmit } from "botsplash";
import type { Listener } from "../options.ts";
import type { Content } from "./content.ts";
import { Refusal } from "./refusal.ts";

/**
 * The submission, with nothing in it but what the listener lets the public set. Its schema is the client's.
 *
 * @throws {Refusal} 422, naming the field
 */
export const submissionOf = async (
  client: Botsplash,
  content: Content,
  listener: Listener,
): Promise<ListenerSubmit> => {
  // A JSON body is anybody's: the client checks it.
  const input = "form" in content ? content.form : (content.json as ListenerSubmit);
  const submission = await client
    .readSubmission(input, { extendedAttributes: [...listener.extendedAttributes] })
    .catch((error: unknown) => {
      if (!isBotsplashError(error) || error.code !== "validation") throw error;
      throw new Refusal(422, "validation", error.message, { field: error.field });
    });
  permit(submission, listener);
  return submission;
};

const permit = ({ visitor, args }: ListenerSubmit, { fields, extendedAttributes }: Listener): void => {
  const { extendedAttributes: attributes, ...names } = visitor;
  const places = [
    { path: "visitor", values: names, allowed: fields, lists: false },
    { path: "args", values: args, allowed: fields, lists: false },
    { path: "visitor.extendedAttributes", values: attributes, allowed: new Set(extendedAttributes), lists: true },
  ];
  for (const { path, values, allowed, lists } of places) {
    for (const [name, value] of Object.entries(values ?? {})) {
      const field = `${path}.${name}`;
      if (!allowed.has(name)) {
        throw new Refusal(422, "field_refused", `${field}: this listener does not let it be set.`, { field });
      }
      if (isFlat(value) || (lists && Array.isArray(value) && value.every(isFlat))) continue;
      throw new Refusal(422, "validation", `${field}: expected a single value.`, { field });
    }
  }
  if (Object.keys(visitor).length === 0) {
    throw new Refusal(422, "validation", "visitor: it is empty.", { field: "visitor" });
  }
};

const isFlat = (value: unknown) => typeof value !== "object" || value === null;
