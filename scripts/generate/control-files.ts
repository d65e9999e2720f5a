import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { type Description, describedOperations } from '../../openapi/openapi-document.ts'
import { bodySchemas } from './body-schema.ts'
import { bundle } from './bundle.ts'
import { routeTable } from './route-table.ts'

const notice = '// Generated from openapi/mock-control.yaml by `npm run generate`.\n'

/** Who may call: a tenant with its own key, or whoever has the admin token. */
type Authority = 'tenant' | 'server'

/** All that is derived from the description of the controls, by file name. */
export async function controlFiles(descriptionFile: string): Promise<[string, string][]> {
  const description = await bundle(descriptionFile)
  const nodes = await openapiTypes(structuredClone(description) as unknown as OpenAPI3, {
    defaultNonNullable: false,
  })
  return [
    ['mock-control.json', `${JSON.stringify(description, null, 2)}\n`],
    ['control-schema.d.ts', notice + astToString(nodes)],
    ['control-routes.ts', controlRouteModule(description)],
  ]
}

function controlRouteModule(description: Description): string {
  const authorities = authorityById(description)
  const routes = routeTable(description).map(({ operationId, method, path, parameters, requestBody }) => ({
    operationId,
    method,
    path,
    authority: authorities.get(operationId),
    parameters,
    bodyRequired: requestBody?.required ?? false,
  }))
  const idsOf = (authority: Authority) =>
    routes.filter((route) => route.authority === authority).map(({ operationId }) => `  | '${operationId}'`)
  return `${notice}import type { BodySchema, ControlRoute } from '../route.ts'

/** Controls that take a tenant's own key. */
export type TenantControlId =
${idsOf('tenant').sort().join('\n')}

/** Controls that take the admin token. */
export type ServerControlId =
${idsOf('server').sort().join('\n')}

export type ControlId = TenantControlId | ServerControlId

export const controlRoutes: readonly ControlRoute<ControlId>[] = ${JSON.stringify(routes, null, 1)}

/** The JSON bodies that controls take. */
export const controlBodies: Readonly<Partial<Record<ControlId, BodySchema>>> = ${JSON.stringify(bodySchemas(description), null, 1)}
`
}

function authorityById(description: Description): ReadonlyMap<string, Authority> {
  return new Map(
    describedOperations(description).map(({ operation: { operationId, security } }) => [
      operationId,
      (security ?? description.security)?.some((scheme) => 'adminToken' in scheme) ? 'server' : 'tenant',
    ]),
  )
}
