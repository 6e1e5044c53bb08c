// Reads what a client is set up with.
import { type Operation, operations } from "#tables";
import { TEXT_API_KEY, TEXT_APP_ID, TEXT_BASE_URL, TEXT_ENDPOINT, TEXT_PASSWORD, TEXT_USERNAME } from "./boundary.ts";
import { operationsWith } from "./extra-fields.ts";
import { callable, field, number, text } from "./fields.ts";
import { clientOptions } from "./forms.ts";
import { demand, misconfigured } from "./refusal.ts";
import type { Callback } from "./safely.ts";

export interface Options {
  /** By what they are: `TEXT_…` */
  texts: (string | undefined)[];
  timeoutMs: number;
  retries: number;
  isKeyInBody: boolean;
  allowsBrowserCredentials: boolean;
  trustsConnectErrors: boolean;
  /** As the tables have them, with the extra fields that this client lets through. */
  operations: Operation[];
  fetch: Callback | undefined;
  onAttempt: Callback | undefined;
}

/** The options, as they are now. Throws a refusal of options that do not fit. */
export const optionsOf = (given: unknown): Options => {
  demand(given, clientOptions, "options", misconfigured, undefined);
  const texts: Options["texts"] = [];
  texts[TEXT_APP_ID] = text(given, "appId");
  texts[TEXT_BASE_URL] = text(given, "baseUrl");
  const auth = field(given, "auth");
  const username = (texts[TEXT_USERNAME] = text(auth, "username"));
  const password = (texts[TEXT_PASSWORD] = text(auth, "password"));
  const apiKey = (texts[TEXT_API_KEY] = text(auth, "apiKey"));
  const placement = text(auth, "in");
  if (placement !== undefined && placement !== "query" && placement !== "body") {
    throw misconfigured(undefined, "auth.in", 'expected "query" or "body"');
  }
  const isBasic = username !== undefined && password !== undefined;
  const isNeither = apiKey === undefined ? !isBasic : username !== undefined || password !== undefined;
  if (auth !== undefined && isNeither) {
    throw misconfigured(undefined, "auth", "expected username and password, or apiKey");
  }
  const routes = field(given, "routes");
  operations.forEach(({ name }, at) => {
    texts[TEXT_ENDPOINT + at] = text(routes, name);
  });
  return {
    texts,
    timeoutMs: number(given, "timeoutMs"),
    retries: number(given, "retries"),
    isKeyInBody: placement === "body",
    operations: operationsWith(field(given, "extraFields")),
    allowsBrowserCredentials: field(given, "allowBrowserCredentials") === true,
    trustsConnectErrors: field(given, "trustConnectErrors") !== false,
    fetch: callable(given, "fetch"),
    onAttempt: callable(given, "onAttempt"),
  };
};
