import { submit } from "../../submit-on-server.js";

export const POST = async () => Response.json(await submit());
