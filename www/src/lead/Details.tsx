import { readable } from "../readable.ts";
import type { Run } from "../target/connection.ts";

/** The requests and responses, byte for byte but for credentials. */
export const Details = ({ run: { exchanges, arrived } }: { run: Run }) => {
  const { request, response } = exchanges.at(-1)!;
  const received = arrived.at(-1);
  return (
    <details class="wire">
      <summary>Request and response</summary>
      <h3>What the page sent</h3>
      <p class="line">
        <b>{request.method}</b> {request.url}
      </p>
      <pre class="request" tabIndex={0}>{`${headerLines(request.headers)}\n\n${readable(request.body)}`}</pre>
      {received && (
        <>
          <h3>What the API received</h3>
          <p class="line">
            <b>{received.method}</b> {received.path}
          </p>
          <pre class="received" tabIndex={0}>
            {headerLines(
              Object.entries(received.headers).filter(([name]) =>
                ["accept", "authorization", "content-type"].includes(name),
              ),
            )}
          </pre>
        </>
      )}
      {response?.body !== undefined && (
        <>
          <h3>What came back</h3>
          <pre class="response" tabIndex={0}>
            {readable(response.body) || "(no body)"}
          </pre>
        </>
      )}
    </details>
  );
};

const headerLines = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}`).join("\n");
