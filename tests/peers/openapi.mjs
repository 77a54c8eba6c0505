// Judges an OpenAPI document: the JSON Schema of OpenAPI 3.1 through @seriousme/openapi-schema-validator, and every schema
// in it as JSON Schema 2020-12 through ajv. Spoiled in many ways, each has to be refused for what was spoiled.
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv2020 from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';

const { document } = JSON.parse(readFileSync(0, 'utf8'));

/** Every schema of a document, with where it stands. */
function* schemas(node, where = '') {
  if (node === null || typeof node !== 'object') return;
  for (const [name, value] of Object.entries(node)) {
    const place = `${where}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (name === 'schema') yield [place, value];
    else if (where === '/components/schemas') yield [place, value];
    else yield* schemas(value, place);
  }
}

async function judge(candidate) {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(candidate));
  if (!valid) return { complaint: JSON.stringify(errors), schemas: 0 };
  if (validator.version !== '3.1') return { complaint: `it is taken for ${validator.version}`, schemas: 0 };
  const ajv = new Ajv2020({ strict: false, validateFormats: false, inlineRefs: false, code: { optimize: 0 } });
  ajv.addSchema({ ...candidate, $id: 'https://document.example/openapi' }, undefined, false, false);
  let count = 0;
  for (const [place, schema] of schemas(candidate)) {
    if (!ajv.validateSchema(schema)) return { complaint: `${place}: ${ajv.errorsText()}`, schemas: count };
    try {
      ajv.compile({ $ref: `https://document.example/openapi#${encodeURI(place)}` });
    } catch (error) {
      return { complaint: `${place}: ${error.message}`, schemas: count };
    }
    count += 1;
  }
  return { complaint: null, schemas: count };
}

const spoilings = {
  'no version of the document': [(d) => delete d.info.version, /version/],
  'an operation without responses that are any': [(d) => { d.paths['/v1/cases'].get.responses = { maybe: {} }; }, /responses/],
  'a parameter in a place that is none': [(d) => d.paths['/v1/cases'].get.parameters.push({ name: 'x', in: 'nowhere', schema: {} }), /nowhere|\/in/],
  'a parameter without schema': [(d) => d.paths['/v1/cases'].get.parameters.push({ name: 'x', in: 'query' }), /schema/],
  'a method that is none': [(d) => { d.paths['/v1/cases'].fetch = {}; }, /fetch/],
  'a path without its stroke': [(d) => { d.paths['v1/x'] = {}; }, /v1\/x|unevaluated/],
  'a reference that leads nowhere': [(d) => d.paths['/v1/cases'].get.parameters.push({ $ref: '#/components/parameters/nobody' }), /nobody/],
  'a schema reference that leads nowhere': [(d) => { d.components.schemas.Problem.properties.more = { $ref: '#/components/schemas/nobody' }; }, /nobody/],
  'a type that is none': [(d) => { d.components.schemas.Problem.type = 'strng'; }, /type/],
  'a limit as OpenAPI 3.0 writes it': [(d) => { d.components.schemas.Problem.properties.status = { type: 'integer', minimum: 1, exclusiveMinimum: true }; }, /exclusiveMinimum/],
  'a pattern that is no expression': [(d) => { d.components.schemas.Problem.properties.code = { type: 'string', pattern: '(' }; }, /regular expression|pattern/i],
  'a required name twice': [(d) => { d.components.schemas.Problem.required = ['code', 'code']; }, /required/],
  'the version before': [(d) => { d.openapi = '3.0.3'; }, /jsonSchemaDialect|additional|3\.0/],
};

const sound = await judge(document);
if (sound.complaint !== null) throw new Error(`the document itself: ${sound.complaint}`);
const refusals = {};
for (const [name, [spoil, pattern]] of Object.entries(spoilings)) {
  const spoiled = structuredClone(document);
  spoil(spoiled);
  const { complaint } = await judge(spoiled);
  if (complaint === null) throw new Error(`not refused: ${name}`);
  if (!pattern.test(complaint)) throw new Error(`${name}: refused for another reason: ${complaint}`);
  refusals[name] = complaint.slice(0, 120);
}
process.stdout.write(JSON.stringify({ ...sound, operations: Object.values(document.paths).flatMap(Object.keys).length, refusals }));
