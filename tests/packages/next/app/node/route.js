import { submit } from "../../submit.js";

export const POST = async () => Response.json(await submit());
