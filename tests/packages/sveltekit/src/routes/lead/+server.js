import { json } from "@sveltejs/kit";
import { submit } from "../../../submit-on-server.js";

export const POST = async () => json(await submit());
