/** Words of the contract, in which names stand between backticks. */
export const Docs = ({ text }: { text: string }) => (
  <>{text.split("`").map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part))}</>
);
