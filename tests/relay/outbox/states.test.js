import assert from "node:assert/strict";
import test from "node:test";
import { isLeadState, LEAD_STATES, STATES, statesThat } from "../../../relay/outbox/states.ts";

test("nothing that is in flight or done is sent or given up by hand, and nothing that waits is forgotten", () => {
  for (const state of LEAD_STATES) {
    const { resendable, droppable, waits, done, meaning } = STATES[state];
    assert.match(meaning, /^(They|A guard|The API|The relay|Nobody) .+\.$/);
    assert.ok(!(done && (resendable || droppable || waits)), state);
  }
  assert.deepEqual([STATES.sending.resendable, STATES.sending.droppable], [false, false]);
  assert.deepEqual(statesThat("done"), ["delivered", "dropped"]);
});

test("a word that is not a state is not one, whatever objects have", () => {
  assert.ok(isLeadState("review"));
  for (const word of ["", "Review", "constructor", "__proto__", "toString"]) assert.ok(!isLeadState(word), word);
});
