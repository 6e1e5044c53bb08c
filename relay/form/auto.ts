// For pages without modules: `<script src="form-auto.js" defer></script>`.
import { enhance } from "./form.ts";

for (const form of document.querySelectorAll("form[data-botsplash]")) enhance(/** @type {HTMLFormElement} */ (form));
