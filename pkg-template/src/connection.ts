// A client as the wasm knows it: set up with its first call, and again where the wasm had to start anew.
import { configure, give, release, STEP_FAILED, said, TEXT_AUTHORIZATION, TEXT_BODY_KEY } from "./boundary.ts";
import { type Engine, within } from "./engine.ts";
import { refused, told, unusable } from "./failure.ts";
import { headersOf } from "./headers.ts";
import type { Options } from "./options.ts";
import { isBrowser } from "./platform.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import { type Foreign, safely } from "./safely.ts";

type Headers = Record<string, string> | undefined;

/** A client's parts. */
export interface State {
  /** As they were when the client was made, or what is wrong with them. */
  options: Options | Refusal;
  connection: Connection | undefined;
  isFreed: boolean;
}

interface Connection {
  engine: Engine;
  /** The client's handle. */
  client: number;
  /** The API key that goes into bodies. */
  bodyKey: string | undefined;
  /** A request's; `undefined` where the platform has none that can be used. */
  headers(isJson: boolean): Headers;
}

/** Where a client has its state. Only this file can ask for it: a printed client shows none of it. */
const STATE = Symbol("state");

export const keepState = (client: object, state: State): void => {
  Object.defineProperty(client, STATE, { value: (key: unknown) => (key === STATE ? state : undefined) });
};

/** A Proxy around the client, as state libraries make one, leads to it too. */
export const stateOf = (client: Foreign, operation: string): State => {
  const state = safely(() => client[STATE](STATE));
  if (state) return state;
  throw unusable(operation, `expected a client before the dot: call client.${operation}(…), or bind it to its client`);
};

/** The options of a client that can make calls. Else an error is thrown. */
export const usable = ({ options, isFreed }: State, operation: string | undefined): Options => {
  if (isFreed) throw unusable(operation, "free() was called on this client");
  if (isRefusal(options)) throw refused(options);
  return options;
};

/** The client's connection with the engine. Throws an error about options that Rust refuses. */
export const connected = (state: State, options: Options, engine: Engine): Connection => {
  if (state.connection?.engine === engine) return state.connection;
  const connection = connect(engine, options);
  registry?.register(state, { engine, client: connection.client }, state);
  return (state.connection = connection);
};

/** Gives the client's memory back. Its calls go on. */
export const free = (state: State): void => {
  state.isFreed = true;
  // Else it would be given back once more, when it may be another client's.
  registry?.unregister(state);
  if (state.connection) disconnect(state.connection);
  state.connection = undefined;
};

const connect = (engine: Engine, options: Options): Connection => {
  const { texts, timeoutMs, retries, isKeyInBody, allowsBrowserCredentials } = options;
  const isPage = isBrowser();
  const client = within(engine, () => {
    texts.forEach((text, which) => {
      if (text !== undefined) give(which, text);
    });
    return configure(timeoutMs, retries, isKeyInBody, isPage, allowsBrowserCredentials);
  });
  if (client === STEP_FAILED) throw told(undefined, []);
  const authorization = said.texts[TEXT_AUTHORIZATION];
  const bodyKey = said.texts[TEXT_BODY_KEY];
  said.texts = [];
  // Those that were made before, which is most often all that is needed.
  const made: Headers[] = [];
  const headers = (isJson: boolean) => (made[Number(isJson)] ||= headersOf(authorization, isJson));
  return { engine, client, bodyKey, headers };
};

const disconnect = ({ engine, client }: Pick<Connection, "engine" | "client">): void => {
  try {
    within(engine, () => release(client));
  } catch {
    // The engine has ended, and the memory with it.
  }
};

/** Who drops a client without `free()` has its memory given back all the same. */
const registry = typeof FinalizationRegistry === "function" ? new FinalizationRegistry(disconnect) : undefined;
