// Everywhere but at the edge. It only points to other files, so that an app that wants no more than
// isBotsplashError gets no more.
export { BotsplashError, bodyOf, isBotsplashError } from "./error.ts";
export { Botsplash } from "./inlined.ts";
