export interface Page {
  title: string;
  style: string;
  body: string;
  script?: string;
  status?: number;
  headers?: Record<string, string>;
  /** Other pages may not show it in a frame of theirs, where a click on it could be theirs. */
  isUnframed?: boolean;
  /** It has a form for the relay. */
  postsToItself?: boolean;
}

/** A page of the relay's own. Nothing runs, loads or is sent from it but what is given here. */
export const htmlPage = ({ title, style, body, script, status = 200, headers, ...page }: Page): Response => {
  const nonce = crypto.randomUUID();
  const { isUnframed = false, postsToItself = false } = page;
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === undefined ? [] : [`script-src 'nonce-${nonce}'`, "connect-src 'self'"]),
    "base-uri 'none'",
    `form-action ${postsToItself ? "'self'" : "'none'"}`,
    ...(isUnframed ? ["frame-ancestors 'none'"] : []),
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
      // Under "no-referrer" its form would come from no origin at all.
      "Referrer-Policy": postsToItself ? "same-origin" : "no-referrer",
      ...headers,
    },
  });
};
