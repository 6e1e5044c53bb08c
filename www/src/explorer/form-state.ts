import { computed, signal } from "@preact/signals";
import type { OperationName } from "botsplash";
import type { Place } from "../code/place.ts";
import { type Draft, objectOf } from "../contract/draft.ts";
import { beginning, example } from "../contract/examples.ts";
import { bodyFields } from "../contract/fields.ts";
import { type Operation, operations, routeOf } from "../contract/operations.ts";
import { makeCall, type PreparedCall } from "../contract/prepared-call.ts";
import { type Run, run } from "../target/connection.ts";
import { appId, relayUrl, target } from "../target/target.ts";

const named = <Value>(value: (operation: Operation) => Value) =>
  Object.fromEntries(operations.map((operation) => [operation.name, value(operation)])) as Record<OperationName, Value>;

const drafts = signal(named(beginning));
const routes = signal(named(routeOf));
const runs = signal<Partial<Record<OperationName, Run>>>({});

export const selected = signal<Operation>(operations[0]!);
export const file = signal<File | undefined>(undefined);

export const draft = computed(() => drafts.value[selected.value.name]);
export const route = computed(() => routes.value[selected.value.name]);
export const current = computed(() => runs.value[selected.value.name]);

const setDraft = (value: Draft) => (drafts.value = { ...drafts.value, [selected.value.name]: value });

export const setText = (path: string, text: string) => setDraft({ ...draft.value, [path]: text });
export const setRoute = (text: string) => (routes.value = { ...routes.value, [selected.value.name]: text });

/** Routes of a description, in place of those that the forms have. */
export const takeRoutes = (others: Partial<Record<OperationName, string>>) =>
  (routes.value = { ...routes.value, ...others });

/** How often the form was filled in or cleared as a whole. */
export const filled = signal(0);

export const fillIn = () => {
  setDraft(example(selected.value));
  filled.value += 1;
};

export const clear = () => {
  setDraft({});
  filled.value += 1;
  file.value = undefined;
};

const removed = (text: string, path: string, index: number) => {
  const own = new RegExp(`^${path.replace(/[.[\]]/g, "\\$&")}\\[(\\d+)\\](.*)$`);
  const [, number, rest] = own.exec(text) ?? [];
  if (number === undefined || Number(number) < index) return text;
  return Number(number) === index ? undefined : `${path}[${Number(number) - 1}]${rest}`;
};

/** Takes one item out of a list; those behind it move up. */
export const removeItem = (path: string, index: number) => {
  const kept = Object.entries(draft.value).flatMap(([key, text]) => {
    const name = removed(key, path, index);
    return name === undefined ? [] : [[name, text]];
  });
  setDraft({ ...Object.fromEntries(kept), [path]: String(Number(draft.value[path]) - 1) });
};

/** The call that the form stands for. */
export const call = computed<PreparedCall>(() => {
  const operation = selected.value;
  const values = operation.values.map(({ placeholder, field }) => [placeholder, draft.value[field] ?? ""]);
  return {
    operation,
    values: Object.fromEntries(values),
    ...(operation.body && { body: objectOf(bodyFields(operation), draft.value, true) }),
    ...(operation.file && { file: file.value }),
  };
});

/** Where its code is to call. */
export const place = computed<Place>(() => ({
  target: target.value,
  appId: appId.value,
  relayUrl: absolute(relayUrl.value),
  ...(route.value !== routeOf(selected.value) && { route: route.value }),
}));

const absolute = (url: string) => {
  try {
    return new URL(url, location.href).href.replace(/\/$/, "");
  } catch {
    return url;
  }
};

let controller = new AbortController();
export const cancel = () => controller.abort();

export const send = async () => {
  if (current.value?.running) return;
  const operation = selected.value;
  const wanted = call.value;
  controller = new AbortController();
  const { signal } = controller;
  const other = place.value.route;
  await run(
    operation.name,
    other === undefined ? {} : { [operation.name]: other },
    (client) => makeCall(client, wanted, { signal }),
    (run) => {
      if (controller.signal === signal) runs.value = { ...runs.value, [operation.name]: run };
    },
  );
};

/** The client's name for a field of the path, as its errors use it. */
export const errorAt = (path: string) => {
  const outcome = current.value?.outcome;
  if (outcome?.kind !== "failure") return undefined;
  const { field, message } = outcome.error;
  const isWho = field?.startsWith("who") && path === "idValue";
  return field === path || isWho ? message : undefined;
};
