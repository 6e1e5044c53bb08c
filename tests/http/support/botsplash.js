// The package as it was built.
export { Botsplash, BotsplashError, bodyOf, isBotsplashError } from "../../../pkg/dist/index.js";
