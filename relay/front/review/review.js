// The owner's view of the outboxes: a page, and the API that it uses. Both are nowhere unless there is a secret.
import { notFound } from "../refusal.js";
import { reviewApi } from "./api.js";
import { reviewPage } from "./page.js";
import { isSecret } from "./secret.js";

/**
 * @param {import("../../options.js").Settings} settings
 * @param {Request} request
 * @param {string} path behind `/review`
 * @returns {Promise<Response>}
 * @throws {import("../refusal.js").Refusal} 404 without the secret, whatever else is right or wrong
 */
export const review = async (settings, request, path) => {
  const { reviewSecret } = settings;
  if (reviewSecret === undefined) throw notFound();
  if (path === "" && request.method === "GET") return reviewPage(settings.basePath);
  const [, given] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  if (given === undefined || !(await isSecret(given, reviewSecret))) throw notFound();
  return reviewApi(settings, request, path);
};
