// The API's own description, once somebody has it: its routes hold from then on.
import { signal } from "@preact/signals";
import type { OperationName } from "botsplash";
import { speak } from "../target/in-page.ts";
import { takeRoutes } from "./form-state.ts";

/** The result of reading the last description, in words. */
export const news = signal<{ kind: "good" | "bad"; text: string } | undefined>(undefined);

/** The operations whose routes a description has told. */
export const described = signal<ReadonlySet<OperationName>>(new Set());

/** Reads a description, and takes its routes over. The reader is loaded when it is first needed. */
export const takeDescription = async (file: File): Promise<void> => {
  try {
    const { reportOn } = await import("../../../command/contract/report.ts");
    const { operations, routes, baseUrl } = await reportOn(await file.text());
    takeRoutes(routes);
    speak(routes);
    described.value = new Set(operations.flatMap(({ name }) => (routes[name] === undefined ? [] : [name])));
    const changed = operations.filter(({ name, ours }) => routes[name] !== undefined && routes[name] !== ours).length;
    const unclear = operations.filter(({ name }) => routes[name] === undefined);
    news.value = {
      kind: unclear.length === 0 ? "good" : "bad",
      text: [
        `It tells ${described.value.size} routes, of which ${changed} differ from the client's. They are used from now on.`,
        ...unclear.map(({ name, verdict }) => `${name} is ${verdict}: botsplash contract says more.`),
        ...(baseUrl === undefined
          ? []
          : [`It names another host: the client needs baseUrl ${JSON.stringify(baseUrl)}.`]),
      ].join(" "),
    };
  } catch (error) {
    news.value = { kind: "bad", text: error instanceof Error ? error.message : "It cannot be read." };
  }
};
