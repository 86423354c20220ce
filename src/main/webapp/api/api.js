/** Shows this server's OpenAPI document as a page. Every text in it stays text. */

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const BOUNDS = ['format', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern', 'default'];
const SECTIONS = {
  schemas: 'Schemas',
  parameters: 'Shared parameters',
  responses: 'Shared responses',
  requestBodies: 'Shared request bodies',
};

const about = document.getElementById('about');
const api = document.getElementById('api');

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Makes an element of a text, with the parts between backquotes as code. */
function prose(name, text) {
  const parts = String(text ?? '').split('`');
  return element(name, '', ...parts.map((part, i) => (i % 2 === 1 ? element('code', '', part) : part)));
}

function paragraph(text) {
  return text ? prose('p', text) : null;
}

const entries = (object) => Object.entries(object ?? {});

const idOf = (ref) => ref.replace('#/components/', '').replaceAll('/', '-');

/** Returns a link to a shared part, or null if the part is inline. */
function link(part) {
  if (!part?.$ref) {
    return null;
  }
  const made = element('a', '', part.$ref.split('/').pop());
  made.href = `#${idOf(part.$ref)}`;
  return made;
}

/** Returns the type of a schema in one line, as nodes. */
function type(schema) {
  const shared = link(schema);
  if (shared) {
    return [shared];
  }
  for (const [word, name] of [[' and ', 'allOf'], [' or ', 'oneOf'], [' or ', 'anyOf']]) {
    if (schema?.[name]) {
      return schema[name].flatMap((one, i) => (i === 0 ? type(one) : [word, ...type(one)]));
    }
  }
  const nodes = schema?.type === 'array' ? ['array of ', ...type(schema.items)] : [String(schema?.type ?? 'any')];
  const bounds = BOUNDS.filter((name) => schema?.[name] !== undefined).map((name) => `${name} ${schema[name]}`);
  if (schema?.enum) {
    bounds.push(`one of ${schema.enum.join(', ')}`);
  }
  return bounds.length > 0 ? [...nodes, `; ${bounds.join('; ')}`] : nodes;
}

function row(name, kind, text, more) {
  const typeLine = kind.length > 0 ? element('span', 'type', ...kind) : null;
  const description = text ? prose('span', text) : null;
  const term = element('dt', '', element('code', '', name));
  return element('div', '', term, element('dd', '', typeLine, description, more));
}

function list(rows) {
  return rows.length > 0 ? element('dl', '', ...rows) : null;
}

function properties(schema) {
  const required = (name) => (schema.required?.includes(name) ? ['; required'] : []);
  const nested = (one) => element('div', '', properties(one), properties(one.items));
  return list(entries(schema?.properties).map(([name, one]) =>
    row(name, [...type(one), ...required(name)], one.description, nested(one))));
}

function schemaOf(schema) {
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((name) => schema[name] ?? []);
  return element('div', '', element('p', 'type', ...type(schema)), paragraph(schema.description), properties(schema),
    properties(schema.items), ...parts.map(properties));
}

function content(media) {
  return list(entries(media).map(([name, { schema }]) =>
    row(name, type(schema), schema?.description, properties(schema))));
}

function parameter(one) {
  const kind = [`in ${one.in}; `, ...type(one.schema), one.required ? '; required' : ''];
  return one.$ref ? row(one.$ref.split('/').pop(), [link(one)]) : row(one.name, kind, one.description);
}

function response(status, one) {
  const headers = list(entries(one.headers).map(([name, { schema, description }]) =>
    row(name, ['header; ', ...type(schema)], description)));
  const shared = link(one);
  return row(status, shared ? [shared] : [], one.description, element('div', '', headers, content(one.content)));
}

function section(title, body) {
  return body ? [element('h3', '', title), body] : [];
}

function operation(path, method, one, shared) {
  const parameters = [...(shared ?? []), ...(one.parameters ?? [])];
  const body = one.requestBody && (link(one.requestBody) ?? content(one.requestBody.content));
  const made = element('section', 'card',
    element('h2', '', element('span', 'method', method.toUpperCase()), element('code', '', path)),
    paragraph(one.summary), paragraph(one.description),
    ...section('Parameters', list(parameters.map(parameter))),
    ...section('Request body', body),
    ...section('Responses', list(entries(one.responses).map(([status, each]) => response(status, each)))));
  made.dataset.testid = `${method} ${path}`;
  return made;
}

function component(kind, name, one) {
  const shown = {
    schemas: schemaOf,
    parameters: (it) => list([parameter(it)]),
    responses: (it) => list([response(name, it)]),
  }[kind];
  const made = element('section', 'card', element('h3', '', name), shown ? shown(one) : content(one.content));
  made.id = `${kind}-${name}`;
  return made;
}

function show(description) {
  const operations = entries(description.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => operation(path, method, item[method], item.parameters)));
  const shared = entries(SECTIONS).filter(([kind]) => description.components?.[kind]).flatMap(([kind, title]) => [
    element('h2', '', title),
    ...entries(description.components[kind]).map(([name, one]) => component(kind, name, one)),
  ]);
  api.replaceChildren(...operations, ...shared);
  about.textContent = description.info?.description ?? '';
}

try {
  const answer = await fetch('../openapi?format=JSON', { headers: { Accept: 'application/json' } });
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }
  show(await answer.json());
} catch (fault) {
  api.replaceChildren();
  about.textContent = `Couldn't load the OpenAPI document: ${fault.message}. A proxy may hide /openapi from you.`;
}
