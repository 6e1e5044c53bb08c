import { submit } from "../../submit-on-server.js";

export const action = async () => Response.json(await submit());
