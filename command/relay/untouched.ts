// The values of a configuration that are still those that `--init` writes, of which its owner was told to change each.
import type { RelayOptions } from "../../relay/options.ts";
import { starter } from "./starter.ts";

/** The options that nobody has changed. */
export interface Untouched {
  /** With these, it cannot work for anybody. */
  readonly wrong: string[];
  /** These may be meant so. */
  readonly suspect: string[];
}

/** Compares a configuration with what `--init` writes. */
export const untouchedIn = async (options: RelayOptions): Promise<Untouched> => {
  const { appId, origins, listeners, baseUrl } = await template();
  // Another server, such as a sandbox, may know this App Name.
  const isOwnServer = options.baseUrl !== undefined && options.baseUrl !== baseUrl;
  const wrong = [
    ...(options.appId === appId && !isOwnServer ? ["appId"] : []),
    ...(options.origins.some((origin) => origins.includes(origin)) ? ["origins"] : []),
  ];
  const [written] = Object.entries(listeners);
  if (!written) return { wrong, suspect: [] };
  const [writtenId, { args, consent }] = written;
  const suspect = Object.entries(options.listeners).flatMap(([id, listener]) => [
    ...(id === writtenId ? [`listeners.${id}`] : []),
    ...(isSame(listener.args, args) ? [`listeners.${id}.args`] : []),
    ...(isSame(listener.consent?.texts, consent?.texts) ? [`listeners.${id}.consent.texts`] : []),
  ]);
  return { wrong, suspect };
};

const isSame = (one: unknown, other: unknown): boolean =>
  one !== undefined && JSON.stringify(one) === JSON.stringify(other);

const template = async (): Promise<RelayOptions> => {
  const module = await import(`data:text/javascript,${encodeURIComponent(starter)}`);
  return module.default({});
};
