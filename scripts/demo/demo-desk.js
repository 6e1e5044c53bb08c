/**
 * The page's view behind the demo's relay, as the API's sandbox has one. `GET /leads` shows its leads, with the time by
 * the relay's clock. `POST /clock?until=` puts that clock forward. A real relay has nothing like it.
 * @param {Pick<Awaited<ReturnType<typeof import("./demo-relay.js").startRelay>>, "leads" | "passTime">} relay
 * @returns {import("vite").Connect.NextHandleFunction}
 */
export const serveDesk =
  ({ leads, passTime }) =>
  ({ method, url = "" }, response, next) => {
    const { pathname, searchParams } = new URL(url, "http://demo");
    /** @param {Promise<unknown>} answer */
    const answer = (answer) =>
      void answer.then((value) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(value));
      }, next);
    switch (`${method} ${pathname}`) {
      case "GET /leads":
        return answer(Promise.all([leads(), passTime(0)]).then(([leads, { now }]) => ({ leads, now })));
      case "POST /clock":
        return answer(passTime(Number(searchParams.get("until"))));
      default:
        return next();
    }
  };
