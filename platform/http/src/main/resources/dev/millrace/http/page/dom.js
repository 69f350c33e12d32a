// Building elements without HTML strings: nothing from the document or an answer is ever parsed as HTML.
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'open' || key === 'disabled') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Paragraphs, lists, code, bold and emphasis: as much Markdown as descriptions use. */
export function markdown(text) {
  const blocks = [];
  for (const part of text.split(/\n{2,}/)) {
    const lines = part.split('\n');
    if (lines.every((line) => /^\s*[-*] /.test(line))) blocks.push(h('ul', null, lines.map((line) => h('li', null, inline(line.replace(/^\s*[-*] /, ''))))));
    else blocks.push(h('p', null, inline(part)));
  }
  return h('div', { class: 'text' }, blocks);
}

function inline(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/).map((piece) => {
    if (piece.startsWith('`') && piece.length > 2) return h('code', null, piece.slice(1, -1));
    if (piece.startsWith('**') && piece.length > 4) return h('strong', null, piece.slice(2, -2));
    if (piece.startsWith('*') && piece.length > 2) return h('em', null, piece.slice(1, -1));
    return piece;
  });
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** JSON in colours; other text as it is. */
export function highlighted(text) {
  const pre = h('pre', { tabindex: '0' });
  if (text.length > 200_000) {
    pre.append(text);
    return pre;
  }
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    pre.append(text.slice(at, match.index));
    const kind = match[1] ? (match[2] ? 'k' : 's') : match[3] ? 'n' : 'w';
    pre.append(h('span', { class: kind }, match[1] ?? match[0]), match[2] ?? '');
    at = match.index + match[0].length;
  }
  pre.append(text.slice(at));
  return pre;
}

export const pretty = (value) => JSON.stringify(value, null, 2);

export function copyButton(text, words) {
  const button = h('button', { class: 'tool small', type: 'button', onclick: async () => {
    await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 1500);
  } }, words.copy);
  return button;
}
