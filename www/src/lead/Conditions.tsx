import { choose, condition, conditionNames, conditionOf, isPossible } from "../target/conditions.ts";

/** What is to happen on the way. */
export const Conditions = () => (
  <fieldset class="conditions" aria-describedby="condition-story">
    <legend>On the way</legend>
    <div class="chips">
      {conditionNames.map((name) => (
        <label key={name} class="chip">
          <input
            type="radio"
            name="condition"
            value={name}
            checked={condition.value === name}
            disabled={!isPossible(name)}
            onChange={() => choose(name)}
          />
          <span>{conditionOf(name).label}</span>
        </label>
      ))}
    </div>
    <p id="condition-story" class="story" aria-live="polite">
      {conditionOf(condition.value).story}
    </p>
  </fieldset>
);
