// What a person would see at once on a page. Scripts for `ask`, in the language of the browser.

const TEXTS = `
const texts = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const node = walk.currentNode;
  const text = node.textContent.trim();
  const owner = node.parentElement;
  if (text === "" || owner.closest("script, style") || !owner.checkVisibility()) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  for (const { left, top, right, bottom } of range.getClientRects()) {
    if (right > left) texts.push({ text: text.slice(0, 60), owner, left, top, right, bottom });
  }
}
`;

/** Texts that lie upon each other, or beyond the edge of the page. */
export const OVERLAPS = `${TEXTS}
const wrong = [];
// A line may touch the next one.
const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4;
texts.forEach((a, index) => {
  if (a.right > document.documentElement.clientWidth + 1) wrong.push("beyond the edge: " + a.text);
  for (const b of texts.slice(index + 1)) if (meet(a, b)) wrong.push(a.text + " over " + b.text);
});
return { texts: texts.length, wrong };
`;

/**
 * Texts that are hard to read: WCAG 2.2 asks for a contrast of 4.5.
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export const CONTRAST = `${TEXTS}
const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const over = (colors) => {
  context.fillStyle = matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff";
  context.fillRect(0, 0, 1, 1);
  for (const color of colors) { context.fillStyle = color; context.fillRect(0, 0, 1, 1); }
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const light = (rgb) => {
  const [r, g, b] = rgb.map((part) => part / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratios = texts.map(({ text, owner }) => {
  const behind = [];
  for (let at = owner; at; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
  const [ground, ink] = [over(behind), over([...behind, getComputedStyle(owner).color])].map(light);
  return { text, ratio: (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05) };
});
return ratios.filter(({ ratio }) => ratio < 4.5).map(({ text, ratio }) => text + " (" + ratio.toFixed(1) + ")");
`;

/**
 * Draws the diagram in `window.source` in both of GitHub's themes, and says which boxes and texts lie upon each other, and which
 * boxes are too small for their text.
 */
export const DIAGRAM = `
const PARTS = ".node, .edgeLabel, text.actor, .messageText, .noteText, .labelText";
const answer = { parts: 0, wrong: [] };
for (const theme of ["default", "dark"]) {
  mermaid.initialize({ startOnLoad: false, theme, securityLevel: "strict" });
  const home = document.createElement("div");
  home.innerHTML = (await mermaid.render("drawn-" + theme, window.source)).svg;
  document.body.append(home);
  const parts = [...home.querySelectorAll(PARTS)]
    .map((element) => ({ name: element.textContent.trim().slice(0, 60), element, ...element.getBoundingClientRect().toJSON() }))
    .filter(({ name, width }) => name !== "" && width > 0);
  answer.parts += parts.length;
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  parts.forEach((a, index) => {
    for (const b of parts.slice(index + 1)) {
      const isInside = a.element.contains(b.element) || b.element.contains(a.element);
      if (!isInside && meet(a, b)) answer.wrong.push(a.name + " over " + b.name);
    }
    for (const frame of a.element.querySelectorAll("foreignObject")) {
      const { scrollWidth, scrollHeight } = frame.firstElementChild;
      if (scrollWidth > frame.clientWidth + 1 || scrollHeight > frame.clientHeight + 1) answer.wrong.push("cut off: " + a.name);
    }
  });
}
return answer;
`;
