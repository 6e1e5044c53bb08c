// The page's view and control of a sandbox behind the API. A real account has nothing like it.
import type { Fault, RequestRecord, Sandbox, Text } from "botsplash/sandbox";

export interface Backstage {
  texts: () => Promise<Text[]>;
  requests: () => Promise<RequestRecord[]>;
  fault: (fault: Fault) => Promise<unknown>;
  reset: () => Promise<unknown>;
}

/** A sandbox in this page. */
export const behindSandbox = (sandbox: Sandbox): Backstage => ({
  texts: async () => [...sandbox.texts],
  requests: async () => sandbox.requests.map(withoutAuthorization),
  fault: async (fault) => sandbox.fault(fault),
  reset: async () => sandbox.reset(),
});

const withoutAuthorization = ({ headers, ...record }: RequestRecord): RequestRecord => ({
  ...record,
  headers: { ...headers, ...(headers.authorization && { authorization: "Basic [redacted]" }) },
});

const control = async <Answer>(method: "GET" | "POST", name: string, body?: unknown): Promise<Answer> => {
  const response = await fetch(`/_sandbox/${name}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${name}`);
  return response.json() as Promise<Answer>;
};

/** A sandbox whose server this page's own server hands on. */
export const behindServer: Backstage = {
  texts: () => control("GET", "texts"),
  requests: () => control("GET", "requests"),
  fault: (fault) => control("POST", "fault", fault),
  reset: () => control("POST", "reset"),
};
