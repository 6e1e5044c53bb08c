/** JSON as a tree that can be folded. */
export const Tree = ({ value }: { value: unknown }) => (
  <div class="tree">
    <Node value={value} />
  </div>
);

const Node = ({ name, value }: { name?: string; value: unknown }) => {
  const label = name === undefined ? null : <span class="key">{name}</span>;
  if (typeof value !== "object" || value === null) {
    return (
      <div class="leaf">
        {label}{" "}
        <span class={`v-${value === null ? "null" : typeof value}`}>{JSON.stringify(value) ?? "undefined"}</span>
      </div>
    );
  }
  const entries = Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <details open>
      <summary>
        {label} <span class="size">{size}</span>
      </summary>
      {entries.map(([key, item]) => (
        <Node key={key} name={key} value={item} />
      ))}
    </details>
  );
};
