// Shows JSON Schemas as rows of fields.
import { h } from './dom.js';
import { t } from './texts.js';

function resolve(api, schema) {
  let found = schema;
  for (let i = 0; found?.$ref && i < 10; i++) {
    found = found.$ref.slice(2).split('/').reduce((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], api);
  }
  return found ?? {};
}

const nameOf = (schema) => schema.$ref?.split('/').pop();

/** One line that says what a value may be. */
export function kind(api, schema) {
  if (schema.$ref) return nameOf(schema);
  if (schema.anyOf) return schema.anyOf.map((one) => kind(api, one)).join(' | ');
  if (schema.oneOf) return schema.oneOf.map((one) => kind(api, one)).join(' | ');
  const types = [schema.type ?? 'any'].flat().map((type) => (type === 'array' ? `${kind(api, schema.items ?? {})}[]` : type));
  const parts = [schema.enum ? schema.enum.map((value) => JSON.stringify(value)).join(' | ') : types.join(' | ')];
  if (schema.const !== undefined) parts[0] = JSON.stringify(schema.const);
  if (schema.format && !schema.format.startsWith('int') && schema.format !== 'double') parts.push(schema.format);
  const range = limits(schema.minimum, schema.maximum) ?? limits(schema.minLength ?? schema.minItems, schema.maxLength ?? schema.maxItems, '#');
  if (range) parts.push(range);
  if (schema.pattern) parts.push(schema.pattern.replace(/^\^\(\?:(.*)\)\$$/, '$1'));
  if (schema.default !== undefined) parts.push(`${t('default')} ${JSON.stringify(schema.default)}`);
  return parts.join(' · ');
}

function limits(min, max, sign = '') {
  if (min === undefined && max === undefined) return undefined;
  return `${sign}${min ?? ''}…${max ?? ''}`;
}

/** The record inside a schema, if there is one to open. */
function inner(api, schema) {
  if (schema.$ref) return resolve(api, schema);
  if (schema.anyOf) return schema.anyOf.map((one) => inner(api, one)).find(Boolean);
  if (schema.items) return inner(api, schema.items);
  if (schema.additionalProperties?.$ref) return resolve(api, schema.additionalProperties);
  return schema.properties ? schema : undefined;
}

/** The fields of a record, nested ones to be opened. */
export function fields(api, schema, seen = []) {
  const record = inner(api, schema);
  if (!record) return h('div', { class: 'rows' }, h('div', { class: 'row' }, h('span', { class: 'kind' }, kind(api, schema))));
  if (record.oneOf) return h('div', null, record.oneOf.map((one) => fields(api, one, seen)));
  const rows = Object.entries(record.properties ?? {}).map(([name, property]) => {
    const nested = inner(api, property);
    const deeper = nested?.properties && !seen.includes(nested);
    return h('div', { class: 'row' },
      h('span', { class: 'name' }, name, (record.required ?? []).includes(name) && h('b', { title: t('required') }, ' *')),
      h('span', null, property.description && h('div', null, property.description), h('span', { class: 'kind' }, kind(api, property))),
      deeper && opener(api, nested, [...seen, record]));
  });
  return h('div', { class: 'rows' }, rows.length > 0 ? rows : h('div', { class: 'row' }, h('span', { class: 'kind' }, kind(api, schema))));
}

function opener(api, nested, seen) {
  const details = h('details', { ontoggle: () => {
    if (details.open && details.children.length === 1) details.append(fields(api, nested, seen));
  } }, h('summary', null, `${Object.keys(nested.properties).length} ${t('details')}`));
  return details;
}
