// Sends a request as the reader fills it in, and shows what comes back.
import { copyButton, h, highlighted, pretty } from './dom.js';
import { t } from './texts.js';

export const key = { value: sessionStorage.getItem('millrace.api.key') ?? '' };

export function tryPanel(operation) {
  const inputs = new Map();
  const fields = h('div', { class: 'fields' });
  for (const parameter of operation.parameters) {
    if (parameter.in === 'header' && parameter.name === 'If-None-Match') continue;
    const id = `${operation.operationId}-${parameter.name}`;
    const input = field(parameter, id);
    inputs.set(parameter, input);
    fields.append(h('label', { for: id }, parameter.name, parameter.required && h('b', null, ' *')), input);
  }
  const body = operation.requestBody && bodyEditor(operation.requestBody);
  const result = h('div', { class: 'result', 'aria-live': 'polite' });
  const hint = h('span', { class: 'hint' });
  const button = h('button', { class: 'tool primary', type: 'submit' }, t('send'));
  const curl = h('details', { ontoggle: () => { shown.replaceChildren(curlOf(build())); } });
  const shown = h('pre');
  curl.append(h('summary', null, t('request')), shown, h('div', { class: 'actions' }, copyButton(() => curlOf(build()), { copy: t('copy'), copied: t('copied') })));
  let running;

  function build() {
    let path = operation.path;
    const query = new URLSearchParams();
    const headers = {};
    for (const [parameter, input] of inputs) {
      const value = input.value;
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
      else if (value !== '' && parameter.in === 'query') query.append(parameter.name, value);
      else if (value !== '') headers[parameter.name] = value;
    }
    if (body && body.text() !== '') headers['Content-Type'] = body.type;
    if (key.value) headers.Authorization = `Bearer ${key.value}`;
    const search = query.toString();
    return { method: operation.method, path: path + (search ? `?${search}` : ''), headers, body: body?.text() || undefined };
  }

  async function send(event) {
    event.preventDefault();
    if (running) {
      running.abort();
      return;
    }
    hint.textContent = body?.complaint() ?? '';
    running = new AbortController();
    button.textContent = t('sending');
    try {
      await run(build(), result, running, () => { button.textContent = t('stop'); });
    } finally {
      running = undefined;
      button.textContent = t('send');
    }
  }

  return h('form', { class: 'try', onsubmit: send },
    h('div', { class: 'block' }, h('h3', null, t('tryIt')), inputs.size > 0 && fields),
    body && h('div', { class: 'block' }, body.element),
    h('div', { class: 'actions' }, button, hint),
    h('div', { class: 'result' }, curl),
    result);
}

function field(parameter, id) {
  const schema = parameter.schema ?? {};
  const choices = schema.enum ?? ([schema.type].flat().includes('boolean') ? ['true', 'false'] : undefined);
  if (choices) {
    return h('select', { id }, h('option', { value: '' }, t('default_')), choices.map((choice) => h('option', { value: choice }, choice)));
  }
  const list = schema.items?.enum?.join(',');
  const shown = schema.default === undefined ? list : JSON.stringify(schema.default);
  return h('input', { id, type: 'text', value: parameter.in === 'path' ? (parameter.example ?? '') : '', placeholder: shown, spellcheck: 'false', autocomplete: 'off' });
}

function bodyEditor(requestBody) {
  const [type, content] = Object.entries(requestBody.content)[0];
  const isJson = type.endsWith('json');
  const example = content.example === undefined ? '' : pretty(content.example);
  const area = h('textarea', { rows: String(Math.min(22, Math.max(5, example.split('\n').length + 1))), spellcheck: 'false', 'aria-label': t('body'), value: example, oninput: () => area.classList.toggle('wrong', complaint() !== '') });
  const complaint = () => {
    if (!isJson || area.value.trim() === '') return '';
    try {
      JSON.parse(area.value);
      return '';
    } catch (error) {
      return t('notJson') + error.message;
    }
  };
  const format = () => {
    if (complaint() === '' && area.value.trim() !== '') area.value = pretty(JSON.parse(area.value));
  };
  const tools = h('div', { class: 'actions' },
    isJson && h('button', { class: 'tool small', type: 'button', onclick: format }, t('format')),
    example && h('button', { class: 'tool small', type: 'button', onclick: () => { area.value = example; area.classList.remove('wrong'); } }, t('reset')));
  return { element: [h('h3', null, `${t('body')} · ${type}`), area, tools], type, text: () => area.value, complaint };
}

function curlOf(request) {
  const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = [`curl -X ${request.method} ${quote(location.origin + request.path)}`];
  for (const [name, value] of Object.entries(request.headers)) lines.push(`-H ${quote(`${name}: ${name === 'Authorization' ? 'Bearer $KEY' : value}`)}`);
  if (request.body) lines.push(`-d ${quote(request.body)}`);
  return lines.join(' \\\n  ');
}

async function run(request, result, abort, onStream) {
  const start = performance.now();
  let response;
  try {
    response = await fetch(request.path, { method: request.method, headers: request.headers, body: request.body, signal: abort.signal, cache: 'no-store' });
  } catch (error) {
    result.replaceChildren(h('p', { class: 'hint' }, t('failed') + error.message));
    return;
  }
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('text/event-stream')) {
    onStream();
    await follow(response, result, start);
    return;
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const took = performance.now() - start;
  result.replaceChildren(head(response, `${took.toFixed(took < 10 ? 1 : 0)} ms · ${size(bytes.length)}`), content(type, bytes, response), headersOf(response));
}

const size = (n) => (n < 1024 ? `${n} B` : n < 1 << 20 ? `${(n / 1024).toFixed(1)} kB` : `${(n / (1 << 20)).toFixed(1)} MB`);

const head = (response, facts) => h('div', { class: 'answer-head' }, h('span', { class: `status s${String(response.status)[0]}` }, `${response.status} ${response.statusText}`), h('span', { class: 'faint' }, facts));

const headersOf = (response) => h('details', null, h('summary', null, t('headers')), h('pre', null, [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')));

function content(type, bytes, response) {
  if (bytes.length === 0) return h('p', { class: 'faint' }, t('empty'));
  const saved = response.headers.get('Content-Disposition');
  if (saved || !/json|text|xml|javascript/.test(type)) {
    const name = decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(saved ?? '')?.[1] ?? 'answer');
    return h('a', { class: 'tool small', href: URL.createObjectURL(new Blob([bytes], { type })), download: name }, `${t('save')} ${name}`);
  }
  const text = new TextDecoder().decode(bytes);
  if (!type.includes('json')) return h('pre', null, text);
  try {
    return highlighted(pretty(JSON.parse(text)));
  } catch {
    return h('pre', null, text);
  }
}

async function follow(response, result, start) {
  const state = h('span', { class: 'faint' });
  const log = h('pre', { tabindex: '0' });
  const top = head(response, '');
  top.append(state);
  result.replaceChildren(top, log, headersOf(response));
  let count = 0;
  const show = (word) => { state.textContent = `${word} · ${count} ${t('events')} · ${((performance.now() - start) / 1000).toFixed(1)} s`; };
  show(t('open'));
  try {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      rest += piece.value;
      const blocks = rest.split('\n\n');
      rest = blocks.pop();
      for (const block of blocks.filter((one) => /^(event|data|id):/m.test(one))) {
        count++;
        log.append(`${block}\n\n`);
        if (log.childNodes.length > 500) log.firstChild.remove();
      }
      log.scrollTop = log.scrollHeight;
      show(t('open'));
    }
  } catch { /* stopped by the reader, or cut off */ }
  show(t('closed'));
}
