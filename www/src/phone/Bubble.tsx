import type { Text } from "botsplash/sandbox";

const senders: Record<string, string> = {
  submitListener: "the listener",
  sendMessage: "a message",
  triggerSequence: "a sequence",
};

/** A text as the person sees it. */
export const Bubble = ({ text: { to, text, by, media }, again }: { text: Text; again: boolean }) => (
  <li class={again ? "again" : undefined}>
    <p class="bubble">{text}</p>
    <p class="small">
      {again ? "again, " : ""}to {to}, from {senders[by] ?? by}
      {media ? ", with a file" : ""}
    </p>
  </li>
);
