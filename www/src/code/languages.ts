import type { PreparedCall } from "../contract/prepared-call.ts";
import { sampleFacts } from "./by-operation.ts";
import { curl } from "./curl.ts";
import type { Language } from "./highlight.ts";
import { htmlForm } from "./html-form.ts";
import { javascript } from "./javascript.ts";
import { node } from "./node.ts";
import type { Place } from "./place.ts";
import { python } from "./python.ts";
import { rust } from "./rust.ts";

interface Sample {
  name: string;
  language: Language;
  write: (call: PreparedCall, place: Place) => string;
  /** Whether it can make the call at all. */
  fits: (call: PreparedCall) => boolean;
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
    fits: ({ operation }) => sampleFacts[operation.name].htmlForm,
  },
];
