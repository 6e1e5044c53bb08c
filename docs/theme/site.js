// Tables and code that scroll sideways can be reached by keyboard.
for (const element of document.querySelectorAll("main table, main pre")) element.tabIndex = 0;
