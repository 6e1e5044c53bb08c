// The options of a client and its calls, beside the API's own arguments.
import { operations, visitorIds } from "#tables";
import { FORM_BOOLEAN, FORM_INTEGER, FORM_LIST, FORM_OBJECT, FORM_STRING } from "./boundary.ts";
import { FORM_FUNCTION, FORM_NUMBER, FORM_SIGNAL, FORM_TEXT, type Form } from "./check.ts";

const optional = (fields: Record<string, Form>): Form[] => [
  FORM_OBJECT,
  ...Object.entries(fields).flatMap(([name, form]) => [name, 0, form]),
];

const same = (names: string[], form: Form): Form[] => optional(Object.fromEntries(names.map((name) => [name, form])));

/** `ClientOptions` */
export const clientOptions: Form = [
  ...optional({
    auth: optional({ username: FORM_TEXT, password: FORM_TEXT, apiKey: FORM_TEXT, in: FORM_STRING }),
    baseUrl: FORM_TEXT,
    timeoutMs: FORM_NUMBER,
    retries: FORM_INTEGER,
    routes: same(
      operations.map(({ name }) => name),
      FORM_STRING,
    ),
    extraFields: same(
      operations.map(({ name }) => name),
      [FORM_LIST, FORM_STRING],
    ),
    fetch: FORM_FUNCTION,
    onAttempt: FORM_FUNCTION,
    allowBrowserCredentials: FORM_BOOLEAN,
    trustConnectErrors: FORM_BOOLEAN,
  }),
  ...["appId", 1, FORM_TEXT],
];

const call = { signal: FORM_SIGNAL, timeoutMs: FORM_NUMBER, retries: FORM_INTEGER };

/** `CallOptions` */
export const callOptions = optional(call);

/** `SubmitOptions` */
export const submitOptions = optional({ ...call, submissionKey: FORM_STRING });

/** `UploadOptions` */
export const uploadOptions = optional({ ...call, fileName: FORM_TEXT, contentType: FORM_STRING });

/** `ReadOptions` */
export const readOptions = optional({ extendedAttributes: [FORM_LIST, FORM_STRING] });

/** `VisitorRef` */
export const visitorRef = same(visitorIds, FORM_TEXT);
