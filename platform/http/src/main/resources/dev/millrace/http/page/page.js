import { h, highlighted, markdown, pretty } from './dom.js';
import { fields, kind } from './schema.js';
import { language, languages, setLanguage, setTheme, t, theme } from './texts.js';
import { key, tryPanel } from './try.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const app = document.getElementById('app');
const frequency = new Map();
let api;

function operations() {
  const all = [];
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const method of METHODS) {
      if (methods[method]) all.push({ parameters: [], ...methods[method], path, method: method.toUpperCase() });
    }
  }
  return all;
}

function groups(all) {
  const byTag = new Map();
  for (const operation of all) {
    const tag = operation.tags?.[0] ?? t('endpoints');
    byTag.set(tag, [...(byTag.get(tag) ?? []), operation]);
  }
  return byTag;
}

const verb = (operation) => h('span', { class: `verb ${operation.method.toLowerCase()}` }, operation.method === 'DELETE' ? 'DEL' : operation.method);
const pathOf = (path) => h('span', { class: 'path' }, path.split(/(\{[^}]+\})/).map((part) => (part.startsWith('{') ? h('i', null, part) : part)));
const block = (title, ...content) => h('div', { class: 'block' }, h('h3', null, title), ...content);

function parametersOf(operation) {
  if (operation.parameters.length === 0) return undefined;
  return block(t('parameters'), h('div', { class: 'rows' }, operation.parameters.map((parameter) => h('div', { class: 'row' },
    h('span', { class: 'name' }, parameter.name, parameter.required && h('b', { title: t('required') }, ' *')),
    h('span', null, parameter.description && h('div', null, parameter.description), h('span', { class: 'kind' }, `${parameter.in} · ${kind(api, parameter.schema ?? {})}`))))));
}

function bodyOf(operation) {
  if (!operation.requestBody) return undefined;
  const [type, content] = Object.entries(operation.requestBody.content)[0];
  const optional = operation.requestBody.required ? '' : ` · ${t('optional')}`;
  return block(`${t('body')} · ${type}${optional}`, fields(api, content.schema ?? {}));
}

function answersOf(operation) {
  const answers = Object.entries(operation.responses).filter(([status]) => status < '4');
  return block(t('answers'), answers.map(([status, answer]) => {
    const [type, content] = Object.entries(answer.content ?? {})[0] ?? [];
    const example = content?.example;
    return h('div', null,
      h('div', { class: 'answer-head' }, h('span', { class: `status s${status[0]}` }, status), h('span', null, answer.description), type && h('span', { class: 'faint' }, type)),
      content?.schema && type.includes('json') && fields(api, content.schema),
      example !== undefined && h('details', null, h('summary', { class: 'faint' }, t('example')), typeof example === 'string' ? h('pre', null, example) : highlighted(pretty(example))));
  }));
}

const codesOf = (operation) => Object.values(operation.responses).flatMap((response) => Object.keys(response.content?.['application/problem+json']?.examples ?? {}));

/** The endpoint's own problems before those that every endpoint has. */
function problemsOf(operation) {
  const codes = codesOf(operation).sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0));
  return block(t('problems'), h('div', { class: 'codes' }, codes.map((code) => h('a', { href: `#${code}`, title: api.components.examples[code].summary }, code))));
}

function card(operation) {
  const details = h('details', { class: 'card', id: operation.operationId, ontoggle: () => {
    if (details.open && details.children.length === 1) {
      const role = operation['x-role'];
      details.append(h('div', { class: 'halves' },
        h('div', null,
          h('div', { class: 'block' }, markdown(operation.description ?? operation.summary), h('span', { class: 'faint' }, h('code', null, operation.operationId), ` · ${t('role')} ${role}`)),
          parametersOf(operation), bodyOf(operation), answersOf(operation), problemsOf(operation)),
        tryPanel(operation)));
    }
  } }, h('summary', null, verb(operation), pathOf(operation.path), h('span', { class: 'short' }, operation.summary)));
  return details;
}

function problemList() {
  const entries = Object.entries(api.components.examples);
  return h('section', { class: 'group', id: 'problems' }, h('h2', null, t('errorReference')), h('p', { class: 'faint' }, t('problemIntro')),
    h('div', { class: 'card problem-list' }, entries.map(([code, problem]) => h('div', { class: 'problem', id: code },
      h('span', { class: 'status s4' }, String(problem.value.status)), h('a', { class: 'code', href: `#${code}` }, code),
      h('p', null, problem.summary), h('p', { class: 'faint' }, problem.description)))));
}

function side(byTag, filter) {
  const input = h('input', { type: 'search', placeholder: t('search'), 'aria-label': t('search'), oninput: () => filter(input.value) });
  const nav = h('nav', { class: 'side', 'aria-label': t('endpoints'), onclick: (event) => { if (event.target.closest('a')) nav.classList.remove('shown'); } }, input);
  for (const [tag, list] of byTag) {
    nav.append(h('h2', null, tag), ...list.map((operation) => h('a', { href: `#${operation.operationId}`, title: `${operation.method} ${operation.path}` }, verb(operation), h('span', null, operation.summary))));
  }
  nav.append(h('h2', null, t('problems')), h('a', { href: '#problems' }, h('span', null, t('errorReference'))));
  return nav;
}

function filterBy(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (element, more = '') => words.every((word) => (element.textContent + more).toLowerCase().includes(word));
  for (const element of document.querySelectorAll('details.card, .problem')) element.hidden = !fits(element.tagName === 'DETAILS' ? element.firstElementChild : element, element.id);
  for (const link of document.querySelectorAll('nav.side a')) link.hidden = !fits(link, link.title + link.hash);
  for (const section of document.querySelectorAll('section.group')) section.hidden = ![...section.querySelectorAll('details.card, .problem')].some((element) => !element.hidden);
}

function bar(nav) {
  const next = { auto: 'light', light: 'dark', dark: 'auto' };
  const themeButton = h('button', { class: 'tool', type: 'button', onclick: () => { setTheme(next[theme]); themeButton.textContent = t('theme')[theme]; } }, t('theme')[theme]);
  const keyInput = h('input', { type: 'password', class: 'key', placeholder: t('key'), title: t('keyHint'), 'aria-label': t('key'), autocomplete: 'off', value: key.value, oninput: () => {
    key.value = keyInput.value.trim();
    sessionStorage.setItem('millrace.api.key', key.value);
  } });
  return h('header', { class: 'bar' },
    h('button', { class: 'tool only-small', type: 'button', onclick: () => nav.classList.toggle('shown') }, t('menu')),
    h('a', { class: 'brand', href: '/', title: t('console') }, h('img', { src: '/api/page/icon.svg', alt: '' }), api.info.title, h('span', null, 'API')),
    h('span', { class: 'grow' }), h('form', { class: 'wide', onsubmit: (event) => event.preventDefault() }, keyInput),
    h('button', { class: 'tool', type: 'button', lang: language === 'zh' ? 'en' : 'zh-CN', onclick: () => { setLanguage(languages.find((one) => one !== language)); show(); } }, language === 'zh' ? 'English' : '中文'),
    themeButton);
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches('details.card')) target.open = true;
  target?.scrollIntoView();
  for (const link of document.querySelectorAll('nav.side a')) link.classList.toggle('here', link.hash === location.hash && link.hash !== '');
}

function show() {
  const all = operations();
  const byTag = groups(all);
  const nav = side(byTag, filterBy);
  const lead = h('div', { class: 'lead' }, h('h1', null, `${api.info.title} API`), markdown(api.info.description ?? ''),
    h('div', { class: 'facts' }, h('span', { class: 'faint' }, `${api.info.version} · OpenAPI ${api.openapi}`), h('span', { class: 'faint' }, t('count', all.length, Object.keys(api.components.examples).length)), h('a', { href: '/openapi.json' }, t('document'))));
  const main = h('main', null, lead, [...byTag].map(([tag, list]) => h('section', { class: 'group' }, h('h2', null, tag), list.map(card))), problemList());
  app.replaceChildren(bar(nav), h('div', { class: 'frame' }, nav, main));
  document.title = `API · ${api.info.title}`;
  openTarget();
}

setTheme(theme);
setLanguage(language);
addEventListener('hashchange', openTarget);
try {
  const response = await fetch('/openapi.json');
  api = await response.json();
  if (!response.ok) throw new Error(api.title);
  for (const code of operations().flatMap(codesOf)) frequency.set(code, (frequency.get(code) ?? 0) + 1);
  show();
} catch (error) {
  app.replaceChildren(h('main', null, h('p', { class: 'hint' }, t('loadFailed') + error.message)));
}
