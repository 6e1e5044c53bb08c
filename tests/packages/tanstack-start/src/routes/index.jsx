import { createFileRoute } from "@tanstack/react-router";
import { Lead } from "../../Lead.jsx";

export const Route = createFileRoute("/")({ component: Lead });
