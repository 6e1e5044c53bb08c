import { submit } from "~~/submit-on-server.js";

// A Worker has its variables in the event, Node in process.env.
export default defineEventHandler((event) => submit(event.context.cloudflare?.env));
