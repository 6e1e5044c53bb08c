/** Whether a route is known or a guess. */
export const Mark = ({ assumed }: { assumed: boolean }) => (
  <span class={assumed ? "mark assumed" : "mark"}>{assumed ? "assumed" : "published"}</span>
);
