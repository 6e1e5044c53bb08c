import type { Call } from "../contract/call";
import { curl } from "./curl";
import { htmlForm } from "./form";
import type { Language } from "./highlight";
import { javascript } from "./javascript";
import { node } from "./node";
import type { Place } from "./place";
import { python } from "./python";
import { rust } from "./rust";

interface Sample {
  name: string;
  language: Language;
  write: (call: Call, place: Place) => string;
  /** Whether it can make the call at all. */
  fits: (call: Call) => boolean;
}

const always = () => true;

/** How a call can be written down. */
export const samples: Sample[] = [
  { name: "JavaScript", language: "javascript", write: javascript, fits: always },
  { name: "Rust", language: "rust", write: rust, fits: always },
  { name: "Node.js", language: "javascript", write: node, fits: always },
  { name: "Python", language: "python", write: python, fits: always },
  { name: "curl", language: "shell", write: curl, fits: always },
  {
    name: "HTML form",
    language: "html",
    write: htmlForm,
    fits: ({ operation }) => operation.name === "submitListener",
  },
];
