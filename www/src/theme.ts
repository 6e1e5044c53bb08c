/** Lets the visitor overrule the system, for as long as the page is open. */
export const setUpTheme = (button: HTMLButtonElement) => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const { dataset } = document.documentElement;
  const isDark = () => (dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const say = () => (button.textContent = isDark() ? "Light mode" : "Dark mode");
  button.addEventListener("click", () => {
    dataset.theme = isDark() ? "light" : "dark";
    say();
  });
  system.addEventListener("change", say);
  say();
  button.hidden = false;
};
