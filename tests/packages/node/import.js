import { Botsplash, isBotsplashError } from "botsplash";
import { submit } from "./submit.cjs";

await submit(Botsplash, isBotsplashError);
