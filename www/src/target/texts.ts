import { signal } from "@preact/signals";
import type { Text } from "botsplash/sandbox";
import { backstage } from "./target.ts";

/** The texts, and their receivers; nothing where the page cannot know them. */
export const texts = signal<readonly Text[] | undefined>(undefined);

export const notice = (all: readonly Text[]) => (texts.value = all);

let looked = Promise.resolve();

const look = async () => {
  try {
    texts.value = await (await backstage())?.texts();
  } catch {
    texts.value = undefined;
  }
};

/** Looks again. */
export const refresh = () => (looked = look());

/** The sandbox behind the target, if the page can see the phone there. */
export const behind = async () => {
  await looked;
  return texts.value && backstage();
};

/** How often somebody has started over. */
export const beginnings = signal(0);

/** Empties the sandbox: no texts, no visitors on file. */
export const startOver = async () => {
  await (await backstage())?.reset();
  await refresh();
  beginnings.value += 1;
};

/** The texts that somebody received more than once. */
export const doubles = (all: readonly Text[]) =>
  all.filter((text, index) => all.findIndex(({ to, text: said }) => to === text.to && said === text.text) < index);
