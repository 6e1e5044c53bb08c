/**
 * The texts that are too faint for WCAG AA against what is painted behind them.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export const faintTexts = (page) =>
  page.evaluate(() => {
    /** @param {string} color @returns {number[]} red, green, blue, alpha */
    const channels = (color) => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
      return [red, green, blue, alpha];
    };
    /** @param {number[]} color */
    const luminance = (color) => {
      const [red, green, blue] = color.map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    /** @param {Element | null} element @returns {number[]} */
    const behind = (element) => {
      if (!element) return [255, 255, 255];
      const color = channels(getComputedStyle(element).backgroundColor);
      return color[3] === 0 ? behind(element.parentElement) : color;
    };
    return [...document.querySelectorAll("body *")]
      .filter((element) => {
        const ownText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
        const seen = /** @type {HTMLElement} */ (element).offsetParent !== null || getComputedStyle(element).position === "sticky";
        return (ownText || element.matches("input, textarea, select")) && seen && !element.matches(":disabled, option, template, script, style");
      })
      .flatMap((element) => {
        const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        return contrast < 4.5 ? [`${element.tagName} ${element.className}: ${contrast.toFixed(2)}`] : [];
      });
  });
