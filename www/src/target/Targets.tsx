import type { Signal } from "@preact/signals";
import {
  allowBrowserCredentials,
  apiKey,
  appId,
  names,
  password,
  relayUrl,
  scheme,
  type TargetName,
  target,
  username,
} from "./target.ts";

const gists: Record<TargetName, string> = {
  sandbox: "A sandbox of the API, without any server. Works offline.",
  relay: "A server at the edge that has the credentials.",
  api: "Real people, real texts. Needs an account.",
};

/** Where calls go, and what the place needs. */
export const Targets = () => (
  <form class="targets panel" autocomplete="off" onSubmit={(event) => event.preventDefault()}>
    <fieldset>
      <legend>Where calls go</legend>
      <div class="places">
        {(Object.keys(names) as TargetName[]).map((name) => (
          <label key={name} class="place">
            <input
              type="radio"
              name="target"
              value={name}
              checked={target.value === name}
              onChange={() => (target.value = name)}
            />
            <span>
              <b>{names[name]}</b> <span class="gist">{gists[name]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
    {target.value === "sandbox" && (
      <p class="story">
        The client and the sandbox both run here, and nothing leaves this page. A function stands where a relay belongs.
        It adds the sandbox&rsquo;s credentials and does nothing else: it keeps nothing, and repeats nothing.
      </p>
    )}
    {target.value === "relay" && (
      <div class="settings">
        <Setting label="Relay" of={relayUrl} />
        <Setting label="App id" of={appId} />
        <p class="story">
          The relay responds with 202 once it has the lead on durable storage, and delivers it by itself. It is one
          program with two engines: Node and SQLite on one machine, or Durable Objects on Cloudflare. Its address is a
          path on this page&rsquo;s own host. For a relay on another host, name that host in the page&rsquo;s
          Content-Security-Policy.
        </p>
      </div>
    )}
    {target.value === "api" && <RealApi />}
  </form>
);

const RealApi = () => (
  <div class="settings">
    <Setting label="App id" of={appId} />
    <div class="field">
      <label for="scheme">Credentials</label>
      <select
        id="scheme"
        value={scheme.value}
        onChange={(event) => (scheme.value = event.currentTarget.value as "basic" | "key")}
      >
        <option value="basic">Username and password</option>
        <option value="key">API key</option>
      </select>
    </div>
    {scheme.value === "basic" ? (
      <>
        <Setting label="Username" of={username} />
        <Setting label="Password" of={password} secret />
      </>
    ) : (
      <Setting label="API key" of={apiKey} secret />
    )}
    <label class="allow">
      <input
        type="checkbox"
        checked={allowBrowserCredentials.value}
        onChange={(event) => (allowBrowserCredentials.value = event.currentTarget.checked)}
      />
      <span>
        <code>allowBrowserCredentials</code>: nobody but me can open this page.
      </span>
    </label>
    <p class="story">
      <b>The guard.</b> In a page every visitor can read what the page holds, so the client refuses credentials there
      until this is ticked. The page keeps what you type in its memory alone: it stores nothing, and writes nothing of
      it into a code sample. When you leave, it is gone.
    </p>
    <p class="story">
      <b>Expect a refusal all the same.</b> The API serves only IP addresses that Botsplash has allow-listed. Nobody has
      published whether it lets pages read its responses. A relay solves both.
    </p>
  </div>
);

const Setting = ({ label, of, secret = false }: { label: string; of: Signal<string>; secret?: boolean }) => {
  const id = `setting-${label.toLowerCase().replace(" ", "-")}`;
  const attributes = {
    id,
    spellcheck: false,
    value: of.value,
    onInput: (event: { currentTarget: HTMLInputElement }) => (of.value = event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {secret ? (
        <input type="password" autocomplete="new-password" {...attributes} />
      ) : (
        <input autocomplete="off" {...attributes} />
      )}
    </div>
  );
};
