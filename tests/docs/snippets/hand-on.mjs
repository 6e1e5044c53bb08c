import { BotsplashError, isBotsplashError } from "botsplash";

/** On one side of a server action, a worker or a queue: plain data, without anybody's personal data in it. */
export const sendable = (error) => (isBotsplashError(error) ? error.toJSON() : { message: "Something went wrong." });

/** On the other side: an error again, with its code and its delivery. */
export const received = (fields) => (fields.code ? BotsplashError.from(fields) : new Error(fields.message));

const before = BotsplashError.from({ code: "timeout", delivery: "unknown" });
const after = received(JSON.parse(JSON.stringify(sendable(before))));
console.log(after.code, after.delivery, isBotsplashError(after));
