// The package as it was built.
export { Botsplash, BotsplashError, isBotsplashError } from "../../../pkg/dist/index.js";
