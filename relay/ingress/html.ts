export interface Page {
  title: string;
  style: string;
  body: string;
  script?: string;
  status?: number;
  headers?: Record<string, string>;
}

/** A page of the relay's own. Nothing runs, loads, frames it or is sent from it but what is given here. */
export const htmlPage = ({ title, style, body, script, status = 200, headers }: Page): Response => {
  const nonce = crypto.randomUUID();
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === undefined ? [] : [`script-src 'nonce-${nonce}'`, "connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">${style}</style>
${body}
${script === undefined ? "" : `<script type="module" nonce="${nonce}">${script}</script>`}
</html>
`;
  return new Response(html, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy.join("; "),
      "Referrer-Policy": "no-referrer",
      ...headers,
    },
  });
};
