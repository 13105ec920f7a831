// Says in words how well a colour can be read, while it is typed. The server says
// the same when the form is sent.
const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const parts = (c) => [1, 3, 5].map((i) => parseInt(c.slice(i, i + 2), 16));
const luminance = (p) => {
  const [r, g, b] = p.map((v) => linear(v / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

for (const told of document.querySelectorAll("[data-pattern]")) {
  const input = document.getElementById(told.dataset.of);
  const surfaces = told.dataset.surfaces.split(" ").map(parts);
  const paper = parts(told.dataset.paper);
  input.addEventListener("input", () => {
    const typed = /^#?([0-9a-f]{6})$/i.exec(input.value.trim());
    if (!typed) return;
    const colour = "#" + typed[1].toLowerCase();
    const accent = parts(colour);
    const tint = paper.map((v, i) => Math.round(v + (accent[i] - v) * 0.1));
    const ratio = Math.min(...[...surfaces, tint].map((s) => contrast(accent, s)));
    told.textContent = told.dataset.pattern.replace("{colour}", colour).replace("{ratio}", (Math.floor(ratio * 10) / 10).toFixed(1));
  });
}
