import { choose, condition, conditionNames, conditionOf, isPossible } from "../target/conditions.ts";

/** The choice of the conditions for the request. */
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
