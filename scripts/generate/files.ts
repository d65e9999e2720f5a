import { dirname, join } from 'node:path'
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import type { Description } from '../../openapi/openapi-document.ts'
import { bodySchemas } from './body-schema.ts'
import { bundle } from './bundle.ts'
import { controlFiles } from './control-files.ts'
import { fieldSides } from './field-sides.ts'
import { answersOutside, routeTable } from './route-table.ts'
import { recordedSightings } from './sightings.ts'
import { sourceLines } from './source-lines.ts'
import { validatorModule, validatorTypes } from './validators.ts'

const notice = '// Generated from openapi/rescale.yaml by `npm run generate`.\n'

/** All that is derived from the description, and from that of the mock's controls, by file name. */
export async function generatedFiles(
  descriptionFile: string,
  controlFile?: string,
): Promise<Map<string, string>> {
  const description = await bundle(descriptionFile)
  const [types, open, closed, lines, sightings, controls] = await Promise.all([
    typeDeclarations(description),
    validatorModule(description, 'open'),
    validatorModule(description, 'closed'),
    sourceLines(dirname(descriptionFile)),
    recordedSightings(join(dirname(descriptionFile), '../contract-tests/recordings')),
    controlFile === undefined ? [] : controlFiles(controlFile),
  ])
  return new Map([
    ['rescale.json', `${JSON.stringify(description, null, 2)}\n`],
    ['schema.d.ts', types],
    ['routes.ts', routeModule(description)],
    ['request-schemas.ts', requestSchemaModule(description)],
    ['validators-open.js', open],
    ['validators-open.d.ts', notice + validatorTypes],
    ['validators-closed.js', closed],
    ['validators-closed.d.ts', notice + validatorTypes],
    ['field-sides.ts', fieldSidesModule(description)],
    ['source-lines.json', `${JSON.stringify(lines, null, 1)}\n`],
    ['sightings.json', `${JSON.stringify(sightings, null, 1)}\n`],
    ...controls,
  ])
}

async function typeDeclarations(description: Description): Promise<string> {
  // A default is what the platform fills in, so a request need not hold it.
  const nodes = await openapiTypes(structuredClone(description) as unknown as OpenAPI3, {
    defaultNonNullable: false,
  })
  return notice + astToString(nodes)
}

function routeModule(description: Description): string {
  const routes = routeTable(description)
  const ids = routes.map((route) => route.operationId).sort()
  return `${notice}import type { Answer, Route } from '../route.ts'

export type OperationId =
${unionOf(ids)}

/** The most concrete path first. */
export const routes: readonly Route<OperationId>[] = ${literal(routes)}

/** What may be answered to a request that is no described operation: no such path, method or slash. */
export const answersOutside: Readonly<Record<string, Answer>> = ${literal(answersOutside(description))}
`
}

function requestSchemaModule(description: Description): string {
  const schemas = bodySchemas(description)
  return `${notice}import type { BodySchema } from '../route.ts'

/** Operations that take a JSON body. */
export type JsonBodyOperationId =
${unionOf(Object.keys(schemas))}

export const requestSchemas: Readonly<Record<JsonBodyOperationId, BodySchema>> = ${literal(schemas)}
`
}

function fieldSidesModule(description: Description): string {
  return `${notice}import type { FieldSides } from '../field-sides.ts'

export const fieldSides: FieldSides = ${literal(fieldSides(description))}
`
}

const unionOf = (names: readonly string[]): string =>
  names.length === 0 ? '  never' : names.map((name) => `  | '${name}'`).join('\n')

const literal = (value: unknown): string => JSON.stringify(value, null, 1)
