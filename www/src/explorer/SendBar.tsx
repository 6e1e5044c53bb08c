import {
  type ConditionName,
  choose,
  condition,
  conditionNames,
  conditionOf,
  isPossible,
} from "../target/conditions.ts";
import { isReal } from "../target/target.ts";
import { cancel, current, selected } from "./form-state.ts";

/** Sends what the form holds, and says under which conditions. */
export const SendBar = () => {
  const isRunning = current.value?.running ?? false;
  const { name, path } = selected.value;
  const isOfSomebody = name === "sendMessage" || path.includes("{idType}");
  return (
    <div class="sendbar">
      {isOfSomebody && !isReal.value && (
        <p class="docs">It takes a visitor on file: the sandbox has one as soon as a lead was submitted.</p>
      )}
      <button type="submit" form="operation" class="primary" aria-disabled={isRunning}>
        {isReal.value ? "Send to the real API" : "Send"}
      </button>
      {isRunning && (
        <button type="button" class="cancel" onClick={cancel}>
          Cancel
        </button>
      )}
      <label class="way">
        <span>On the way</span>
        <select value={condition.value} onChange={(event) => choose(event.currentTarget.value as ConditionName)}>
          {conditionNames.map((name) => (
            <option key={name} value={name} disabled={!isPossible(name)}>
              {conditionOf(name).label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};
