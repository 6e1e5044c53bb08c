// Adds to mdBook's pages for people who use a keyboard or a screen reader.
for (const element of document.querySelectorAll("main .table-wrapper, main pre, main pre code")) element.tabIndex = 0;

for (const heading of document.querySelectorAll("main th")) {
  if (heading.textContent.trim()) continue;
  heading.replaceWith(document.createElement("td"));
}

const bar = document.getElementById("mdbook-menu-bar");
bar?.setAttribute("role", "banner");

// The search is a region of its own, and its field has a name.
document.getElementById("mdbook-search-wrapper")?.setAttribute("role", "search");
document.getElementById("mdbook-searchbar")?.setAttribute("aria-label", "Search the guides");

// A label may not be a button: a button that clicks the label stands in its place.
const toggle = document.getElementById("mdbook-sidebar-toggle");
if (toggle) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = toggle.className;
  button.setAttribute("aria-label", "Table of contents");
  button.append(...toggle.childNodes);
  button.addEventListener("click", () => toggle.click());
  toggle.hidden = true;
  toggle.before(button);
}
