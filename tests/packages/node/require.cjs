const { Botsplash, isBotsplashError } = require("botsplash");
const { submit } = require("./submit.cjs");

submit(Botsplash, isBotsplashError);
