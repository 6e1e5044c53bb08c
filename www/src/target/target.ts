// Where calls go: three places, and what each of them needs.

import { computed, signal } from "@preact/signals";
import { type Auth, Botsplash, type ClientOptions } from "botsplash";
import type { Fetch } from "../exchange.ts";
import { type Backstage, behindServer } from "./backstage.ts";
import { inPage } from "./in-page.ts";

export type TargetName = "sandbox" | "relay" | "api";

export const names: Record<TargetName, string> = { sandbox: "This page", relay: "A relay", api: "The real API" };

/** The development server has a relay; a static host, as far as one can know, has none. */
export const target = signal<TargetName>(import.meta.env.DEV ? "relay" : "sandbox");
export const appId = signal("demo");
export const relayUrl = signal("/relay");

// Kept here and nowhere else: gone when the page is.
export const scheme = signal<"basic" | "key">("basic");
export const username = signal("");
export const password = signal("");
export const apiKey = signal("");
export const allowBrowserCredentials = signal(false);

const auth = (): Auth =>
  scheme.value === "basic" ? { username: username.value, password: password.value } : { apiKey: apiKey.value };

/** The page's words about the target before anything is sent there. */
export const isReal = computed(() => target.value === "api");

/** How to send to the target. */
export const sender = async (): Promise<Fetch> => {
  if (target.value === "sandbox") return (await inPage()).fetch;
  return (request) => fetch(request);
};

/** The sandbox behind it, where the page can know it. */
export const backstage = async (): Promise<Backstage | undefined> => {
  if (target.value === "sandbox") return (await inPage()).backstage;
  return target.value === "relay" ? behindServer : undefined;
};

/** A client for the target. @param options what a call adds */
export const clientFor = (options: Pick<ClientOptions, "fetch" | "routes">) =>
  new Botsplash({
    appId: appId.value,
    ...(target.value === "relay" && { baseUrl: relayUrl.value }),
    ...(target.value === "api" && { auth: auth(), allowBrowserCredentials: allowBrowserCredentials.value }),
    ...options,
  });
