import { choose, condition, conditionNames, conditionOf, isPossible } from "../target/conditions.ts";
import { Choice } from "./Choice.tsx";

/** The choice of the conditions for the request. */
export const Conditions = () => (
  <Choice
    legend="On the way"
    id="condition"
    names={conditionNames}
    chosen={condition.value}
    choose={choose}
    labelOf={(name) => conditionOf(name).label}
    isPossible={isPossible}
    story={conditionOf(condition.value).story}
  />
);
