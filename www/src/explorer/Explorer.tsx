import { operations } from "../contract/operations.ts";
import { useSettledFocus } from "../focus.ts";
import { Code } from "./Code.tsx";
import { Description } from "./Description.tsx";
import { described } from "./description.ts";
import { current, selected } from "./form-state.ts";
import { Mark } from "./Mark.tsx";
import { OperationForm } from "./OperationForm.tsx";
import { Result } from "./Result.tsx";
import { SendBar } from "./SendBar.tsx";

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
                <Mark assumed={operation.assumed && !described.value.has(operation.name)} />
              </button>
            </li>
          ))}
        </ul>
        <Description />
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
