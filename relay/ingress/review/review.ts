// The owner's view of the outboxes: a page, and the API that it uses. Both are nowhere unless there is a secret.
import type { Settings } from "../../options.ts";
import { limitRate } from "../rate-limit.ts";
import { notFound } from "../refusal.ts";
import { reviewApi } from "./api.ts";
import { reviewPage } from "./page.ts";
import { isSecret } from "./secret.ts";

/**
 * Answers a request below `/review`.
 *
 * @throws {Refusal} 404 without the secret, whatever else is right or wrong
 */
export const review = async (settings: Settings, request: Request, path: string): Promise<Response> => {
  const { reviewSecret } = settings;
  if (reviewSecret === undefined) throw notFound();
  if (path === "" && request.method === "GET") {
    await limitRate(settings, request, "review");
    return reviewPage(settings.basePath);
  }
  const [, given] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  if (given === undefined || !(await isSecret(given, reviewSecret))) {
    // A guesser has a few tries; the owner, who has the secret, may click without limit.
    await limitRate(settings, request, "review");
    throw notFound();
  }
  return reviewApi(settings, request, path);
};
