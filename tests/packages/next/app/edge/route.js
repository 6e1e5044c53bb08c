import { submit } from "../../submit.js";

export const runtime = "edge";

export const POST = async () => Response.json(await submit());
