// A response's way from the outbox to the ingress.

const HEADER = "Outbox-Answer";

/** The question for every post. The responses hold only the relay's own words, so they fit a header. */
const BRIEF: readonly string[] = ["find", "accept"];

/** Without a body where it can be: to read one, the ingress would have to wait once more. */
export const toResponse = (command: string, value: unknown = null): Response => {
  const text = JSON.stringify(value);
  return BRIEF.includes(command) ? new Response(null, { headers: { [HEADER]: text } }) : new Response(text);
};

/** The value that `toResponse` was given. */
export const fromResponse = async (response: Response): Promise<unknown> =>
  JSON.parse(response.headers.get(HEADER) ?? (await response.text()));
