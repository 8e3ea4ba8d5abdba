/* global document, SVGElement, SVGSVGElement, HTMLImageElement */
// Runs inside the page, so it is plain JavaScript: an expression whose value is a list of what is wrong with the layout
// as it stands, as a reader would see it: cut off, empty, overlapping the edge.
(() => {
  const faults = [];
  const root = document.documentElement;
  const width = root.clientWidth;
  if (root.scrollWidth > width) faults.push(`the page is ${root.scrollWidth} px wide of ${width}`);
  for (const element of document.querySelectorAll('body *')) {
    if (element instanceof SVGElement && !(element instanceof SVGSVGElement)) continue;
    const box = element.getBoundingClientRect();
    const name = `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`;
    const text = (element.textContent ?? '').trim().replace(/\s+/g, ' ');
    if (box.right > width + 1 || box.left < -1) faults.push(`${name} leaves the page: ${text.slice(0, 60)}`);
    const holdsSomething = text !== '' || element.querySelector('img, svg') !== null;
    if (
      element.matches('figure, table, .card, section, li, dl, p, h1, h2, h3, h4') &&
      box.height > 0 &&
      !holdsSomething
    )
      faults.push(`${name} is empty`);
    if (element instanceof HTMLImageElement && element.naturalWidth === 0) faults.push(`${name} shows nothing`);
  }
  for (const text of document.querySelectorAll('svg.plot text, svg.legend text')) {
    const box = text.getBBox();
    const { width: wide, height: high } = text.ownerSVGElement.viewBox.baseVal;
    if (box.x < -1 || box.x + box.width > wide + 1 || box.y < -1 || box.y + box.height > high + 1)
      faults.push(`text of a plot is cut off: ${text.textContent}`);
  }
  return faults;
})();
