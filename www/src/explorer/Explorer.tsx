import { operations } from "../contract/operations";
import { useSettledFocus } from "../focus";
import { Code } from "./Code";
import { OperationForm } from "./OperationForm";
import { Result } from "./Result";
import { SendBar } from "./SendBar";
import { current, selected } from "./state";

/** All operations; one of them as a form, as code, and as what came of it. */
export const Explorer = () => {
  const place = useSettledFocus<HTMLDivElement>(current.value?.running ?? false);
  return (
    <div class="explorer" ref={place}>
      <nav class="operations" aria-label="Operations">
        <ul>
          {operations.map((operation) => (
            <li key={operation.name}>
              <button
                type="button"
                aria-current={selected.value === operation ? "true" : undefined}
                onClick={() => (selected.value = operation)}
              >
                <code>{operation.name}</code>
                <Mark assumed={operation.assumed} />
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <OperationForm key={selected.value.name} />
      <div class="beside">
        <Code />
        <SendBar />
        <Result />
      </div>
    </div>
  );
};

/** Whether the route is known or a guess. */
export const Mark = ({ assumed }: { assumed: boolean }) => (
  <span class={assumed ? "mark assumed" : "mark"}>{assumed ? "assumed" : "published"}</span>
);
