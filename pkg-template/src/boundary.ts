// The boundary between JavaScript and the wasm. src/js.rs says in which order, and what each means.
// tests/boundary.rs holds the names and numbers of both sides against each other.

export { abandon, begin, configure, delivery, give, receive, release, request, resume } from "#glue";
export { said } from "../../src/js/said.js";

// The texts, by what they are.
export const TEXT_BASE_URL = 0;
export const TEXT_APP_ID = 1;
export const TEXT_USERNAME = 2;
export const TEXT_PASSWORD = 3;
export const TEXT_API_KEY = 4;
export const TEXT_AUTHORIZATION = 5;
export const TEXT_BODY_KEY = 6;
export const TEXT_VALUE = 7;
export const TEXT_SUBMISSION_KEY = 10;
export const TEXT_BODY = 11;
export const TEXT_CAUSE = 12;
export const TEXT_CAUSE_CODE = 13;
export const TEXT_RETRY_AFTER = 14;
export const TEXT_REQUEST_ID = 15;
export const TEXT_FIELD = 16;
export const TEXT_DETAIL = 17;
export const TEXT_ENDPOINT = 18;

// How an attempt ended.
export const END_JSON = 1;
export const END_TEXT = 2;
export const END_LOST = 3;
export const END_TIMED_OUT = 4;
export const END_ABORTED = 5;
export const END_REDIRECT = 6;
export const END_NOT_STARTED = 7;
export const END_UNSENDABLE = 8;
export const END_NOT_CONNECTED = 9;

// The next step, where it is not a number of milliseconds to wait.
export const STEP_DONE = -1;
export const STEP_FAILED = -2;

// The forms of values.
export const FORM_STRING = 0;
export const FORM_BOOLEAN = 1;
export const FORM_INTEGER = 2;
export const FORM_DATE_TIME = 3;
export const FORM_LIST = 8;
export const FORM_OBJECT = 9;
export const FORM_OPEN = 10;

// The sentences that JavaScript says by itself.
export const SENTENCE_NOTHING_SENT = 24;
export const SENTENCE_MAY_DO_IT_TWICE = 28;
